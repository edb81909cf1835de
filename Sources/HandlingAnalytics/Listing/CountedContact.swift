public import Conversations

/// A contact behind a figure, with what its conversation gives it: names instead of ids, instants as unix seconds.
public struct CountedContact: Equatable, Sendable {
  /// The conversation's id.
  public var id: String
  /// The source's own key of the contact.
  public var contactID: String?
  /// Who was asking, as the source calls them.
  public var visitor: String?
  /// The conversation's channel.
  public var channel: String?
  /// The conversation's category.
  public var category: String?
  /// The conversation's tags, in the order chosen.
  public var tags: [String] = []
  /// Who had it.
  public var agent: String?
  /// The group it was in.
  public var group: String?
  /// Whether a bot had it.
  public var isBot = false
  /// When it was pushed; unix seconds, as all instants here.
  public var startedAt: Int64
  /// The visitor's first message, as its row has it.
  public var firstMessageAt: Int64?
  /// The respondent's first reply.
  public var firstReplyAt: Int64?
  /// When it ended; `nil` while it has not.
  public var endedAt: Int64?
  /// How it ended.
  public var endReason: EndReason?
  /// When its conversation ended; `nil` while it has not.
  public var reportedAt: Int64?
  /// Who or what ended the conversation.
  public var closing: Closing?
  /// Where the conversation stands.
  public var state: ConversationState
  /// Whole seconds; `nil` when missing.
  public var handlingSeconds: Int?
  /// Where the handling value came from.
  public var basis = HandlingBasis.none
  /// Whether it counts as handled.
  public var isHandled = false
  /// Its talk part, whole seconds.
  public var talkSeconds: Int?
  /// Its hold part, whole seconds.
  public var holdSeconds: Int?
  /// Its wrap-up part, whole seconds.
  public var wrapUpSeconds: Int?
  /// The visitor's rating of the conversation.
  public var rating: Rating?
  /// The agent's survey: the network, 1 to 5.
  public var networkQuality: Int?
  /// The agent's survey: the product, 1 to 5.
  public var productQuality: Int?
  /// What was noticed about it.
  public var flags: ContactFlags = []

  /// A contact of which the least is known.
  package init(id: String, startedAt: Int64, state: ConversationState) {
    self.id = id
    self.startedAt = startedAt
    self.state = state
  }
}

/// In which order the contacts behind a figure are listed.
public struct ContactOrder: Equatable, Sendable {
  /// What decides.
  public enum Key: String, CaseIterable, Sendable {
    /// Handling seconds.
    case handling
    /// The contact's own instants.
    case started, ended
    /// When its conversation ended.
    case reported
  }

  /// What decides.
  public var key: Key
  /// Greatest first; missing values come last either way.
  public var isDescending: Bool

  /// An order by one value.
  public init(by key: Key, isDescending: Bool) {
    self.key = key
    self.isDescending = isDescending
  }
}
