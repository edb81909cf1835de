internal import Columnar
internal import Conversations
internal import Foundation
internal import HandlingAnalytics
internal import MappedFiles

/// A table of synthetic contacts in a mapped file of columns, as a store has them.
struct SyntheticTable {
  /// How the tags and agents of the contacts are chosen from what is made.
  enum Kind: String, CaseIterable, Sendable {
    /// The first of its tags only.
    case oneTag
    /// One to three tags.
    case severalTags
    /// One of 1,000 tags, 5,000 agents.
    case wide
  }

  private static let uuid = String(repeating: "0", count: 32)

  /// Writes `rowCount` contacts to a file at `path` and maps it.
  static func make(_ kind: Kind, rowCount: Int, path: String) throws -> ContactTable {
    var file = try ContactTableFile(path: path)
    var contacts = SyntheticContacts(rowCount: rowCount)
    var rows = ContactRows()
    var contactKey: Int64 = 0
    while let conversation = contacts.next() {
      if rows.count + conversation.contacts.count > ContactBlock.rowLimit {
        try file.append(rows)
        rows = ContactRows()
      }
      for contact in conversation.contacts {
        contactKey += 1
        rows.append(row(contact, of: conversation, key: contactKey, kind))
      }
    }
    try file.append(rows)
    let position = TablePosition(seq: 1, nonce: 1)
    try file.finish(
      names: names(kind),
      ColumnsFile.Identity(storeUUID: uuid, schema: 1, position: position, basePosition: position))
    return try ContactTable(path: path, storeUUID: uuid, schema: 1)
  }

  private static func row(
    _ contact: SyntheticContacts.Contact, of conversation: SyntheticContacts.Conversation, key: Int64,
    _ kind: Kind
  ) -> ContactRows.Row {
    let seconds = contact.seconds
    var row = ContactRows.Row(
      conversation: conversation.key, contact: key,
      startedAt: conversation.ended - Int64(seconds ?? 300), endedAt: conversation.ended,
      reportedAt: conversation.ended,
      marks: ContactMarks(
        isBot: contact.isBot, isHandled: true, conversationHasEnded: true,
        basis: seconds == nil ? .none : .given))
    row.seconds = seconds
    row.channel = conversation.channel + 1
    row.category = conversation.category + 1
    row.agent = (kind == .wide ? contact.wideAgent : contact.agent) + 1
    row.tags =
      switch kind {
      case .oneTag: [Int32(conversation.tags[0]) + 1]
      case .severalTags: conversation.tags.map { Int32($0) + 1 }
      case .wide: [Int32(conversation.wideTag) + 1]
      }
    return row
  }

  /// Names are the numbers behind the codes, of one length, so that they sort as numbers do.
  private static func names(_ kind: Kind) -> NameDictionaries {
    func numbers(_ count: UInt64) -> [String] { (0..<Int(count)).map { String(format: "%04d", $0) } }
    var names = NameDictionaries()
    names[.tag] = numbers(kind == .wide ? SyntheticContacts.wideTagCount : SyntheticContacts.tagCount)
    names[.agent] = numbers(
      kind == .wide ? SyntheticContacts.wideAgentCount : SyntheticContacts.agentCount)
    names[.channel] = numbers(SyntheticContacts.channelCount)
    names[.category] = numbers(SyntheticContacts.categoryCount)
    return names
  }
}
