/// A count and a sum: what a mean is made of.
package struct CountAndSum: Sendable, Equatable {
  package var count: UInt64 = 0
  package var sum: UInt64 = 0

  /// Nothing yet.
  package init() {}

  /// Adds what another slice found.
  package mutating func merge(_ other: CountAndSum) {
    count += other.count
    sum += other.sum
  }
}

/// Adds, for each entry's contact that was handled, a duration above 0 to its group. O(entries).
///
/// - Parameter seconds: by row, ``missingSeconds`` where there is none.
package func tallyParts(
  rows: [UInt32], groups: [UInt32], seconds: [UInt32], marks: Span<UInt8>, handledBit: UInt8,
  into sums: inout MutableSpan<CountAndSum>
) {
  for entry in rows.indices {
    let row = Int(rows[entry])
    let value = seconds[row]
    guard value != missingSeconds, value > 0, marks[row] & handledBit != 0 else { continue }
    let group = Int(groups[entry])
    // Safe: at most 2^32 rows of values below 2^32 each.
    sums[group].count &+= 1
    sums[group].sum &+= UInt64(value)
  }
}

/// Counts each entry that has a duration in its group. O(entries).
package func count(
  rows: [UInt32], groups: [UInt32], having seconds: [UInt32], into counts: inout MutableSpan<UInt64>
) {
  for entry in rows.indices where seconds[Int(rows[entry])] != missingSeconds {
    counts[Int(groups[entry])] &+= 1
  }
}

/// Adds, for each conversation with a human handled contact in its group, the answer that `score` gives for its code
/// (a place for every code; `nil` does not count). O(entries).
package func tallyAnswers(
  _ entries: ConversationEntries, codes: CodeColumn, score: [UInt64?],
  into sums: inout MutableSpan<CountAndSum>
) {
  for entry in 0..<entries.count
  where entries.marks[entry] & ConversationEntries.humanHandled != 0 {
    guard let value = score[Int(codes.code(at: Int(entries.rows[entry])))] else { continue }
    let group = Int(entries.groups[entry])
    sums[group].count &+= 1
    sums[group].sum &+= value
  }
}

/// Adds each conversation's code as a number to its group. O(entries).
package func addUp(_ entries: ConversationEntries, codes: CodeColumn, into sums: inout MutableSpan<UInt64>) {
  if case .constant(0, _) = codes { return }
  for entry in 0..<entries.count {
    sums[Int(entries.groups[entry])] &+= UInt64(codes.code(at: Int(entries.rows[entry])))
  }
}
