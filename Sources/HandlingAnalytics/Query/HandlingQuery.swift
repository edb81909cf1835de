/// A question about handling times: which contacts, grouped by what, measured how.
public struct HandlingQuery: Hashable, Sendable {
  /// Which instant files a contact in calendar buckets and in the period.
  public enum Attribution: String, CaseIterable, Sendable {
    /// When its conversation ended: a past period moves only by a late import or an audited change.
    case reported
    /// When the contact itself ended.
    case ended
    /// When the contact started.
    case started
  }

  /// How a quantile that falls between two values is read.
  public enum QuantileMethod: String, CaseIterable, Sendable {
    /// Linear interpolation at rank (n-1)q (Hyndman and Fan's type 7, the spreadsheet's PERCENTILE.INC).
    case type7
    /// The value of rank ceil(qn).
    case nearest
  }

  /// Of what a handling value is one.
  public enum Unit: String, CaseIterable, Sendable {
    /// Every handled contact has its own.
    case contact
    /// A conversation's handled contacts in a row of the answer are added up first; the sum is missing when any of
    /// them has no value.
    case conversation
  }

  /// How a conversation with several tags counts when grouped by tag. The total row counts it once in any case.
  public enum TagCounting: String, CaseIterable, Sendable {
    /// In full in each of its tags.
    case each
    /// One k-th in each of its k tags; ``Measure/contacts``, n, total and mean only.
    case split
    /// In the tag that was chosen first.
    case primary
  }

  /// As what a tag counts that was merged into another.
  public enum TagTime: String, CaseIterable, Sendable {
    /// As what it has come to since.
    case today
    /// As the tag that was given.
    case tagged
  }

  /// What the rows of an answer are ordered by.
  public struct Order: Hashable, Sendable {
    /// A column of the answer.
    public enum Key: Hashable, Sendable {
      case dimension(Dimension)
      case measure(Measure)
    }

    /// What decides; where it does not, the labels do. Undefined figures come last either way.
    public var key: Key
    /// Greatest first.
    public var isDescending: Bool

    /// An order by one column.
    public init(by key: Key, isDescending: Bool) {
      self.key = key
      self.isDescending = isDescending
    }
  }

  /// Up to three dimensions; with none, the answer is the total alone.
  public var dimensions: [Dimension]
  /// The figures of each row, in order.
  public var measures: [Measure]
  /// Which contacts count; `nil` for all.
  public var filter: Filter?
  /// In which the attributed instant must lie; `nil` for all time.
  public var period: Period?
  /// IANA name of the zone in which buckets and the period are civil; `nil` for the store's.
  public var zone: String?
  /// Which instant counts.
  public var attribution = Attribution.reported
  /// Whether contacts of conversations that have not ended count too.
  public var includesOpen = false
  /// Whether contacts of bots count too.
  public var includesBots = false
  /// How quantiles are read.
  public var quantiles = QuantileMethod.type7
  /// Of what a handling value is one.
  public var unit = Unit.contact
  /// How a conversation with several tags counts.
  public var tagCounting = TagCounting.each
  /// As what merged tags count.
  public var asOf = TagTime.today
  /// What ``Measure/within`` compares with, seconds.
  public var target: UInt32?
  /// How much ``Measure/trimmedMean`` drops at either end, thousandths of n: 1 to 499.
  public var trimPermille: Int?
  /// The order of the rows; `nil` for that of the labels.
  public var order: Order?
  /// The most rows wanted, after ordering.
  public var limit: Int?

  /// What a table shows when no measure is asked for.
  public static let defaultMeasures: [Measure] = [
    .contacts, .n, .missing, .mean, .nConversation, .meanConversation, .total,
  ]

  /// The same where values are of conversations.
  public static let conversationMeasures: [Measure] = [
    .conversations, .contacts, .n, .missing, .mean, .quantile(permille: 500), .total,
  ]
  /// The same where a conversation is divided among its tags.
  public static let splitMeasures: [Measure] = [.contacts, .n, .mean, .total]

  /// The most dimensions one question can have.
  public static let dimensionLimit = 3
  /// The most rows an answer can have.
  public static let rowLimit = 1_000_000

  /// A question over ended conversations and human contacts, reported when the conversation ended.
  public init(by dimensions: [Dimension], measures: [Measure] = Self.defaultMeasures) {
    self.dimensions = dimensions
    self.measures = measures
  }
}

/// What makes a question unanswerable before anything is scanned.
public enum QueryMistake: Error, Equatable, Sendable {
  /// More than ``HandlingQuery/dimensionLimit`` dimensions, or one twice.
  case dimensions
  /// The measure has no meaning where a conversation counts in part.
  case notSplittable(Measure)
  /// ``Measure/within`` without ``HandlingQuery/target``.
  case targetMissing
  /// ``Measure/trimmedMean`` without ``HandlingQuery/trimPermille``, or with one outside 1 to 499.
  case trimMissing
  /// Ordered by a dimension or measure that the answer does not have.
  case orderNotInAnswer
  /// A limit below 1.
  case limit
  /// Nothing of that name is in the store; the nearest names that are.
  case unknownName(Dimension, name: String, nearest: [String])
  /// A comparison with the previous period of a question without one.
  case nothingToCompare
  /// The period can't be read.
  case period(PeriodFault)
}

extension HandlingQuery {
  /// - Throws: the first mistake that can be seen without looking at any data.
  package func check() throws(QueryMistake) {
    guard dimensions.count <= Self.dimensionLimit, Set(dimensions).count == dimensions.count else {
      throw .dimensions
    }
    if splits, let measure = measures.first(where: { !$0.isSplittable }) { throw .notSplittable(measure) }
    if measures.contains(.within), target == nil { throw .targetMissing }
    if measures.contains(.trimmedMean), !(1...499).contains(trimPermille ?? 0) { throw .trimMissing }
    switch order?.key {
    case .dimension(let dimension)?:
      if !dimensions.contains(dimension) { throw .orderNotInAnswer }
    case .measure(let measure)?:
      if !measures.contains(measure) { throw .orderNotInAnswer }
    case nil: break
    }
    if let limit, limit < 1 { throw .limit }
  }

  /// Whether rows of the answer count conversations in part.
  var splits: Bool { tagCounting == .split && dimensions.contains(.tag) }
}
