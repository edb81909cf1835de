/// What the conversations of a block come to in each group: one entry per conversation and group.
///
///     contacts of one conversation   group   value        entries
///     ───────────────────────────────────────────         ──────────────────────
///     row 7                            2      300    ─┐
///     row 8                            5      120     ├─▶  (row 7, group 2, 360)
///     row 9                            2       60    ─┘    (row 8, group 5, 120)
///
/// Contacts of one conversation are neighbours in a block and never straddle two, so a run of equal keys is a whole
/// conversation.
package struct ConversationEntries: Sendable {
  /// Number of entries; the arrays may be longer.
  package private(set) var count = 0
  /// A row of the conversation, whichever, from which its own codes (rating, channel…) can be read.
  package private(set) var rows: [UInt32] = []
  /// The group of each entry.
  package private(set) var groups: [UInt32] = []
  /// The sum over the conversation's handled contacts in the group; ``missingValue`` when one of these has no value, or
  /// when there is none.
  package private(set) var values: [UInt64] = []
  /// What the contacts in the group have in common.
  package private(set) var marks: [UInt8] = []

  /// Whether each conversation has one entry only.
  package private(set) var areWhole = false

  /// In ``marks``: at least one contact was handled.
  package static let handled: UInt8 = 1
  /// In ``marks``: at least one was handled by a human.
  package static let humanHandled: UInt8 = 2
  /// While a conversation is added up: at least one handled contact has no value.
  private static let incomplete: UInt8 = 4

  private struct Part {
    var group: UInt32
    var row: UInt32
    var marks: UInt8
    var isMissing: Bool
    var sum: UInt64

    /// Adds another contact of the same conversation in the same group.
    @inline(__always)
    mutating func add(_ other: Part) {
      marks |= other.marks
      isMissing = isMissing || other.isMissing
      // Safe: at most 65,536 contacts of less than 2^32 seconds each.
      sum &+= other.sum
    }

    /// The sum, unless a handled contact has no value or none was handled.
    var value: UInt64 { marks & ConversationEntries.handled != 0 && !isMissing ? sum : missingValue }
  }

  private var parts: [Part] = []

  /// No entries.
  package init() {}

  /// Which bits of a contact's mark mean what.
  package struct MarkBits: Sendable {
    package let handled: UInt8
    package let bot: UInt8
    /// The only contact of its conversation.
    package let sole: UInt8

    package init(handled: UInt8, bot: UInt8, sole: UInt8) {
      self.handled = handled
      self.bot = bot
      self.sole = sole
    }
  }

  /// Replaces the entries by those of a block. O(entries) for conversations of few groups; a conversation that spreads
  /// over many groups costs a sort of its contacts.
  ///
  /// - Parameters:
  ///   - contactRows: row numbers of the contacts within the block, ascending.
  ///   - contactGroups: the group of each.
  ///   - seconds: handling values by row, ``missingSeconds`` where there is none.
  ///   - contactMarks: one byte a row.
  ///   - conversations: the keys of the rows' conversations.
  package mutating func fill(
    rows contactRows: [UInt32], groups contactGroups: [UInt32], seconds: Span<UInt32>,
    marks contactMarks: Span<UInt8>, bits: MarkBits, conversations: OffsetColumn
  ) {
    switch conversations {
    case .narrow(_, let keys):
      fill(contactRows, contactGroups, seconds, contactMarks, bits, conversations: keys.span)
    case .wide(let keys):
      fill(contactRows, contactGroups, seconds, contactMarks, bits, conversations: keys.span)
    }
  }

  @inline(__always)
  private mutating func fill<Key: FixedWidthInteger>(
    _ contactRows: [UInt32], _ contactGroups: [UInt32], _ seconds: Span<UInt32>,
    _ contactMarks: Span<UInt8>, _ bits: MarkBits, conversations: Span<Key>
  ) {
    makeRoom(for: contactRows.count)
    // The lists are taken out of `self` while they are filled: what is written to needs no check then.
    var (rows, groups, values, marks) = (self.rows, self.groups, self.values, self.marks)
    (self.rows, self.groups, self.values, self.marks) = ([], [], [], [])
    var rowSpan = rows.mutableSpan
    var groupSpan = groups.mutableSpan
    var valueSpan = values.mutableSpan
    var markSpan = marks.mutableSpan
    let runs = Self.fillRuns(
      contactRows, contactGroups, seconds, contactMarks, bits, conversations: conversations, &rowSpan,
      &groupSpan, &valueSpan, &markSpan)
    areWhole = runs != nil
    count =
      runs
      ?? fillGroups(
        contactRows, contactGroups, seconds, contactMarks, bits, conversations: conversations, &rowSpan,
        &groupSpan, &valueSpan, &markSpan)
    (self.rows, self.groups, self.values, self.marks) = (rows, groups, values, marks)
  }

  /// Fills whatever the groups are; the number of entries.
  @inline(__always)
  private mutating func fillGroups<Key: FixedWidthInteger>(
    _ contactRows: [UInt32], _ contactGroups: [UInt32], _ seconds: Span<UInt32>,
    _ contactMarks: Span<UInt8>, _ bits: MarkBits, conversations: Span<Key>,
    _ rows: inout MutableSpan<UInt32>, _ groups: inout MutableSpan<UInt32>,
    _ values: inout MutableSpan<UInt64>, _ marks: inout MutableSpan<UInt8>
  ) -> Int {
    var next = 0
    var entry = 0
    while entry < contactRows.count {
      let row = Int(contactRows[entry])
      var part = Self.part(row, contactGroups[entry], seconds, contactMarks, bits)
      entry &+= 1
      // One contact stands in different groups when it stands more than once: nothing to put together.
      if contactMarks[row] & bits.sole == 0 {
        let conversation = conversations[row]
        let first = entry &- 1
        while entry < contactRows.count, conversations[Int(contactRows[entry])] == conversation,
          contactGroups[entry] == part.group
        {
          part.add(Self.part(Int(contactRows[entry]), part.group, seconds, contactMarks, bits))
          entry &+= 1
        }
        if entry < contactRows.count, conversations[Int(contactRows[entry])] == conversation {
          // In several groups: all of it once more, and sorted.
          entry = first
          parts.removeAll(keepingCapacity: true)
          while entry < contactRows.count, conversations[Int(contactRows[entry])] == conversation {
            parts.append(
              Self.part(Int(contactRows[entry]), contactGroups[entry], seconds, contactMarks, bits))
            entry &+= 1
          }
          for part in Self.merged(&parts) {
            Self.put(part, at: next, &rows, &groups, &values, &marks)
            next &+= 1
          }
          continue
        }
      }
      Self.put(part, at: next, &rows, &groups, &values, &marks)
      next &+= 1
    }
    return next
  }

  /// Fills where each conversation lies in one group, as all do in groups by what is a conversation's own; the
  /// number of entries, `nil` where one does not. O(entries), without a branch that depends on what is in them.
  @inline(__always)
  private static func fillRuns<Key: FixedWidthInteger>(
    _ contactRows: [UInt32], _ contactGroups: [UInt32], _ seconds: Span<UInt32>,
    _ contactMarks: Span<UInt8>, _ bits: MarkBits, conversations: Span<Key>,
    _ rows: inout MutableSpan<UInt32>, _ groups: inout MutableSpan<UInt32>,
    _ values: inout MutableSpan<UInt64>, _ marks: inout MutableSpan<UInt8>
  ) -> Int? {
    guard let firstRow = contactRows.first, let lastRow = contactRows.last else { return 0 }
    precondition(
      contactGroups.count == contactRows.count && seconds.count == conversations.count
        && contactMarks.count == conversations.count && Int(lastRow) < conversations.count)
    var lastKey = ~conversations[Int(firstRow)]
    var lastGroup: UInt32 = 0
    var isSpread = false
    var next = -1
    var sum: UInt64 = 0
    var found: UInt8 = 0
    var entry = 0
    while entry < contactRows.count, !isSpread {
      for place in entry..<min(entry &+ 1024, contactRows.count) {
        // Safe: rows ascend, so that all lie below the last one's bound, which was checked; there is room for as many
        // entries as there are rows.
        let row = Int(contactRows[place])
        let key = unsafe conversations[unchecked: row]
        let group = contactGroups[place]
        let continues = key == lastKey
        isSpread = isSpread || continues && group != lastGroup
        (lastKey, lastGroup) = (key, group)
        let mark = unsafe contactMarks[unchecked: row]
        let value = unsafe seconds[unchecked: row]
        let isHandled = mark & bits.handled != 0
        let hasValue = isHandled && value != missingSeconds
        let isHuman = isHandled && mark & bits.bot == 0
        let kept: UInt64 = continues ? .max : 0
        found = found & UInt8(truncatingIfNeeded: kept)
        found |= isHandled ? (hasValue ? handled : handled | incomplete) : 0
        found |= isHuman ? humanHandled : 0
        // Safe: at most 65,536 contacts of less than 2^32 seconds each.
        sum = (sum & kept) &+ (hasValue ? UInt64(value) : 0)
        next &+= continues ? 0 : 1
        unsafe rows[unchecked: next] = UInt32(truncatingIfNeeded: row)
        unsafe groups[unchecked: next] = group
        unsafe values[unchecked: next] =
          found & (handled | incomplete) == handled ? sum : missingValue
        unsafe marks[unchecked: next] = found & (handled | humanHandled)
      }
      entry &+= 1024
    }
    return isSpread ? nil : next + 1
  }

  @inline(__always)
  private static func put(
    _ part: Part, at place: Int, _ rows: inout MutableSpan<UInt32>, _ groups: inout MutableSpan<UInt32>,
    _ values: inout MutableSpan<UInt64>, _ marks: inout MutableSpan<UInt8>
  ) {
    rows[place] = part.row
    groups[place] = part.group
    values[place] = part.value
    marks[place] = part.marks
  }

  /// Starts over, with places for as many entries as there can be.
  private mutating func makeRoom(for most: Int) {
    count = 0
    let missing = most - rows.count
    guard missing > 0 else { return }
    rows.append(contentsOf: repeatElement(0, count: missing))
    groups.append(contentsOf: repeatElement(0, count: missing))
    values.append(contentsOf: repeatElement(0, count: missing))
    marks.append(contentsOf: repeatElement(0, count: missing))
  }

  @inline(__always)
  private static func mark(isHandled: Bool, isHuman: Bool) -> UInt8 {
    isHandled ? (isHuman ? handled | humanHandled : handled) : 0
  }

  @inline(__always)
  private static func part(
    _ row: Int, _ group: UInt32, _ seconds: Span<UInt32>, _ marks: Span<UInt8>, _ bits: MarkBits
  ) -> Part {
    let isHandled = marks[row] & bits.handled != 0
    let isHuman = marks[row] & bits.bot == 0
    let isMissing = isHandled && seconds[row] == missingSeconds
    return Part(
      group: group, row: UInt32(truncatingIfNeeded: row),
      marks: mark(isHandled: isHandled, isHuman: isHuman),
      isMissing: isMissing,
      sum: isHandled && !isMissing ? UInt64(seconds[row]) : 0)
  }

  /// One part for each group, by group.
  private static func merged(_ parts: inout [Part]) -> ArraySlice<Part> {
    if parts.count > 1 { parts.sort { ($0.group, $0.row) < ($1.group, $1.row) } }
    var last = 0
    for place in parts.indices.dropFirst() {
      if parts[place].group == parts[last].group {
        parts[last].add(parts[place])
      } else {
        last += 1
        parts[last] = parts[place]
      }
    }
    return parts[...last]
  }
}

/// The mark for "no value" among sums of durations.
package var missingValue: UInt64 { .max }
