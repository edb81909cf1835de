public import Conversations

/// The answer to a ``HandlingQuery``, with what is needed to read it rightly.
public struct HandlingReport: Equatable, Sendable {
  /// The value of a dimension in one row.
  public enum Label: Hashable, Sendable {
    /// A tag's name, a month…
    case name(String)
    /// An hour, a weekday or a rating.
    case number(Int)
    /// The contact has no value there: untagged, without agent, its conversation not ended…
    case missing
  }

  /// One figure.
  public enum Figure: Equatable, Sendable {
    /// An exact whole number: a count, or seconds.
    case whole(Int)
    /// A number with a fraction.
    case real(Double)
    /// Undefined for this row, such as the mean of no values.
    case none
  }

  /// Contacts that were not counted, each under the first reason that applies.
  public struct LeftOut: Equatable, Sendable {
    /// The attributed instant lies outside the period, or there is none.
    public var period = 0
    /// The conversation has not ended.
    public var open = 0
    /// A bot had it.
    public var bots = 0
    /// The filter does not keep it.
    public var filter = 0

    /// Nothing left out.
    public init() {}
  }

  /// A period's limits as texts.
  public struct PeriodText: Equatable, Sendable {
    /// Included.
    public var from: String?
    /// Excluded.
    public var to: String?

    /// No limits.
    public init() {}
  }

  /// What was read for the answer.
  public struct Effort: Equatable, Sendable {
    /// Names of the columns and the bytes of each that were looked at.
    public var columns: [String: Int] = [:]
    /// Blocks of up to 65,536 contacts that were read.
    public var blocksRead = 0
    /// Blocks in which nothing could count, by their least and greatest values.
    public var blocksSkipped = 0

    /// Nothing read.
    public init() {}
  }

  /// The question, as it was understood.
  public let query: HandlingQuery
  /// IANA name of the zone of the buckets and of the period.
  public let zone: String
  /// The period as instants; `nil` without one.
  public let limits: PeriodLimits?
  /// The same as readings of the zone's clock with its offset, such as 2016-03-01T00:00:00+01:00; `nil` where there is
  /// no limit.
  public let periodText: PeriodText
  /// The last change of the store that the answer knows.
  public let seq: Int64
  /// Over all contacts counted, each once.
  public let total: [Figure]
  /// One row per combination of labels that occurs, in the order asked for, else by label: names by alphabet, buckets
  /// by time, missing last; at most as many as asked for.
  public let rows: Rows
  /// How many rows there are without the limit.
  public let rowCount: Int
  /// What the figures rest on.
  public let basis: Basis

  /// What the figures of an answer rest on.
  public struct Basis: Equatable, Sendable {
    /// Contacts looked at.
    public var scanned = 0
    /// Contacts not counted, by reason.
    public var leftOut = LeftOut()
    /// Handled contacts with a handling value.
    public var n = 0
    /// Handled contacts without.
    public var missing = 0
    /// How many of the n values have each basis.
    public var bases: [HandlingBasis: Int] = [:]
    /// With attribution by the contact's own instants: how many contacts of conversations not yet ended would
    /// count.
    public var provisional: Int?
    /// Conversations counted that have several tags.
    public var severalTags = 0
    /// Tags that count as others, into which they were merged, where the answer is by tag.
    public var mergedTags = 0
    /// Conversations counted whose tags were changed after their end.
    public var requalified = 0
    /// What was read.
    public var effort = Effort()

    /// Nothing looked at.
    public init() {}

    /// Whether two answers rest on the same: what it took to find out does not matter.
    public static func == (one: Basis, other: Basis) -> Bool {
      one.scanned == other.scanned && one.leftOut == other.leftOut && one.n == other.n
        && one.missing == other.missing && one.bases == other.bases && one.provisional == other.provisional
        && one.severalTags == other.severalTags && one.mergedTags == other.mergedTags
        && one.requalified == other.requalified
    }
  }

  /// Puts an answer together.
  package init(
    query: HandlingQuery, zone: String, limits: PeriodLimits? = nil, periodText: PeriodText = PeriodText(),
    seq: Int64,
    total: [Figure], rows: Rows, rowCount: Int? = nil, basis: Basis
  ) {
    self.periodText = periodText
    self.query = query
    self.zone = zone
    self.limits = limits
    self.seq = seq
    self.total = total
    self.rows = rows
    self.rowCount = rowCount ?? rows.count
    self.basis = basis
  }
}
