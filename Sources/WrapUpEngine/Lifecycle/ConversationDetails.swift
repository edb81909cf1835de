public import Conversations
internal import SQLiteStore

/// A conversation as a person looks at it: names instead of ids, contacts in order.
public struct ConversationDetails: Equatable, Sendable {
  /// One contact.
  public struct Contact: Equatable, Sendable {
    /// The source's own key of the contact, if it has one.
    public let contactID: String?
    /// The agent's name.
    public let agent: String?
    /// The group's name.
    public let group: String?
    /// Whether a bot had it.
    public let isBot: Bool
    /// Unix seconds; so are all instants here.
    public let startedAt: Int64
    /// The respondent's first reply.
    public let firstReplyAt: Int64?
    /// When it ended; `nil` while it has not.
    public let endedAt: Int64?
    /// How it ended; `nil` while open.
    public let endReason: EndReason?
    /// Whole seconds; `nil` when missing.
    public let handlingSeconds: Int?
    /// Where the handling value came from.
    public let basis: HandlingBasis
    /// Whether it counts as handled.
    public let isHandled: Bool
    /// What was noticed when it was taken in.
    public let flags: ContactFlags
  }

  /// The conversation's id.
  public let id: String
  /// Where it stands.
  public let state: ConversationState
  /// Who or what ended it; `nil` until it has ended.
  public let closing: Closing?
  /// When it ended; `nil` while it has not.
  public let endedAt: Int64?
  /// The channel's name.
  public let channel: String?
  /// The category's name.
  public let category: String?
  /// In the order chosen.
  public let tags: [String]
  /// The visitor's rating.
  public let rating: Rating?
  /// The endnote.
  public let note: String?
  /// Its contacts, by start.
  public let contacts: [Contact]
}

/// What a close has done.
public struct CloseReceipt: Equatable, Sendable {
  /// `ended`, or `closed` on a social channel.
  public let state: ConversationState
  /// Tags that did not exist before, each with the nearest that did.
  public let created: [(tag: String, nearest: [String])]
  /// Tags that were merged into others, each with the one that was recorded instead.
  public let merged: [(tag: String, into: String)]

  /// Equal when state and created tags are.
  public static func == (one: CloseReceipt, other: CloseReceipt) -> Bool {
    one.state == other.state && one.created.map(\.tag) == other.created.map(\.tag)
      && one.merged.map(\.tag) == other.merged.map(\.tag)
  }
}

extension EngineState {
  func details(id: String, key: Int64, _ summary: ConversationSummary) throws
    -> ConversationDetails
  {
    func name(_ kind: NameRepository.Kind, _ id: Int32?) throws -> String? {
      try id.flatMap { try names(kind).name(of: $0) }
    }
    let rows = try ordered(contacts.contacts(of: key))
    return ConversationDetails(
      id: id, state: summary.state, closing: summary.closing, endedAt: summary.endedAt,
      channel: try name(.channel, summary.channel), category: try name(.category, summary.category),
      tags: try summary.tags.compactMap { try name(.tag, $0) }, rating: summary.rating,
      note: summary.note,
      contacts: try rows.map { row in
        ConversationDetails.Contact(
          contactID: row.record.contactID, agent: try name(.agent, row.record.agent),
          group: try name(.group, row.record.group), isBot: row.record.isBot,
          startedAt: row.record.startedAt, firstReplyAt: row.record.firstReplyAt,
          endedAt: row.record.endedAt, endReason: row.record.endReason,
          handlingSeconds: row.record.handling.seconds.map(Int.init), basis: row.record.handling.basis,
          isHandled: row.record.isHandled, flags: row.record.flags)
      })
  }
}

extension WrapUp {
  /// What a close dialog knows of a conversation when it opens: category, channel, and the agent of its latest human
  /// contact that has one.
  ///
  /// - Throws: ``WrapUpError/unknownConversation(id:)``.
  public func dialogContext(of id: String) throws(WrapUpError) -> DialogContext {
    guard let details = try conversation(id) else { throw .unknownConversation(id: id) }
    let text = try withState { state in
      try state.conversations.key(of: id).flatMap { try ConversationTexts(state.store).text(of: $0) }
    }
    return DialogContext(
      category: details.category, channel: details.channel,
      agent: details.contacts.last { !$0.isBot && $0.agent != nil }?.agent, text: text)
  }
}
