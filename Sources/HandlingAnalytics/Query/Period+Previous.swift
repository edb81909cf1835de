package import CivilTime

extension Period {
  /// The period of the same kind just before it: the month before a month, the 30 days before 30 days; as many
  /// civil days before two dates, as many seconds before two instants.
  ///
  /// The answer no longer depends on the clock. `noPrevious` where the period is open on a side or goes from a
  /// date to an instant or the other way, `outOfYears` where the answer would begin before 1900. O(log offset
  /// changes).
  package func previous(in zone: TimeZoneRules, now: Instant) throws(PeriodFault) -> Period {
    let reading = try reading
    let today = zone.day(at: now)
    switch reading {
    case .current(let unit, isPrevious: false):
      return try named(CivilSpan(unit, containing: today).previous)
    case .current(let unit, isPrevious: true):
      return try named(CivilSpan(unit, containing: today).previous.previous)
    case .span(let span):
      return try named(span.previous)
    case .lastDays, .between:
      break
    }
    switch reading.with(today: today) {
    case .days(let days):
      let start = days.lowerBound - days.count
      guard start >= Self.firstDay else { throw outOfYears }
      return .between(
        from: CivilSpan(.day, containing: start).text,
        to: CivilSpan(.day, containing: days.lowerBound - 1).text)
    case .between(.instant(let from), .instant(let to)):
      let start = from - (to - from)
      guard start >= Instant.earliest.seconds else { throw outOfYears }
      return .between(from: ISO8601.string(Instant(start)), to: ISO8601.string(Instant(from)))
    case .between:
      throw .noPrevious
    }
  }

  private func named(_ span: CivilSpan) throws(PeriodFault) -> Period {
    guard span.days.lowerBound >= Self.firstDay else { throw outOfYears }
    return .named(span.text)
  }
}
