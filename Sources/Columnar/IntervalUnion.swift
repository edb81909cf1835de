/// Stretches of time by group and owner, for the time during which an owner had at least one of them open.
package struct OwnedIntervals: Sendable {
  /// From `start` to before `end`, unix seconds.
  package struct Interval: Sendable {
    package var group: UInt32
    package var owner: UInt32
    package var start: Int64
    package var end: Int64

    package init(group: UInt32, owner: UInt32, start: Int64, end: Int64) {
      self.group = group
      self.owner = owner
      self.start = start
      self.end = end
    }
  }

  package private(set) var intervals: [Interval] = []

  /// No intervals.
  package init() {}

  /// Adds each entry's contact that has an owner and an end. O(entries).
  package mutating func add(
    rows: [UInt32], groups: [UInt32], owners: CodeColumn, starts: [Int64], ends: [Int64]
  ) {
    for entry in rows.indices {
      let row = Int(rows[entry])
      let owner = owners.code(at: row)
      guard owner != 0, ends[row] != OffsetColumn.missing, ends[row] > starts[row] else { continue }
      intervals.append(Interval(group: groups[entry], owner: owner, start: starts[row], end: ends[row]))
    }
  }

  /// Adds the intervals of another slice, its groups renumbered.
  package mutating func add(_ other: OwnedIntervals, renumbered: (UInt32) -> UInt32?) {
    for interval in other.intervals {
      guard let group = renumbered(interval.group) else { continue }
      var copy = interval
      copy.group = group
      intervals.append(copy)
    }
  }

  /// For each group the length of the union of each owner's intervals, added over the owners, seconds. O(n log n).
  package mutating func unionSeconds(groupCount: Int) -> [UInt64] {
    intervals.sort { ($0.group, $0.owner, $0.start, $0.end) < ($1.group, $1.owner, $1.start, $1.end) }
    var seconds = [UInt64](repeating: 0, count: groupCount)
    var covered = Int64.min
    var last: (group: UInt32, owner: UInt32)?
    for interval in intervals {
      if last?.group != interval.group || last?.owner != interval.owner {
        covered = .min
        last = (interval.group, interval.owner)
      }
      let from = max(interval.start, covered)
      if interval.end > from {
        // Safe: instants lie within 300 years.
        seconds[Int(interval.group)] &+= UInt64(interval.end &- from)
        covered = interval.end
      }
    }
    return seconds
  }
}
