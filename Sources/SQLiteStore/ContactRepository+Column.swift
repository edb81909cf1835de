internal import Conversations

extension ContactRepository {
  /// The columns of a contact but its key, in the order in which rows are read.
  package enum Column: String, CaseIterable, Sendable {
    case conversation
    case contactID = "contact_id"
    case channel, category, tags, agent
    case group = "agent_group"
    case isBot = "is_bot"
    case startedAt = "started_at"
    case firstReplyAt = "first_reply_at"
    case endedAt = "ended_at"
    case endReason = "end_reason"
    case closing, state
    case handlingSeconds = "handling_seconds"
    case handlingBasis = "handling_basis"
    case talkSeconds = "talk_seconds"
    case holdSeconds = "hold_seconds"
    case wrapUpSeconds = "wrapup_seconds"
    case rating
    case isHandled = "is_handled"
    case isLive = "is_live"
    case flags, note
    case closedAt = "closed_at"
    case visitor
    case firstMessageAt = "first_message_at"
    case networkQuality = "network_quality"
    case productQuality = "product_quality"
    case firstReplySeconds = "first_reply_seconds"

    /// Binds this column's value of a contact.
    func bind(
      _ record: ContactRecord, conversation: Int64, isLive: Bool, to statement: some BindingTarget,
      at place: Int32
    ) {
      switch self {
      case .conversation: statement.bind(place, conversation)
      case .contactID: statement.bind(place, record.contactID)
      case .channel: statement.bind(place, record.channel.map(Int64.init))
      case .category: statement.bind(place, record.category.map(Int64.init))
      case .tags: statement.bind(place, TagList.text(record.tags))
      case .agent: statement.bind(place, record.agent.map(Int64.init))
      case .group: statement.bind(place, record.group.map(Int64.init))
      case .isBot: statement.bind(place, record.isBot ? 1 : 0)
      case .startedAt: statement.bind(place, record.startedAt)
      case .firstReplyAt: statement.bind(place, record.firstReplyAt)
      case .endedAt: statement.bind(place, record.endedAt)
      case .endReason: statement.bind(place, record.endReason.map { Int64($0.rawValue) })
      case .closing: statement.bind(place, record.closing.map { Int64($0.rawValue) })
      case .state: statement.bind(place, record.state.map { Int64($0.rawValue) })
      case .handlingSeconds: statement.bind(place, record.handling.seconds.map(Int64.init))
      case .handlingBasis: statement.bind(place, Int64(record.handling.basis.rawValue))
      case .talkSeconds: statement.bind(place, record.talkSeconds.map(Int64.init))
      case .holdSeconds: statement.bind(place, record.holdSeconds.map(Int64.init))
      case .wrapUpSeconds: statement.bind(place, record.wrapUpSeconds.map(Int64.init))
      case .rating: statement.bind(place, record.rating.map { Int64($0.code) })
      case .isHandled: statement.bind(place, record.isHandled ? 1 : 0)
      case .isLive: statement.bind(place, isLive ? 1 : 0)
      case .flags: statement.bind(place, Int64(record.flags.rawValue))
      case .note: statement.bind(place, record.note)
      case .closedAt: statement.bind(place, record.closedAt)
      case .visitor: statement.bind(place, record.visitor)
      case .firstMessageAt: statement.bind(place, record.firstMessageAt)
      case .networkQuality: statement.bind(place, record.networkQuality.map(Int64.init))
      case .productQuality: statement.bind(place, record.productQuality.map(Int64.init))
      case .firstReplySeconds: statement.bind(place, record.firstReplySeconds.map(Int64.init))
      }
    }
  }
}
