public import Conversations

/// The answer to a ``HandlingQuery``, with what is needed to read it rightly.
public struct HandlingReport: Equatable, Sendable {
  /// The value of a dimension in one row.
  public enum Label: Equatable, Sendable {
    /// A tag's name, a month…
    case name(String)
    /// An hour or a weekday.
    case number(Int)
    /// The contact has no value there: untagged, without agent, its conversation not ended…
    case missing
  }

  /// One figure.
  public enum Figure: Equatable, Sendable {
    /// An exact whole number: a count, or seconds.
    case whole(Int)
    /// A number with a fraction, seconds.
    case real(Double)
    /// Undefined for this row, such as the mean of no values.
    case none
  }

  /// One row of the answer.
  public struct Row: Equatable, Sendable {
    /// One label a dimension.
    public let labels: [Label]
    /// One figure a measure.
    public let figures: [Figure]
  }

  /// The question, as it was understood.
  public let query: HandlingQuery
  /// IANA name of the zone of the buckets.
  public let zone: String
  /// The last change of the store that the answer knows.
  public let seq: Int64
  /// Over all contacts counted, each once.
  public let total: [Figure]
  /// One row per combination of labels that occurs, ordered by label: names by alphabet, buckets by time,
  /// missing last.
  public let rows: [Row]
  /// Contacts looked at.
  public let scanned: Int
  /// Contacts left out because their conversation has not ended.
  public let leftOutOpen: Int
  /// Contacts left out because a bot had them.
  public let leftOutBots: Int
  /// With attribution by the contact's own instants: how many contacts of conversations not yet ended have one.
  public let provisional: Int?
  /// How many of the n values have each basis.
  public let bases: [HandlingBasis: Int]
}
