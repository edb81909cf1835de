/// What one group has added up: exact integers only, so that any order of adding gives the same figures.
package struct Tally: Sendable, Equatable {
  /// All contacts of the group.
  package var contacts: UInt64 = 0
  /// Those that were handled.
  package var handled: UInt64 = 0
  /// Those handled with a value.
  package var n: UInt64 = 0
  /// Sum of the values, whole seconds.
  package var sum: UInt64 = 0
  /// Sum of their squares.
  package var squares: UInt128 = 0
  /// Least value; `UInt32.max` when n is 0.
  package var min = UInt32.max
  /// Greatest value; 0 when n is 0.
  package var max: UInt32 = 0

  /// An empty group.
  package init() {}

  /// Adds what another slice found.
  @inlinable
  package mutating func merge(_ other: Tally) {
    contacts += other.contacts
    handled += other.handled
    n += other.n
    sum += other.sum
    squares += other.squares
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
  }
}

/// What one group has added up over conversations rather than contacts.
package struct ConversationTally: Sendable, Equatable {
  /// Distinct conversations with a contact in the group.
  package var conversations: UInt64 = 0
  /// Those with at least one handled contact there.
  package var handled: UInt64 = 0
  /// Those of which none of these contacts is without a value.
  package var n: UInt64 = 0
  /// Sum of the values of those, whole seconds.
  package var sum: UInt64 = 0
  /// Sum of their squares.
  package var squares: UInt128 = 0
  /// Least value; `UInt64.max` when n is 0.
  package var min = UInt64.max
  /// Greatest value; 0 when n is 0.
  package var max: UInt64 = 0

  /// An empty group.
  package init() {}

  /// Adds what another slice found.
  package mutating func merge(_ other: ConversationTally) {
    conversations += other.conversations
    handled += other.handled
    n += other.n
    sum += other.sum
    squares += other.squares
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
  }
}

extension ConversationTally {
  /// Of contacts that are the only ones of their conversations.
  package init(sole tally: Tally) {
    conversations = tally.contacts
    handled = tally.handled
    n = tally.n
    sum = tally.sum
    squares = tally.squares
    if n > 0 {
      min = UInt64(tally.min)
      max = UInt64(tally.max)
    }
  }
}

/// A duration column's mark for "no value".
// Computed, so that a kernel reads a constant and not a global that is initialised when first touched.
package var missingSeconds: UInt32 { .max }

/// Adds each entry's contact to its group. O(entries).
///
/// - Parameters:
///   - rows: row numbers of the entries within the block.
///   - groups: the group of each entry.
///   - seconds: handling values by row, ``missingSeconds`` where there is none.
///   - marks: one byte a row; `handledBit` in it says that the contact was handled.
package func tally(
  rows: [UInt32], groups: [UInt32], seconds: Span<UInt32>, marks: Span<UInt8>, handledBit: UInt8,
  into tallies: inout MutableSpan<Tally>
) {
  for entry in rows.indices {
    let row = Int(rows[entry])
    let group = Int(groups[entry])
    let handled: UInt64 = marks[row] & handledBit != 0 ? 1 : 0
    let value = seconds[row]
    // Safe: at most 2^32 rows of values below 2^32 each: sums stay below 2^64, squares below 2^96.
    var tally = tallies[group]
    tally.contacts &+= 1
    tally.handled &+= handled
    if value != missingSeconds, handled == 1 {
      tally.n &+= 1
      tally.sum &+= UInt64(value)
      tally.squares &+= UInt128(UInt64(value) &* UInt64(value))
      tally.min = min(tally.min, value)
      tally.max = max(tally.max, value)
    }
    tallies[group] = tally
  }
}

/// Adds each conversation to its group. O(entries).
///
/// - Parameter spread: whether squares, least and greatest values are wanted too.
package func tally(
  _ entries: ConversationEntries, spread: Bool, into tallies: inout MutableSpan<ConversationTally>
) {
  let groups = entries.groups.span
  let values = entries.values.span
  let marks = entries.marks.span
  for entry in 0..<entries.count {
    tallies[Int(groups[entry])].add(values[entry], marks[entry], spread: spread)
  }
}

/// Adds each conversation to one tally. O(entries).
///
/// - Parameters:
///   - entries: those of one group, or such that ``ConversationEntries/areWhole``.
///   - spread: whether squares, least and greatest values are wanted too.
package func tally(
  _ entries: ConversationEntries, spread: Bool, into tally: inout ConversationTally
) {
  let values = entries.values.span
  let marks = entries.marks.span
  for entry in 0..<entries.count { tally.add(values[entry], marks[entry], spread: spread) }
}

extension ConversationTally {
  /// Adds an entry, without a branch that depends on it. O(1).
  @inline(__always)
  fileprivate mutating func add(_ value: UInt64, _ mark: UInt8, spread: Bool) {
    conversations &+= 1
    handled &+= mark & ConversationEntries.handled != 0 ? 1 : 0
    let hasValue: UInt64 = value == missingValue ? 0 : 1
    let value = value & (0 &- hasValue)
    n &+= hasValue
    // Safe: all values together are sums over at most 2^32 contacts of less than 2^32 each, one value below 2^48.
    sum &+= value
    guard spread, hasValue == 1 else { return }
    squares &+= UInt128(value) &* UInt128(value)
    min = Swift.min(min, value)
    max = Swift.max(max, value)
  }
}
