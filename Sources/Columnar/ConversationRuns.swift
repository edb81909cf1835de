/// Adds up per conversation and group: the value of a conversation in a group is the sum over its handled
/// contacts there, and is missing when any of these has none.
///
/// Contacts of one conversation are neighbours in a block and never straddle two, so a run of equal keys is a
/// whole conversation. Memory: the groups of one conversation.
package struct ConversationRuns {
  private struct Part {
    var group: UInt32
    var handled: Bool
    var missing: Bool
    var sum: UInt64
  }

  private var parts: [Part] = []
  private var numbers: [Int64] = []

  /// Empty scratch.
  package init() {}

  /// Adds each conversation to its groups. O(entries) for conversations of few groups; a conversation that
  /// spreads over many groups costs a sort of its entries.
  ///
  /// - Parameters: as in ``tally(rows:groups:seconds:marks:handledBit:into:)``; `conversations` are the keys of
  ///   the rows' conversations, `soleBit` in a row's mark says that it is its conversation's only contact.
  package mutating func add(
    rows: [UInt32], groups: [UInt32], seconds: Span<UInt32>, marks: Span<UInt8>, handledBit: UInt8,
    soleBit: UInt8, conversations: OffsetColumn, into tallies: inout MutableSpan<ConversationTally>
  ) {
    conversations.decode(into: &numbers)
    var entry = 0
    while entry < rows.count {
      let row = Int(rows[entry])
      let mark = marks[row]
      if mark & soleBit != 0 {
        let group = Int(groups[entry])
        tallies[group].conversations &+= 1
        if mark & handledBit != 0, seconds[row] != missingSeconds {
          tallies[group].n &+= 1
          tallies[group].sum &+= UInt64(seconds[row])
        }
        entry += 1
        continue
      }
      let conversation = numbers[row]
      parts.removeAll(keepingCapacity: true)
      while entry < rows.count, numbers[Int(rows[entry])] == conversation {
        let row = Int(rows[entry])
        let handled = marks[row] & handledBit != 0
        let missing = handled && seconds[row] == missingSeconds
        parts.append(
          Part(
            group: groups[entry], handled: handled, missing: missing,
            sum: handled && !missing ? UInt64(seconds[row]) : 0))
        entry += 1
      }
      flush(into: &tallies)
    }
  }

  private mutating func flush(into tallies: inout MutableSpan<ConversationTally>) {
    parts.sort { $0.group < $1.group }
    var first = 0
    while first < parts.count {
      var whole = parts[first]
      var next = first + 1
      while next < parts.count, parts[next].group == whole.group {
        whole.handled = whole.handled || parts[next].handled
        whole.missing = whole.missing || parts[next].missing
        whole.sum &+= parts[next].sum
        next += 1
      }
      let group = Int(whole.group)
      tallies[group].conversations &+= 1
      if whole.handled, !whole.missing {
        tallies[group].n &+= 1
        tallies[group].sum &+= whole.sum
      }
      first = next
    }
  }
}
