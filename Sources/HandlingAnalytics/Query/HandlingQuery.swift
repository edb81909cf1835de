/// A question about handling times: which contacts, grouped by what, measured how.
public struct HandlingQuery: Equatable, Sendable {
  /// Which instant files a contact in calendar buckets.
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

  /// Up to three dimensions; with none, the answer is the total alone.
  public var dimensions: [Dimension]
  /// The figures of each row, in order.
  public var measures: [Measure]
  /// IANA name of the zone in which buckets are civil; `nil` for the store's.
  public var zone: String?
  /// Which instant counts.
  public var attribution: Attribution
  /// Whether contacts of conversations that have not ended count too.
  public var includesOpen: Bool
  /// Whether contacts of bots count too.
  public var includesBots: Bool
  /// How quantiles are read.
  public var quantiles: QuantileMethod

  /// What a table shows when no measure is asked for.
  public static let defaultMeasures: [Measure] = [
    .contacts, .n, .missing, .mean, .nConversation, .meanConversation, .total,
  ]

  /// The most dimensions one question can have.
  public static let dimensionLimit = 3
  /// The most rows an answer can have.
  public static let rowLimit = 1_000_000

  /// A question over ended conversations and human contacts, reported when the conversation ended.
  public init(by dimensions: [Dimension], measures: [Measure] = Self.defaultMeasures) {
    self.dimensions = dimensions
    self.measures = measures
    zone = nil
    attribution = .reported
    includesOpen = false
    includesBots = false
    quantiles = .type7
  }
}
