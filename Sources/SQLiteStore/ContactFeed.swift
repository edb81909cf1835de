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
    /// Whole seconds; `nil` when missing.
    package var talkSeconds: UInt32?
    package var holdSeconds: UInt32?
    package var wrapUpSeconds: UInt32?
    /// How long the visitor waited, on the contact that gave its conversation's first reply.
    package var firstReplySeconds: UInt32?
    package var flags: ContactFlags
    /// The conversation's; set only when it has ended.
    package var closing: Closing?
    /// The conversation's surveys, qualities from 1 to 5.
    package var rating: Rating?
    package var networkQuality: UInt8?
    package var productQuality: UInt8?
    /// The conversation's reopenings.
    package var reopens: UInt32
    /// Whether the conversation's tags were changed after its end.
    package var isRequalified: Bool
    /// Whether the conversation's visitor is known.
    package var hasVisitor: Bool
  }

  private let statement: SQLiteStatement

  private static let selection = """
    SELECT t.key, t.conversation, t.started_at, t.ended_at, t.handling_seconds, t.handling_basis, t.is_bot, \
    t.is_handled, t.agent, t.agent_group, c.channel, c.category, c.tags, c.state, c.ended_at, \
    t.talk_seconds, t.hold_seconds, t.wrapup_seconds, t.first_reply_seconds, t.flags, c.closing, c.rating, \
    c.network_quality, c.product_quality, c.reopens, c.requalified, \
    c.visitor IS NOT NULL \
    FROM contact AS t JOIN conversation AS c ON c.key = t.conversation
    """

  /// All contacts.
  package init(all store: Store) throws(SQLiteFault) {
    statement = try store.connection.prepare(
      "\(Self.selection) WHERE t.key < \(UnfinishedImport.contactBorder) ORDER BY t.key")
  }

  /// The contacts of some conversations at a time; see ``start(conversations:)``.
  package init(byConversation store: Store) throws(SQLiteFault) {
    statement = try store.connection.prepare(
      "\(Self.selection) WHERE t.conversation BETWEEN ? AND ? ORDER BY t.conversation, t.key")
  }

  /// Starts over with the contacts of one conversation.
  package func start(conversation: Int64) { start(conversations: conversation...conversation) }

  /// Starts over with the contacts of all conversations from one key to another.
  package func start(conversations: ClosedRange<Int64>) {
    statement.reset()
    statement.bind(1, conversations.lowerBound)
    statement.bind(2, conversations.upperBound)
  }

  /// The next contact; `nil` at the end.
  package func next() throws(SQLiteFault) -> Row? {
    guard try statement.step() else {
      statement.reset()
      return nil
    }
    func code(_ column: Int32) -> UInt32 { UInt32(truncatingIfNeeded: statement.integer(column) ?? 0) }
    func number<Number: FixedWidthInteger>(_ column: Int32) -> Number? {
      statement.integer(column).flatMap(Number.init(exactly:))
    }
    let state = number(13).flatMap(ConversationState.init) ?? .open
    return Row(
      contact: statement.integer(0) ?? 0, conversation: statement.integer(1) ?? 0,
      startedAt: statement.integer(2) ?? 0, endedAt: statement.integer(3),
      handling: HandlingValue(seconds: number(4), basis: number(5).flatMap(HandlingBasis.init) ?? .none),
      isBot: statement.integer(6) == 1, isHandled: statement.integer(7) == 1, agent: code(8),
      group: code(9), channel: code(10), category: code(11), tags: statement.text(12).map(TagList.tags) ?? [],
      state: state, conversationEndedAt: statement.integer(14), talkSeconds: number(15),
      holdSeconds: number(16), wrapUpSeconds: number(17), firstReplySeconds: number(18),
      flags: ContactFlags(rawValue: number(19) ?? 0),
      closing: state == .ended ? number(20).flatMap(Closing.init) : nil,
      rating: number(21).flatMap(Rating.init(code:)), networkQuality: number(22), productQuality: number(23),
      reopens: number(24) ?? 0, isRequalified: statement.integer(25) == 1,
      hasVisitor: statement.integer(26) == 1)
  }
}

extension ContactFeed.Row {
  /// The only contact of its conversation.
  package init(_ record: ContactRecord, contact: Int64, conversation: Int64, _ summary: ConversationSummary) {
    self.init(
      contact: contact, conversation: conversation, startedAt: record.startedAt, endedAt: record.endedAt,
      handling: record.handling, isBot: record.isBot, isHandled: record.isHandled,
      agent: UInt32(record.agent ?? 0), group: UInt32(record.group ?? 0),
      channel: UInt32(summary.channel ?? 0),
      category: UInt32(summary.category ?? 0), tags: summary.tags, state: summary.state,
      conversationEndedAt: summary.endedAt, talkSeconds: record.talkSeconds, holdSeconds: record.holdSeconds,
      wrapUpSeconds: record.wrapUpSeconds, firstReplySeconds: summary.firstReply?.seconds,
      flags: record.flags,
      closing: summary.closing, rating: summary.rating, networkQuality: summary.networkQuality,
      productQuality: summary.productQuality, reopens: UInt32(summary.reopens),
      isRequalified: summary.isRequalified,
      hasVisitor: summary.visitor != nil)
  }
}
