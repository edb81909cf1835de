import TestSupport
import Testing

@testable import Columnar

struct GroupKeysTests {
  private struct Entry: Equatable {
    var row: UInt32
    var key: UInt64
  }

  private static func entries(_ keys: GroupKeys) -> [Entry] {
    zip(keys.rows, keys.keys).map { Entry(row: $0, key: $1) }
  }

  private static func randomSelection(_ size: Int, using generator: inout SeededGenerator) -> [Bool] {
    (0..<size).map { _ in Int.random(in: 0..<4, using: &generator) > 0 }
  }

  @Test(arguments: [255, 65_535, 1_000_000] as [UInt32])
  func codesOfEveryWidthAreAddedTimesTheirStride(greatest: UInt32) {
    var generator = SeededGenerator(seed: UInt64(greatest))
    let codes = (0..<300).map { _ in UInt32.random(in: 0...greatest, using: &generator) } + [greatest]
    let kept = Self.randomSelection(codes.count, using: &generator)
    var keys = GroupKeys()
    keys.start(.some(Selection(kept)), below: 0)
    keys.add(CodeColumn(codes), stride: 7)
    keys.add(CodeColumn(codes.reversed()), stride: 1 << 33)
    keys.add(.constant(3, count: codes.count), stride: 1 << 60)
    var expected: [Entry] = []
    for row in codes.indices where kept[row] {
      expected.append(
        Entry(
          row: UInt32(row),
          key: UInt64(codes[row]) * 7 + UInt64(codes[codes.count - 1 - row]) * (1 << 33) + 3 << 60))
    }
    #expect(Self.entries(keys) == expected)
  }

  @Test(arguments: [0, 1, 64, 65, 500])
  func aRowWithSeveralCodesStandsOncePerCode(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) + 9)
    for greatest: UInt32 in [20, 300, 70_000] {
      let lists = (0..<size).map { _ in
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in
          UInt32.random(in: 1...greatest, using: &generator)
        }
      }
      let before = (0..<size).map { _ in UInt32.random(in: 0...9, using: &generator) }
      let after = (0..<size).map { _ in UInt32.random(in: 0...400, using: &generator) }
      let kept = Self.randomSelection(size, using: &generator)
      var keys = GroupKeys()
      keys.start(.some(Selection(kept)), below: 0)
      keys.add(CodeColumn(before), stride: 1)
      keys.expand(CodeListColumn(lists), stride: 10)
      keys.add(CodeColumn(after), stride: 10_000_000)
      var expected: [Entry] = []
      for row in 0..<size where kept[row] {
        for code in lists[row].isEmpty ? [0] : lists[row] {
          expected.append(
            Entry(
              row: UInt32(row),
              key: UInt64(before[row]) + UInt64(code) * 10 + UInt64(after[row]) * 10_000_000))
        }
      }
      #expect(Self.entries(keys) == expected)
      keys.addListLengths(CodeListColumn(lists))
      #expect(
        Self.entries(keys)
          == expected.map { Entry(row: $0.row, key: $0.key + UInt64(max(lists[Int($0.row)].count, 1))) })
    }
  }

  @Test func listsOfOneCodeAtMostLeaveTheRowsAsTheyAre() {
    var keys = GroupKeys()
    keys.start(.some(Selection(rowCount: 3, all: true)), below: 0)
    keys.expand(CodeListColumn([[4], [], [2]]), stride: 3)
    #expect(keys.rows == [0, 1, 2])
    #expect(keys.keys == [12, 0, 6])
  }

  @Test func aListsLengthIsThatOfItsRowWhicheverRowsAreKept() {
    let lists = CodeListColumn([[1, 2, 3], [], [4], [5, 6], [7, 8, 9, 10], [2, 1]])
    var keys = GroupKeys()
    keys.start(.some(Selection([false, true, true, true, false, true])), below: 0)
    keys.add(CodeColumn([9, 9, 9, 9, 9, 9]), stride: 65)
    keys.addListLengths(lists)
    #expect(keys.rows == [1, 2, 3, 5])
    #expect(keys.keys == [586, 586, 587, 587])
  }

  @Test(arguments: [(1, 1), (2, 1), (4, 1), (4, 65), (16, 65), (7, 10)] as [(Int, UInt64)])
  func everyKeyLiesInExactlyOnePartition(count: Int, radix: UInt64) {
    var generator = SeededGenerator(seed: UInt64(count) + radix)
    let codes = (0..<3_000).map { _ in UInt32.random(in: 0..<900, using: &generator) }
    let digits = codes.map { _ in UInt32.random(in: 0..<UInt32(radix), using: &generator) }
    var whole = GroupKeys()
    whole.start(.all, below: codes.count)
    whole.add(CodeColumn(codes), stride: radix)
    whole.add(CodeColumn(digits), stride: 1)
    var found: [Entry] = []
    var partitionOf: [UInt32: Int] = [:]
    for number in 0..<count {
      var part = whole
      part.keep(partition: number, of: count, ignoringDigit: radix)
      let entries = Self.entries(part)
      #expect(entries.map(\.row) == entries.map(\.row).sorted(), "entries stay in order")
      for entry in entries {
        let before = partitionOf.updateValue(number, forKey: codes[Int(entry.row)])
        if let before, before != number {
          Issue.record("\(entry.key) is in partitions \(before) and \(number)")
        }
      }
      // An even share is 900 keys by the number of partitions; none has twice as many.
      #expect(Set(entries.map { codes[Int($0.row)] }).count <= 900 * 2 / count)
      found += entries
    }
    #expect(found.sorted { $0.row < $1.row } == Self.entries(whole))
  }

  @Test func furtherCodesOfRowsLeftOutAreSkipped() {
    var keys = GroupKeys()
    keys.start(.some(Selection([false, true, false, true])), below: 0)
    keys.expand(CodeListColumn([[1, 2, 3], [4, 5], [6, 7], [8]]), stride: 1)
    #expect(keys.rows == [1, 1, 3])
    #expect(keys.keys == [4, 5, 8])
  }

  @Test func aSecondBlockStartsAfresh() {
    var keys = GroupKeys()
    keys.start(.some(Selection(rowCount: 2, all: true)), below: 0)
    keys.expand(CodeListColumn([[1, 2], [3]]), stride: 1)
    keys.start(.some(Selection(rowCount: 1, all: true)), below: 0)
    #expect(keys.rows == [0])
    #expect(keys.keys == [0])
  }

  @Test func instantsAreAddedByTheirBucket() {
    let calendar = CalendarCodes(runStarts: [0], offsets: [3_600], grain: .hours)
    var keys = GroupKeys()
    keys.start(.some(Selection([true, false, true, true])), below: 0)
    keys.add(
      .narrow(base: 82_800, Column([0, 5, 3_600, OffsetColumn.missingDistance])), in: calendar, stride: 100)
    #expect(keys.rows == [0, 2, 3])
    // 23:00 UTC is hour 0 of the next day one hour east; hours count from 1, missing is 0.
    #expect(keys.keys == [100, 200, 0])
  }
}
