import TestSupport
import Testing

@testable import Columnar

struct SelectionTests {
  private static let sizes = [0, 1, 63, 64, 65, 4_096]

  @Test(arguments: sizes) func allAndNoneKeepWhatTheySay(size: Int) {
    let all = Selection(rowCount: size, all: true)
    let none = Selection(rowCount: size, all: false)
    #expect(all.rows == (0..<UInt32(size)).map { $0 })
    #expect(all.count == size)
    #expect(all.rowCount == size)
    #expect(none.rows.isEmpty)
    #expect(none.count == 0)
  }

  @Test(arguments: sizes) func aMaskKeepsTheRowsThatALoopKeeps(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let bytes = (0..<size).map { _ in UInt8.random(in: 0...15, using: &generator) }
    for (mask, value): (UInt8, UInt8) in [(0, 0), (0, 1), (1, 1), (5, 4), (15, 9), (255, 0), (6, 1)] {
      let selection = Selection(bytes.span, masked: mask, equal: value)
      var expected: [UInt32] = []
      for (row, byte) in bytes.enumerated() where byte & mask == value { expected.append(UInt32(row)) }
      #expect(selection.rows == expected, "mask \(mask), value \(value)")
      #expect(selection.count == expected.count)
      #expect(selection.rowCount == size)
      #expect(selection.words.count == (size + 63) / 64)
    }
  }

  @Test(arguments: sizes) func subtractingAndIntersectingAreThoseOfSets(size: Int) {
    var generator = SeededGenerator(seed: 100 + UInt64(size))
    for _ in 0..<5 {
      let one = (0..<size).map { _ in Bool.random(using: &generator) }
      let other = (0..<size).map { _ in Bool.random(using: &generator) }
      var less = Selection(one)
      less.subtract(Selection(other))
      var both = Selection(one)
      both.intersect(Selection(other))
      #expect(less.rows == (0..<size).filter { one[$0] && !other[$0] }.map { UInt32($0) })
      #expect(both.rows == (0..<size).filter { one[$0] && other[$0] }.map { UInt32($0) })
      #expect(less.count + both.count == one.count { $0 })
      #expect(both.isEmpty == !zip(one, other).contains { $0 && $1 })
      for row in 0..<size where both.contains(row) != (one[row] && other[row]) {
        Issue.record("row \(row) of \(size)")
      }
    }
  }

  @Test(arguments: sizes) func invertingTwiceChangesNothing(size: Int) {
    var generator = SeededGenerator(seed: 150 + UInt64(size))
    let kept = (0..<size).map { _ in Bool.random(using: &generator) }
    var selection = Selection(kept)
    selection.invert()
    #expect(selection.rows == (0..<size).filter { !kept[$0] }.map { UInt32($0) })
    #expect(selection.count == kept.count { !$0 }, "bits past the last row stay out")
    selection.invert()
    #expect(selection.rows == Selection(kept).rows)
    var all = Selection(rowCount: size, all: true)
    all.invert()
    #expect(all.isEmpty)
  }

  @Test func insertingTwiceCountsOnce() {
    var selection = Selection(rowCount: 65, all: false)
    for row in [0, 63, 64, 64] { selection.insert(row) }
    #expect(selection.rows == [0, 63, 64])
    #expect(selection.count == 3)
  }

  @Test(arguments: sizes) func wordsGoThereAndBack(size: Int) throws {
    var generator = SeededGenerator(seed: 200 + UInt64(size))
    let selection = Selection((0..<size).map { _ in Bool.random(using: &generator) })
    let restored = try #require(Selection(rowCount: size, words: selection.words))
    #expect(restored.rows == selection.rows)
    #expect(Selection(rowCount: size, words: selection.words + [0]) == nil)
    if size > 0 { #expect(Selection(rowCount: size, words: Array(selection.words.dropLast())) == nil) }
  }

  @Test func bitsPastTheLastRowAreNeverKept() throws {
    let restored = try #require(Selection(rowCount: 65, words: [.max, .max]))
    #expect(restored.count == 65)
    #expect(restored.rows.last == 64)
    #expect(restored.words == [.max, 1])
  }
}
