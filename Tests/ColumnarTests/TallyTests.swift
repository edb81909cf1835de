import TestSupport
import Testing

@testable import Columnar

struct TallyTests {
  private static let handled: UInt8 = 0b10

  private struct Entries {
    var rows: [UInt32] = []
    var groups: [UInt32] = []
    var seconds: [UInt32] = []
    var marks: [UInt8] = []

    func tallied(groupCount: Int) -> [Tally] {
      var tallies = [Tally](repeating: Tally(), count: groupCount)
      var span = tallies.mutableSpan
      tally(
        rows: rows, groups: groups, seconds: seconds.span, marks: marks.span, handledBit: TallyTests.handled,
        into: &span)
      return tallies
    }

    /// The same by the definitions, group by group.
    func expected(groupCount: Int) -> [Tally] {
      var entriesOf: [UInt32: [Int]] = [:]
      for entry in rows.indices { entriesOf[groups[entry], default: []].append(Int(rows[entry])) }
      return (0..<UInt32(groupCount)).map { group in
        let contacts = entriesOf[group] ?? []
        let handled = contacts.filter { marks[$0] & TallyTests.handled != 0 }
        let values = handled.map { seconds[$0] }.filter { $0 != UInt32.max }
        var tally = Tally()
        tally.contacts = UInt64(contacts.count)
        tally.handled = UInt64(handled.count)
        tally.n = UInt64(values.count)
        tally.sum = values.reduce(0) { $0 + UInt64($1) }
        tally.squares = values.reduce(0) { $0 + UInt128($1) * UInt128($1) }
        tally.min = values.min() ?? .max
        tally.max = values.max() ?? 0
        return tally
      }
    }
  }

  private static func random(
    _ size: Int, groups: Int, seed: UInt64, second: (inout SeededGenerator) -> UInt32
  ) -> Entries {
    var generator = SeededGenerator(seed: seed)
    var entries = Entries()
    for row in 0..<size {
      entries.seconds.append(second(&generator))
      entries.marks.append(UInt8.random(in: 0...255, using: &generator))
      // Most rows once, some not at all, some twice, as with lists of codes.
      for _ in 0..<[1, 1, 1, 0, 2][Int.random(in: 0..<5, using: &generator)] {
        entries.rows.append(UInt32(row))
        // Skewed: nine in ten fall into group 0.
        let isCommon = Int.random(in: 0..<10, using: &generator) > 0
        entries.groups.append(isCommon ? 0 : UInt32.random(in: 0..<UInt32(groups), using: &generator))
      }
    }
    return entries
  }

  @Test(arguments: [0, 1, 64, 1_000, 65_537]) func randomEntriesAddUpAsALoopAddsThem(size: Int) {
    let entries = Self.random(size, groups: 41, seed: UInt64(size)) { generator in
      let isMissing = Int.random(in: 0..<5, using: &generator) == 0
      return isMissing ? .max : UInt32.random(in: 0...100_000, using: &generator)
    }
    #expect(entries.tallied(groupCount: 42) == entries.expected(groupCount: 42))
  }

  @Test func theExtremeValuesAreCountedExactly() {
    let entries = Self.random(5_000, groups: 3, seed: 5) { generator in
      [0, UInt32.max - 1, UInt32.max].randomElement(using: &generator)!
    }
    let tallies = entries.tallied(groupCount: 3)
    #expect(tallies == entries.expected(groupCount: 3))
    #expect(tallies[0].min == 0)
    #expect(tallies[0].max == UInt32.max - 1)
    #expect(tallies[0].squares > UInt128(UInt64.max))
  }

  @Test func whereEveryValueIsMissingOnlyTheContactsCount() {
    let entries = Self.random(200, groups: 2, seed: 6) { _ in .max }
    let tallies = entries.tallied(groupCount: 2)
    #expect(tallies == entries.expected(groupCount: 2))
    #expect(tallies[0].handled > 0)
    #expect(tallies[0].n == 0)
    #expect(tallies[0].min == .max)
  }

  @Test func theValueOfAnUnhandledContactIsNotCounted() {
    let entries = Entries(rows: [0, 1], groups: [0, 0], seconds: [100, 7], marks: [0, Self.handled])
    let tally = entries.tallied(groupCount: 1)[0]
    #expect(tally.contacts == 2)
    #expect(tally.handled == 1)
    #expect(tally.sum == 7)
    #expect(tally.squares == 49)
    #expect(tally.min == 7)
    #expect(tally.max == 7)
  }

  @Test func mergedPartsEqualTheWhole() {
    let entries = Self.random(900, groups: 5, seed: 7) { UInt32.random(in: 0...9_999, using: &$0) }
    let whole = entries.tallied(groupCount: 5)
    for cut in [0, 1, 400, entries.rows.count] {
      var first = entries
      var second = entries
      first.rows.removeSubrange(cut...)
      first.groups.removeSubrange(cut...)
      second.rows.removeSubrange(..<cut)
      second.groups.removeSubrange(..<cut)
      var merged = first.tallied(groupCount: 5)
      for (group, other) in second.tallied(groupCount: 5).enumerated() { merged[group].merge(other) }
      #expect(merged == whole)
    }
  }
}
