package import Conversations

/// Contacts with what their conversation gives them, in the order of their keys: what columns are built from.
package struct ContactFeed {
  /// One contact.
  package struct Row: Sendable {
    package var contact: Int64
    package var conversation: Int64
    package var startedAt: Int64
    package var endedAt: Int64?
    package var handling: HandlingValue
    package var isBot: Bool
    package var isHandled: Bool
    package var agent: UInt32
    package var group: UInt32
    package var channel: UInt32
    package var category: UInt32
    /// The conversation's tags.
    package var tags: [Int32]
    package var state: ConversationState
    package var conversationEndedAt: Int64?
  }

  private let statement: SQLiteStatement

  private static let selection = """
    SELECT t.key, t.conversation, t.started_at, t.ended_at, t.handling_seconds, t.handling_basis, t.is_bot, \
    t.is_handled, t.agent, t.agent_group, c.channel, c.category, c.tags, c.state, c.ended_at \
    FROM contact AS t JOIN conversation AS c ON c.key = t.conversation
    """

  /// All contacts.
  package init(all store: Store) throws(SQLiteFault) {
    statement = try store.connection.prepare("\(Self.selection) ORDER BY t.key")
  }

  /// The contacts of one conversation at a time; see ``start(conversation:)``.
  package init(byConversation store: Store) throws(SQLiteFault) {
    statement = try store.connection.prepare("\(Self.selection) WHERE t.conversation = ? ORDER BY t.key")
  }

  /// Starts over with the contacts of one conversation.
  package func start(conversation: Int64) {
    statement.reset()
    statement.bind(1, conversation)
  }

  /// The next contact; `nil` at the end.
  package func next() throws(SQLiteFault) -> Row? {
    guard try statement.step() else {
      statement.reset()
      return nil
    }
    func code(_ column: Int32) -> UInt32 { UInt32(truncatingIfNeeded: statement.integer(column) ?? 0) }
    return Row(
      contact: statement.integer(0) ?? 0, conversation: statement.integer(1) ?? 0,
      startedAt: statement.integer(2) ?? 0, endedAt: statement.integer(3),
      handling: HandlingValue(
        seconds: statement.integer(4).flatMap(UInt32.init(exactly:)),
        basis: statement.integer(5).flatMap { HandlingBasis(rawValue: Int($0)) } ?? .none),
      isBot: statement.integer(6) == 1, isHandled: statement.integer(7) == 1, agent: code(8),
      group: code(9), channel: code(10), category: code(11), tags: statement.text(12).map(TagList.tags) ?? [],
      state: statement.integer(13).flatMap { ConversationState(rawValue: Int($0)) } ?? .open,
      conversationEndedAt: statement.integer(14))
  }
}
