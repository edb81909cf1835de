import TestSupport
import Testing

@testable import Columnar

struct PartTallyTests {
  private struct Case {
    var rows: [UInt32] = []
    var groups: [UInt32] = []
    var seconds: [UInt32] = []
    var marks: [UInt8] = []

    init(_ size: Int) {
      var generator = SeededGenerator(seed: UInt64(size) + 400)
      for row in 0..<size {
        seconds.append(
          [0, 0, .max, .max - 1, UInt32.random(in: 1...900, using: &generator)].randomElement(
            using: &generator)!)
        marks.append(UInt8.random(in: 0...7, using: &generator))
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          rows.append(UInt32(row))
          groups.append(UInt32.random(in: 0..<6, using: &generator))
        }
      }
    }

    /// The rows of each group's entries.
    var rowsByGroup: [[Int]] {
      (0..<6 as Range<UInt32>).map { group in
        rows.indices.filter { groups[$0] == group }.map { Int(rows[$0]) }
      }
    }
  }

  @Test(arguments: [0, 1, 64, 2_000]) func onlyPartsAboveZeroOfHandledContactsAreAdded(size: Int) {
    let block = Case(size)
    var sums = [CountAndSum](repeating: CountAndSum(), count: 6)
    var span = sums.mutableSpan
    tallyParts(
      rows: block.rows, groups: block.groups, seconds: block.seconds, marks: block.marks.span, handledBit: 4,
      into: &span)
    let expected = block.rowsByGroup.map { rows in
      let parts = rows.filter { block.marks[$0] & 4 != 0 }.map { block.seconds[$0] }.filter {
        $0 > 0 && $0 < .max
      }
      var sum = CountAndSum()
      sum.count = UInt64(parts.count)
      sum.sum = parts.reduce(0) { $0 + UInt64($1) }
      return sum
    }
    #expect(sums == expected)
  }

  @Test(arguments: [0, 1, 64, 2_000]) func everyEntryWithADurationIsCountedEvenOfNoSeconds(size: Int) {
    let block = Case(size)
    var counts = [UInt64](repeating: 1, count: 6)
    var span = counts.mutableSpan
    count(rows: block.rows, groups: block.groups, having: block.seconds, into: &span)
    #expect(counts == block.rowsByGroup.map { rows in UInt64(rows.count { block.seconds[$0] < .max }) + 1 })
  }

  @Test func mergedSumsAddUp() {
    var one = CountAndSum()
    (one.count, one.sum) = (2, 30)
    var other = CountAndSum()
    (other.count, other.sum) = (5, 1 << 40)
    one.merge(other)
    #expect(one.count == 7)
    #expect(one.sum == 30 + 1 << 40)
  }
}
