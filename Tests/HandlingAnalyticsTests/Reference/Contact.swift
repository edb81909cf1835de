import Conversations

@testable import HandlingAnalytics

/// A contact as a test thinks of it: plain optionals, names as numbers from 1.
struct Contact: Equatable {
  var conversation: Int64
  var key: Int64
  var startedAt: Int64
  var endedAt: Int64?
  /// Set exactly when the conversation has ended.
  var reportedAt: Int64?
  var seconds: UInt32?
  var basis = HandlingBasis.none
  var isBot = false
  var isHandled = true
  var channel: Int?
  var category: Int?
  var agent: Int?
  var group: Int?
  var tags: [Int] = []

  /// The contact as the table takes it.
  var row: ContactRows.Row {
    var row = ContactRows.Row(
      conversation: conversation, contact: key, startedAt: startedAt, endedAt: endedAt,
      reportedAt: reportedAt, seconds: seconds,
      marks: ContactMarks(
        isBot: isBot, isHandled: isHandled, conversationHasEnded: reportedAt != nil, basis: basis))
    row.channel = UInt32(channel ?? 0)
    row.category = UInt32(category ?? 0)
    row.agent = UInt32(agent ?? 0)
    row.group = UInt32(group ?? 0)
    row.tags = tags.map { numericCast($0) }
    return row
  }

  /// An ended human contact with a value, sole in its conversation.
  static func simple(_ conversation: Int64, seconds: UInt32?, at instant: Int64 = 0) -> Contact {
    Contact(
      conversation: conversation, key: conversation, startedAt: instant, endedAt: instant,
      reportedAt: instant, seconds: seconds, basis: seconds == nil ? .none : .given)
  }
}

extension [Contact] {
  /// All of them, in this order.
  var rows: ContactRows {
    var rows = ContactRows()
    for contact in self { rows.append(contact.row) }
    return rows
  }

  /// Those of conversations that have ended.
  var ended: [Contact] { filter { $0.reportedAt != nil } }

  /// The others.
  var open: [Contact] { filter { $0.reportedAt == nil } }

  /// A table in memory that holds them all.
  func table(names: NameDictionaries = TestNames.dictionaries, seq: Int64 = 1) -> ContactTable {
    ContactTable(
      ended: ended.rows, open: open.rows, names: names, position: TablePosition(seq: seq, nonce: 7))
  }
}
