/// A figure of one row of an answer. Definitions are those of the project's design; every one is exact.
///
/// "Values" are handling times in whole seconds, one a contact or one a conversation by ``HandlingQuery/unit``.
public enum Measure: Hashable, Sendable {
  /// One of the times a handling time is made of.
  public enum Part: String, CaseIterable, Sendable {
    case talk, hold, wrapup
  }

  /// A question of the agent's survey at closing, answered 1 to 5.
  public enum Survey: String, CaseIterable, Sendable {
    case networkQuality = "network_quality"
    case productQuality = "product_quality"
  }

  /// An end of a 95% confidence interval.
  public enum Bound: String, CaseIterable, Sendable {
    case low, high
  }

  /// All contacts.
  case contacts
  /// Contacts handled: a human accepted, wrote or closed; imported ones by what they carry.
  case handled
  /// The rest.
  case unhandled
  /// Distinct conversations.
  case conversations
  /// Number of values.
  case n
  /// Handled contacts (conversations) without a value.
  case missing
  /// Sum of the values, whole seconds.
  case total
  /// total / 3600.
  case hours
  /// total / n, seconds.
  case mean
  /// Standard deviation over n - 1, seconds; none at n = 1.
  case sd
  /// Standard deviation over n, seconds.
  case sdPopulation
  /// Least value, seconds.
  case min
  /// Greatest value, seconds.
  case max
  /// The q-quantile, q in thousandths: p95 is 950, p99.9 is 999.
  case quantile(permille: Int)
  /// Mean of the values without the floor(n × trim) least and as many greatest, seconds.
  case trimmedMean
  /// Share of the values at or below the target, 0 to 1.
  case within
  /// An end of the mean's interval by Student's t, seconds; none at n = 1.
  case meanInterval(Bound)
  /// An end of a quantile's interval by order statistics, seconds; none where n is too small for one.
  case quantileInterval(permille: Int, Bound)
  /// Counts of the values in ranges that suit them: becomes a ``bin(from:through:)`` each.
  case histogram
  /// Number of values in a range, both ends included, seconds; `UInt32.max` is no end.
  case bin(from: UInt32, through: UInt32)
  /// Conversations with a value and at least one handled contact in the row.
  case nConversation
  /// Mean over these of the sum of their handled contacts in the row, seconds.
  case meanConversation
  /// total over the total row's, 0 to 1.
  case share
  /// contacts over the total row's, 0 to 1.
  case shareContacts
  /// Handled contacts in which the part is above 0.
  case partCount(Part)
  /// Mean of the part over these, seconds.
  case partMean(Part)
  /// Contacts that gave their conversation's first human reply, with the time it took known.
  case nFirstReply
  /// The q-quantile of these times, seconds; q in thousandths.
  case firstReplyQuantile(permille: Int)
  /// Conversations rated 1 to 5, with a human handled contact in the row.
  case nRating
  /// Mean of these ratings.
  case rating
  /// Conversations rated in any way, with a human handled contact in the row.
  case nSatisfaction
  /// Share of these that are 4, 5 or good, 0 to 1.
  case satisfaction
  /// Conversations whose closing agent answered, with a human handled contact in the row.
  case surveyCount(Survey)
  /// Mean of these answers.
  case surveyMean(Survey)
  /// How often the row's conversations were reopened, each conversation once.
  case reopens
  /// Seconds during which at least one contact of an agent was open, added over the agents.
  case engaged
  /// Sum of the contacts' handling seconds over ``engaged``.
  case concurrency
}

extension Measure {
  /// Whether it can be divided among the tags of a conversation.
  var isSplittable: Bool {
    switch self {
    case .contacts, .n, .total, .mean: true
    default: false
    }
  }

  /// What kind of number a figure is.
  public enum Kind: Sendable {
    /// A number of things.
    case count
    /// Seconds.
    case duration
    /// 0 to 1.
    case share
    /// Any other number.
    case number
  }

  /// What kind of number the figure is.
  public var kind: Kind {
    switch self {
    case .contacts, .handled, .unhandled, .conversations, .n, .missing, .nConversation, .bin, .histogram,
      .partCount, .nFirstReply, .nRating, .nSatisfaction, .surveyCount, .reopens:
      .count
    case .total, .mean, .sd, .sdPopulation, .min, .max, .quantile, .trimmedMean, .meanInterval,
      .quantileInterval, .meanConversation, .partMean, .firstReplyQuantile, .engaged:
      .duration
    case .within, .share, .shareContacts, .satisfaction: .share
    case .hours, .rating, .surveyMean, .concurrency: .number
    }
  }
}
