/// One contact as it is kept: the values of its own row, in the store's ids and whole unix seconds.
///
/// The conversation-level values (visitor, channel, category, tags, closing, state, rating, qualities, note) are
/// those that this row carried; what holds for the conversation follows from all its rows, see
/// ``ConversationSummary``.
package struct ContactRecord: Equatable, Sendable {
  /// The source's own key of the contact, if it has one.
  package var contactID: String?
  /// Who is asking, as the source calls them.
  package var visitor: String?
  package var channel: Int32?
  package var category: Int32?
  /// Ids of the row's tags in the order written, each once.
  package var tags: [Int32] = []
  package var agent: Int32?
  package var group: Int32?
  package var isBot = false
  package var startedAt: Int64
  /// The visitor's first message, as far as this row knows.
  package var firstMessageAt: Int64?
  package var firstReplyAt: Int64?
  package var endedAt: Int64?
  /// How it ended; set when it has, and as written when it has not.
  package var endReason: EndReason?
  package var closing: Closing?
  package var state: ConversationState?
  package var handling = HandlingValue.missing
  package var talkSeconds: UInt32?
  package var holdSeconds: UInt32?
  package var wrapUpSeconds: UInt32?
  /// The visitor's rating.
  package var rating: Rating?
  /// The agent's survey, 1 to 5 each.
  package var networkQuality: UInt8?
  package var productQuality: UInt8?
  package var isHandled = false
  package var note: String?
  package var flags: ContactFlags = []
  /// When its conversation was closed here, if it was: later than the contact's own end where that was a transfer,
  /// a snooze or an earlier close.
  package var closedAt: Int64?
  /// How long the visitor had waited, on the contact that gave its conversation's ``FirstReply``; like the flag
  /// ``ContactFlags/overlap``, it depends on the other contacts and is found when the conversation is summed up.
  package var firstReplySeconds: UInt32?

  /// A contact of which nothing but the start is known.
  package init(startedAt: Int64) {
    self.startedAt = startedAt
  }

  /// Whether an imported contact counts as handled: it carries a handling value, an agent or a first reply.
  package var showsHandling: Bool {
    handling.seconds != nil || agent != nil || firstReplyAt != nil
  }
}
