import TestSupport
import Testing

@testable import Columnar

struct OwnedIntervalsTests {
  /// Intervals as columns, one row each.
  private struct Rows {
    var groups: [UInt32] = []
    var owners: [UInt32] = []
    var starts: [Int64] = []
    var ends: [Int64] = []

    mutating func append(group: UInt32, owner: UInt32, _ start: Int64, _ end: Int64) {
      groups.append(group)
      owners.append(owner)
      starts.append(start)
      ends.append(end)
    }

    var intervals: OwnedIntervals {
      var intervals = OwnedIntervals()
      intervals.add(
        rows: (0..<UInt32(groups.count)).map { $0 }, groups: groups, owners: CodeColumn(owners),
        starts: starts,
        ends: ends)
      return intervals
    }

    /// Second by second.
    func expected(groupCount: Int) -> [UInt64] {
      var seconds = [Set<[Int64]>](repeating: [], count: groupCount)
      for row in groups.indices where owners[row] != 0 && ends[row] != .min {
        for second in stride(from: starts[row], to: ends[row], by: 1) {
          seconds[Int(groups[row])].insert([Int64(owners[row]), second])
        }
      }
      return seconds.map { UInt64($0.count) }
    }
  }

  private static func random(_ size: Int, seed: UInt64) -> Rows {
    var generator = SeededGenerator(seed: seed)
    var rows = Rows()
    for _ in 0..<size {
      let start = Int64.random(in: -60...60, using: &generator)
      let length = ([0, 1, 5, 5, 20, 40, -3] as [Int64]).randomElement(using: &generator)!
      rows.append(
        group: UInt32.random(in: 0..<3, using: &generator),
        owner: UInt32.random(in: 0...3, using: &generator),
        start, Int.random(in: 0..<8, using: &generator) == 0 ? .min : start + length)
    }
    return rows
  }

  @Test(arguments: 0...60 as ClosedRange<UInt64>) func aUnionIsThatOfItsSeconds(seed: UInt64) {
    let rows = Self.random(Int(seed), seed: seed)
    var intervals = rows.intervals
    #expect(intervals.unionSeconds(groupCount: 3) == rows.expected(groupCount: 3))
    #expect(
      intervals.unionSeconds(groupCount: 4) == rows.expected(groupCount: 4), "asked again, of a group more")
  }

  @Test func withoutOwnerOrEndNothingIsAdded() {
    var rows = Rows()
    rows.append(group: 0, owner: 0, 0, 100)
    rows.append(group: 0, owner: 1, 0, OffsetColumn.missing)
    rows.append(group: 0, owner: 1, 7, 7)
    #expect(rows.intervals.intervals.isEmpty)
  }

  @Test func aRowThatStandsInTwoGroupsCountsInBoth() {
    var intervals = OwnedIntervals()
    intervals.add(
      rows: [1, 1], groups: [0, 1], owners: .constant(2, count: 2), starts: [0, 10], ends: [5, 30])
    #expect(intervals.unionSeconds(groupCount: 2) == [20, 20])
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func slicesAddUpToTheWholeUnderNewNumbers(seed: UInt64) {
    let (one, other) = (Self.random(30, seed: seed), Self.random(30, seed: seed + 100))
    // Group 2 of both is dropped, 0 and 1 of the second change places.
    var all = OwnedIntervals()
    all.add(one.intervals) { $0 == 2 ? nil : $0 }
    all.add(other.intervals) { $0 == 2 ? nil : 1 - $0 }
    var both = one
    for row in other.groups.indices {
      both.append(
        group: [1, 0, 2][Int(other.groups[row])], owner: other.owners[row], other.starts[row], other.ends[row]
      )
    }
    #expect(all.unionSeconds(groupCount: 2) == Array(both.expected(groupCount: 3).prefix(2)))
  }

  @Test func unionsAreThoseOfTheReferee() throws {
    let contacts = try IntervalTruth.rows("engaged")
    let truth = try IntervalTruth.rows("engaged_union")
    let sets = Set(contacts.map { $0["set"]! }).sorted()
    let agents = Set(contacts.map { $0["agent"]! }).sorted()
    #expect(sets.count == 3 && truth.count == 17)
    var rows = Rows()
    for contact in contacts {
      rows.append(
        group: UInt32(sets.firstIndex(of: contact["set"]!)!),
        owner: UInt32(agents.firstIndex(of: contact["agent"]!)! + 1), Int64(contact["start"]!)!,
        Int64(contact["end"]!)!)
    }
    // Agents of one group are added up; each in a group of its own is alone.
    var bySet = rows.intervals
    let expected = sets.map { set in
      truth.filter { $0["set"] == set }.reduce(0) { $0 + UInt64($1["union_seconds"]!)! }
    }
    #expect(bySet.unionSeconds(groupCount: sets.count) == expected)
    for row in rows.groups.indices { rows.groups[row] = rows.owners[row] - 1 }
    var byAgent = rows.intervals
    let seconds = byAgent.unionSeconds(groupCount: agents.count)
    for row in truth {
      let agent = agents.firstIndex(of: row["agent"]!)!
      #expect(String(seconds[agent]) == row["union_seconds"], "\(row["agent"]!)")
    }
  }
}
