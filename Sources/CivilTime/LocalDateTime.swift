/// What a wall clock shows, without saying where the wall is: `TimeZoneRules.resolve` makes an instant of it.
package struct LocalDateTime: Hashable, Sendable {
  /// The unix seconds of the instant at which a clock on UTC shows the same.
  package var secondsSinceEpochAsIfUTC: Int64

  /// Wraps seconds since 1970-01-01T00:00:00 on the same wall clock. Any value is accepted.
  @inlinable
  package init(secondsSinceEpochAsIfUTC: Int64) {
    self.secondsSinceEpochAsIfUTC = secondsSinceEpochAsIfUTC
  }

  /// The given second (0 is midnight) of a civil day.
  package init(_ date: CivilDate, secondOfDay: Int = 0) {
    self.init(secondsSinceEpochAsIfUTC: Int64(date.dayNumber * 86_400 + secondOfDay))
  }

  /// The civil day that the clock shows. O(1).
  package var date: CivilDate {
    CivilDate(dayNumber: dayNumber)
  }

  /// Days since 1970-01-01 on this wall clock. O(1).
  package var dayNumber: Int {
    Int(secondsSinceEpochAsIfUTC).flooredQuotient(by: 86_400)
  }

  /// Seconds since midnight, 0...86,399.
  package var secondOfDay: Int {
    Int(secondsSinceEpochAsIfUTC).flooredRemainder(by: 86_400)
  }
}
