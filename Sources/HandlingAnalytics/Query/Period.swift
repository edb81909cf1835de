/// A stretch of civil time that a question is about, as it was asked for. A zone and a clock make limits of it.
public enum Period: Hashable, Sendable {
  /// `today`, `yesterday`; `this-` or `last-` with `week`, `month`, `quarter` or `year`; `30d`, the 30 whole days
  /// before today; `2016`, `2016-Q1`, `2016-02`, `2016-W09`, `2016-02-29`; or two dates, both included:
  /// `2016-02-01..2016-02-15`. In any case.
  case named(String)
  /// From a date or an instant on, to the end of a date or up to an instant, which is excluded; `nil` is no limit.
  /// A date is `2016-02-29`, an instant `2016-02-29T13:30:00+01:00` or any ISO 8601 text with an offset or `Z`.
  case between(from: String?, to: String?)
}

/// The limits of a period in unix seconds.
public struct PeriodLimits: Hashable, Sendable {
  /// The first instant inside; `nil` where there is no limit.
  public let from: Int64?
  /// The first instant behind it, not before `from`; `nil` where there is no limit.
  public let to: Int64?

  /// Limits as given.
  package init(from: Int64?, to: Int64?) {
    self.from = from
    self.to = to
  }

  /// Whether an instant, in unix seconds, lies inside. O(1).
  package func contains(_ instant: Int64) -> Bool {
    (from.map { $0 <= instant } ?? true) && (to.map { instant < $0 } ?? true)
  }
}
