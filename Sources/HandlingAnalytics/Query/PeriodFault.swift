/// Why a period has no limits. Texts are those that are wrong, such as one of two dates.
public enum PeriodFault: Error, Equatable, Sendable {
  /// Which part of a period a text is.
  public enum Part: String, Sendable {
    /// Its name.
    case name
    /// Its first date or instant.
    case from
    /// Its last date, or the instant behind it.
    case to
  }

  /// No name, date or instant; for a name, up to three that resemble it, nearest first.
  case unreadable(Part, String, nearest: [String])
  /// A day, week, month, quarter, time of day or offset that does not exist, such as 2016-02-30.
  case impossible(Part, String)
  /// A local time: without an offset or `Z` it is no instant.
  case offsetMissing(Part, String)
  /// Outside the years 1900 to 2200.
  case outOfYears(Part, String)
  /// It ends before it begins, or two instants are the same.
  case backwards(from: String, to: String)
  /// There is no period of the same kind before one that is open on a side, or that goes from a date to an instant.
  case noPrevious

  /// The part at fault, where it is one.
  public var part: Part? {
    switch self {
    case .unreadable(let part, _, _), .impossible(let part, _), .offsetMissing(let part, _),
      .outOfYears(let part, _):
      part
    case .backwards, .noPrevious: nil
    }
  }
}
