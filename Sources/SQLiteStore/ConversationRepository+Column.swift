internal import Conversations

extension ConversationRepository {
  /// The columns of a conversation but its key and id, in the order in which rows are read.
  package enum Column: String, CaseIterable, Sendable {
    case channel, category, tags, state, closing
    case endedAt = "ended_at"
    case rating, note, visitor
    case networkQuality = "network_quality"
    case productQuality = "product_quality"
    case reopens
    case isRequalified = "requalified"

    /// Binds this column's value of a conversation.
    func bind(_ summary: ConversationSummary, to statement: some BindingTarget, at place: Int32) {
      switch self {
      case .channel: statement.bind(place, summary.channel.map(Int64.init))
      case .category: statement.bind(place, summary.category.map(Int64.init))
      case .tags: statement.bind(place, TagList.text(summary.tags))
      case .state: statement.bind(place, Int64(summary.state.rawValue))
      case .closing: statement.bind(place, summary.closing.map { Int64($0.rawValue) })
      case .endedAt: statement.bind(place, summary.endedAt)
      case .rating: statement.bind(place, summary.rating.map { Int64($0.code) })
      case .note: statement.bind(place, summary.note)
      case .visitor: statement.bind(place, summary.visitor)
      case .networkQuality: statement.bind(place, summary.networkQuality.map(Int64.init))
      case .productQuality: statement.bind(place, summary.productQuality.map(Int64.init))
      case .reopens: statement.bind(place, Int64(summary.reopens))
      case .isRequalified: statement.bind(place, summary.isRequalified ? 1 : 0)
      }
    }
  }
}
