/// What an answer can be grouped by. Names are those of the command line, CSV and JSON.
public enum Dimension: String, CaseIterable, Sendable {
  /// Each of the conversation's tags: a conversation counts in all of them.
  case tag
  /// The conversation's category.
  case category
  /// The conversation's channel.
  case channel
  /// The contact's agent.
  case agent
  /// The contact's group.
  case group
  /// Who or what ended the conversation: agent, visitor, natural or bot.
  case closing
  /// The visitor's rating of the conversation: 1 to 5, or good or bad where it has two values.
  case rating
  /// Hour of the day, 0 to 23.
  case hour
  /// ISO weekday, 1 = Monday to 7.
  case weekday
  /// 2016-02-29
  case day
  /// ISO 8601 week: 2016-W09
  case week
  /// 2016-02
  case month
  /// 2016-Q1
  case quarter
  /// 2016
  case year

  /// Whether the values are whole numbers rather than names.
  public var isNumeric: Bool { self == .hour || self == .weekday }

  /// The dimension called `name`, in any case; `type` is another word for `tag`.
  public init?(name: String) {
    let folded = name.lowercased()
    guard let dimension = folded == "type" ? .tag : Dimension(rawValue: folded) else { return nil }
    self = dimension
  }
}
