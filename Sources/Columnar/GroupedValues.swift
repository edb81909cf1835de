/// The handling values of every group, group by group in one array: what exact quantiles are taken from.
///
///     ┌── group 0 ──┬ group 1 ┬──── group 2 ────┐
///     │ n0 values   │ n1      │ n2              │      starts = [0, n0, n0+n1, …]
///     └─────────────┴─────────┴─────────────────┘
///
/// Four bytes a value. The order within a group is that of the scan and means nothing.
package struct GroupedValues: Sendable {
  /// The values, group after group.
  package private(set) var values: [UInt32]
  /// Where each group's values begin, and at the end where the last ones stop.
  private var starts: [Int]
  /// Next free place of each group while filling.
  private var cursors: [Int]

  /// Makes room for `counts[g]` values in each group g. O(groups + values).
  package init(counts: [Int]) {
    starts = [0]
    starts.reserveCapacity(counts.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    cursors = starts
    values = Array(repeating: 0, count: starts[counts.count])
  }

  /// The values filed under one group so far.
  package func values(of group: Int) -> ArraySlice<UInt32> {
    values[starts[group]..<cursors[group]]
  }

  /// Files the value of each entry that has one under its group. O(entries).
  package mutating func add(
    rows: [UInt32], groups: [UInt32], seconds: Span<UInt32>, marks: Span<UInt8>, handledBit: UInt8
  ) {
    for entry in rows.indices {
      let row = Int(rows[entry])
      let value = seconds[row]
      guard value != missingSeconds, marks[row] & handledBit != 0 else { continue }
      let group = Int(groups[entry])
      values[cursors[group]] = value
      cursors[group] &+= 1
    }
  }
}
