import Glibc

/// A point in time, in whole unix seconds: proleptic Gregorian calendar, no leap seconds.
package struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z; negative before.
  package var seconds: Int64

  /// Wraps unix seconds. Any value is accepted: only the readers of text hold it to `earliest...latest`.
  @inlinable
  package init(_ seconds: Int64) {
    self.seconds = seconds
  }

  /// 1900-01-01T00:00:00Z, the first instant that a reader accepts.
  package static let earliest = Instant(-2_208_988_800)

  /// 2200-12-31T23:59:59Z, the last instant that a reader accepts.
  package static let latest = Instant(7_289_654_399)

  /// The system's clock, floored to the second.
  package static func now() -> Instant {
    Instant(Int64(time(nil)))
  }

  /// Earlier is less.
  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds < right.seconds
  }
}
