import TestSupport
import Testing

@testable import Columnar

struct RangeCountsTests {
  private static let edgeLists: [[UInt64]] = [
    [], [0], [7], [0, 1, 2], [9, 10, 60, 61, 5_000],
    [0, UInt64(UInt32.max) - 1, UInt64(UInt32.max), 1 << 40],
    [.max - 1], Array(stride(from: 4, through: 400, by: 5)),
  ]

  /// How many values lie in each range, by looking at every range for every value.
  private static func expected(_ values: [UInt64], _ edges: [UInt64]) -> [UInt64] {
    (0...edges.count).map { range in
      UInt64(
        values.count { value in
          (range == 0 || value > edges[range - 1]) && (range == edges.count || value <= edges[range])
        })
    }
  }

  @Test(arguments: edgeLists) func aValueIsCountedInTheRangeItLiesIn(edges: [UInt64]) {
    var generator = SeededGenerator(seed: UInt64(edges.count) + 3)
    let near = edges.flatMap { [$0 &- 1, $0, $0 &+ 1] } + [0, 1, .max]
    let values = near + (0..<200).map { _ in UInt64.random(in: 0...500, using: &generator) }
    var counts = RangeCounts(edges: edges)
    counts.grow(to: 3)
    for value in values { counts.add(value, to: 1) }
    #expect(Array(counts.counts(of: 1)) == Self.expected(values, edges))
    #expect(counts.counts(of: 0).allSatisfy { $0 == 0 })
    #expect(counts.counts(of: 2).allSatisfy { $0 == 0 })
  }

  @Test func growingKeepsWhatWasCounted() {
    var counts = RangeCounts(edges: [10])
    counts.grow(to: 1)
    counts.add(10, to: 0)
    counts.grow(to: 4)
    counts.grow(to: 2)
    counts.add(11, to: 3)
    #expect(Array(counts.counts(of: 0)) == [1, 0])
    #expect(Array(counts.counts(of: 3)) == [0, 1])
    #expect(counts.counts == [1, 0, 0, 0, 0, 0, 0, 1])
  }

  @Test(arguments: [0, 1, 500]) func onlyHandledContactsWithAValueAreCounted(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let seconds = (0..<size).map { _ in
      [.max, .max - 1, UInt32.random(in: 0...99, using: &generator)].randomElement(using: &generator)!
    }
    let marks = (0..<size).map { _ in UInt8.random(in: 0...3, using: &generator) }
    let rows = (0..<size).map { UInt32($0) } + (0..<size / 2).map { UInt32($0) }
    let groups = rows.map { _ in UInt32.random(in: 0..<3, using: &generator) }
    let edges: [UInt64] = [9, 49, 60, UInt64(UInt32.max) - 2]
    var counts = RangeCounts(edges: edges)
    counts.grow(to: 3)
    counts.add(rows: rows, groups: groups, seconds: seconds.span, marks: marks.span, handledBit: 2)
    for group in 0..<3 {
      let values = rows.indices.filter { groups[$0] == group }.map { Int(rows[$0]) }
        .filter { marks[$0] & 2 != 0 && seconds[$0] < .max }.map { UInt64(seconds[$0]) }
      #expect(Array(counts.counts(of: group)) == Self.expected(values, edges), "group \(group)")
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func conversationsAreCountedByTheirSum(seed: UInt64) {
    let block = ConversationBlock(conversations: 60, contacts: 3, seed: seed)
    let edges: [UInt64] = [500, 2_000, 6_000]
    var counts = RangeCounts(edges: edges)
    counts.grow(to: ConversationBlock.groupCount)
    counts.add(block.filled(.narrow(block.conversations)))
    let wholes = block.wholes
    for group in 0..<ConversationBlock.groupCount {
      let values = wholes.filter { $0.group == group }.compactMap(\.value)
      #expect(Array(counts.counts(of: group)) == Self.expected(values, edges), "group \(group)")
    }
  }

  @Test func groupsOfAnotherSliceAreAdded() {
    var one = RangeCounts(edges: [5, 6])
    one.grow(to: 2)
    one.add(5, to: 1)
    var other = RangeCounts(edges: [5, 6])
    other.grow(to: 3)
    for value: UInt64 in [5, 6, 7, 8] { other.add(value, to: 2) }
    one.merge(2, of: other, into: 1)
    #expect(Array(one.counts(of: 1)) == [2, 1, 2])
    #expect(Array(one.counts(of: 0)) == [0, 0, 0])
  }
}
