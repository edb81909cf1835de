import TestSupport

@testable import Columnar

/// A block of random conversations of several contacts, grouped by tag (several a conversation, so that rows repeat)
/// and agent (another after a transfer).
struct ConversationBlock {
  static let bot: UInt8 = 0b0001
  static let handled: UInt8 = 0b0010
  static let sole: UInt8 = 0b1000
  static let bits = ConversationEntries.MarkBits(handled: handled, bot: bot, sole: sole)
  static let agentCount = 5
  static let groupCount = 7 * agentCount

  /// By row.
  var conversations: [Int64] = []
  var seconds: [UInt32] = []
  var marks: [UInt8] = []
  /// A number from 0 to 7 that all contacts of a conversation share.
  var codes: [UInt32] = []
  /// By entry.
  var rows: [UInt32] = []
  var groups: [UInt32] = []

  /// No contacts.
  init() {}

  init(conversations count: Int, contacts most: Int, spread: Int64 = 1, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for key in (0..<Int64(count)).shuffled(using: &generator) {
      let contacts = Int.random(in: 1...most, using: &generator)
      let tags = Array((1...6).shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)))
      let code = UInt32.random(in: 0...7, using: &generator)
      for _ in 0..<contacts {
        let row = UInt32(seconds.count)
        conversations.append(key * spread - 5)
        codes.append(code)
        seconds.append(
          Int.random(in: 0..<6, using: &generator) == 0
            ? .max : UInt32.random(in: 0...5_000, using: &generator))
        // Bits that mean nothing here come and go.
        var mark = UInt8.random(in: 0...255, using: &generator) & 0b1111_0100
        if Int.random(in: 0..<5, using: &generator) > 0 { mark |= Self.handled }
        if Int.random(in: 0..<4, using: &generator) == 0 { mark |= Self.bot }
        if contacts == 1 { mark |= Self.sole }
        marks.append(mark)
        // Some contacts are left out by the question.
        guard Int.random(in: 0..<5, using: &generator) > 0 else { continue }
        let agent = Int.random(in: 0..<Self.agentCount, using: &generator)
        for tag in tags.isEmpty ? [0] : tags {
          rows.append(row)
          groups.append(UInt32(tag * Self.agentCount + agent))
        }
      }
    }
  }

  func filled(_ column: OffsetColumn) -> ConversationEntries {
    var entries = ConversationEntries()
    fill(&entries, column)
    return entries
  }

  func fill(_ entries: inout ConversationEntries, _ column: OffsetColumn) {
    entries.fill(
      rows: rows, groups: groups, seconds: seconds.span, marks: marks.span, bits: Self.bits,
      conversations: column)
  }

  /// What the contacts of one conversation in one group come to, by the definition.
  struct Whole: Equatable {
    var conversation: Int64
    var group: UInt32
    var code: UInt32
    var isHandled = false
    var isHumanHandled = false
    var isMissing = false
    var sum: UInt64 = 0
    /// `nil` without a handled contact, or when one of these has no value.
    var value: UInt64? { isHandled && !isMissing ? sum : nil }
  }

  /// Every conversation in every group in which it has a contact, by both.
  var wholes: [Whole] {
    var found: [[Int64]: Whole] = [:]
    for (entry, group) in zip(rows, groups) {
      let row = Int(entry)
      let key = [conversations[row], Int64(group)]
      var whole = found[key] ?? Whole(conversation: conversations[row], group: group, code: codes[row])
      if marks[row] & Self.handled != 0 {
        whole.isHandled = true
        if marks[row] & Self.bot == 0 { whole.isHumanHandled = true }
        if seconds[row] == .max { whole.isMissing = true } else { whole.sum += UInt64(seconds[row]) }
      }
      found[key] = whole
    }
    return found.values.sorted { ($0.conversation, $0.group) < ($1.conversation, $1.group) }
  }
}

extension ConversationEntries {
  /// The lists without the places that are not filled.
  var trimmed: (rows: [UInt32], groups: [UInt32], values: [UInt64], marks: [UInt8]) {
    (
      Array(rows.prefix(count)), Array(groups.prefix(count)), Array(values.prefix(count)),
      Array(marks.prefix(count))
    )
  }
}
