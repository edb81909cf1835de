/// What was noticed about a contact that was taken in all the same.
public struct ContactFlags: OptionSet, Hashable, Sendable {
  /// One bit a flag.
  public let rawValue: UInt16

  /// Restores stored flags.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The first reply lay before the start or after the end; it was dropped.
  public static let replyOutOfRange = ContactFlags(rawValue: 1 << 0)
  /// A rating was neither 1 to 5 nor good or bad, or a quality not 1 to 5; it was dropped.
  public static let ratingOutOfRange = ContactFlags(rawValue: 1 << 1)
  /// The handling time is 0 s.
  public static let zero = ContactFlags(rawValue: 1 << 2)
  /// The handling time is over 30 days.
  public static let long = ContactFlags(rawValue: 1 << 3)
  /// It starts before an earlier contact of its conversation ended.
  public static let overlap = ContactFlags(rawValue: 1 << 4)
  /// The given handling time differs from the sum of its parts.
  public static let partsDiffer = ContactFlags(rawValue: 1 << 5)
  /// The given handling time is above end minus start.
  public static let exceedsElapsed = ContactFlags(rawValue: 1 << 6)
  /// A local time of the row occurs twice; the first was taken.
  public static let repeatedHour = ContactFlags(rawValue: 1 << 7)
  /// The wrap-up time is over 900 s.
  public static let longWrapUp = ContactFlags(rawValue: 1 << 8)

  /// Those that a row's values do not tell again: what was dropped, or how a time was written.
  package static let unrepeatable: ContactFlags = [
    .replyOutOfRange, .ratingOutOfRange, .partsDiffer, .repeatedHour,
  ]

  /// Every flag with its name in files and answers, in a fixed order.
  public static let names: [(flag: ContactFlags, name: String)] = [
    (.replyOutOfRange, "reply-out-of-range"), (.ratingOutOfRange, "rating-out-of-range"),
    (.zero, "zero"), (.long, "long"), (.overlap, "overlap"), (.partsDiffer, "parts-differ"),
    (.exceedsElapsed, "exceeds-elapsed"), (.repeatedHour, "repeated-hour"),
    (.longWrapUp, "long-wrapup"),
  ]
}
