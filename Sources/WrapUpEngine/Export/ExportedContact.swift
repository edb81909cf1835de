internal import CivilTime
internal import Conversations
internal import SQLiteStore

/// A contact as a row that an import takes: its own values, not those of its conversation.
struct ExportedContact {
  /// Every field an import knows, in its order.
  static let fields = ImportField.allCases.map(\.header)

  let id: String
  let record: ContactRecord
  let text: String?
  let names: StoreNames

  /// The value of each field.
  var values: [FieldValue] { ImportField.allCases.map(value) }

  private func value(_ field: ImportField) -> FieldValue {
    switch field {
    case .id: .text(id)
    case .contactId: .text(record.contactID)
    case .visitor: .text(record.visitor)
    case .channel: .text(names[.channel, record.channel])
    case .category: .text(names[.category, record.category])
    case .tags: .list(record.tags.compactMap { names[.tag, $0] })
    case .agent: .text(names[.agent, record.agent])
    case .group: .text(names[.group, record.group])
    case .bot: .flag(record.isBot)
    case .startedAt: Self.instant(record.startedAt)
    case .firstMessageAt: Self.instant(record.firstMessageAt)
    case .firstReplyAt: Self.instant(record.firstReplyAt)
    case .endedAt: Self.instant(record.endedAt)
    case .endReason: .text(record.endReason?.name)
    case .closing: .text(record.closing?.name)
    case .state: .text(record.state?.name)
    case .handlingSeconds: .number(record.handling.seconds.map(Int.init))
    case .talkSeconds: .number(record.talkSeconds.map(Int.init))
    case .holdSeconds: .number(record.holdSeconds.map(Int.init))
    case .wrapUpSeconds: .number(record.wrapUpSeconds.map(Int.init))
    case .satisfaction: .text(record.rating?.name)
    case .networkQuality: .number(record.networkQuality.map(Int.init))
    case .productQuality: .number(record.productQuality.map(Int.init))
    case .note: .text(record.note)
    case .text: .text(text)
    // What a handling time is when nothing else is said.
    case .handlingBasis:
      .text(
        record.handling.basis == .parts || record.handling.basis == .derived
          ? "\(record.handling.basis)" : nil)
    case .importFlags:
      .list(
        ContactFlags.names.filter { record.flags.intersection(.unrepeatable).contains($0.flag) }.map(\.name))
    }
  }

  static func instant(_ seconds: Int64?) -> FieldValue { .text(seconds.map { ISO8601.string(Instant($0)) }) }
}

/// A conversation as a row that people read. It has no `startedAt`, so that no import takes it for a contact.
struct ExportedConversation {
  static let fields = [
    "id", "state", "closing", "channel", "category", "tags", "visitor", "agents", "firstStartedAt",
    "conversationEndedAt", "contacts", "handledContacts", "handlingSeconds", "satisfaction",
    "networkQuality", "productQuality", "reopens", "requalified", "note",
  ]

  let id: String
  let summary: ConversationSummary
  let contacts: [ContactRecord]
  let names: StoreNames

  /// The value of each field.
  var values: [FieldValue] {
    let handled = contacts.filter(\.isHandled)
    var agents: [String] = []
    for contact in contacts.sorted(by: { $0.startedAt < $1.startedAt }) {
      if let agent = names[.agent, contact.agent], !agents.contains(agent) { agents.append(agent) }
    }
    // Missing if any handled contact's is, as in reports.
    let seconds = handled.map(\.handling.seconds)
    let total = handled.isEmpty || seconds.contains(nil) ? nil : seconds.reduce(0) { $0 + Int($1 ?? 0) }
    return [
      .text(id), .text(summary.state.name), .text(summary.closing?.name),
      .text(names[.channel, summary.channel]), .text(names[.category, summary.category]),
      .list(summary.tags.compactMap { names[.tag, $0] }), .text(summary.visitor), .list(agents),
      ExportedContact.instant(contacts.map(\.startedAt).min()), ExportedContact.instant(summary.endedAt),
      .number(contacts.count), .number(handled.count), .number(total), .text(summary.rating?.name),
      .number(summary.networkQuality.map(Int.init)), .number(summary.productQuality.map(Int.init)),
      .number(Int(summary.reopens)), .flag(summary.isRequalified), .text(summary.note),
    ]
  }
}
