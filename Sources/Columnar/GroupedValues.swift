/// The values of every group, group by group in one array: what exact quantiles are taken from.
///
///     ┌── group 0 ──┬ group 1 ┬──── group 2 ────┐
///     │ n0 values   │ n1      │ n2              │      starts = [0, n0, n0+n1, …]
///     └─────────────┴─────────┴─────────────────┘
///
/// Four bytes a duration, eight a sum of durations. The order within a group is that of the scan and means nothing.
package struct GroupedValues<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>:
  Sendable
{
  /// The values, group after group.
  @usableFromInline
  package internal(set) var values: [Value]
  /// Where each group's values begin, and at the end where the last ones stop.
  @usableFromInline
  internal var starts: [Int]
  /// Next free place of each group while filling.
  @usableFromInline
  internal var cursors: [Int]

  /// Makes room for `counts[g]` values in each group g. O(groups + values).
  @inlinable
  package init(counts: [Int]) {
    starts = [0]
    starts.reserveCapacity(counts.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    cursors = starts
    values = Array(repeating: 0, count: starts[counts.count])
  }

  /// The values filed under one group so far.
  @inlinable
  package func values(of group: Int) -> ArraySlice<Value> {
    values[starts[group]..<cursors[group]]
  }

  /// Files one value. O(1).
  @inlinable
  @inline(__always)
  package mutating func add(_ value: Value, to group: Int) {
    values[cursors[group]] = value
    cursors[group] &+= 1
  }
}

extension GroupedValues<UInt32> {
  /// Files the value of each handled contact that has one under its group. O(entries).
  package mutating func add(
    rows: [UInt32], groups: [UInt32], seconds: Span<UInt32>, marks: Span<UInt8>, handledBit: UInt8
  ) {
    for entry in rows.indices {
      let row = Int(rows[entry])
      let value = seconds[row]
      guard value != missingSeconds, marks[row] & handledBit != 0 else { continue }
      add(value, to: Int(groups[entry]))
    }
  }

  /// Files each entry's duration, if it has one, under its group. O(entries).
  package mutating func add(rows: [UInt32], groups: [UInt32], durations: [UInt32]) {
    for entry in rows.indices {
      let value = durations[Int(rows[entry])]
      if value != missingSeconds { add(value, to: Int(groups[entry])) }
    }
  }
}

extension GroupedValues<UInt64> {
  /// Files the value of each conversation that has one under its group. O(entries).
  package mutating func add(_ entries: ConversationEntries) {
    for entry in 0..<entries.count where entries.values[entry] != missingValue {
      add(entries.values[entry], to: Int(entries.groups[entry]))
    }
  }
}
