package import CivilTime

extension Period {
  /// Its limits in a zone at an instant.
  ///
  /// A civil day begins at the first instant at which the clock shows it, also where midnight is skipped; a day
  /// that the zone skipped is empty. Where a clock was put back over a midnight that had passed, the day before
  /// ends at the first of the two. A clock outside 1900...2200 counts as the nearest instant inside.
  /// O(log offset changes).
  package func resolved(in zone: TimeZoneRules, now: Instant) throws(PeriodFault) -> PeriodLimits {
    switch try reading.with(today: zone.day(at: now)) {
    case .days(let days):
      guard days.lowerBound >= Self.firstDay else { throw outOfYears }
      return PeriodLimits(from: zone.start(ofDay: days.lowerBound), to: zone.start(ofDay: days.upperBound))
    case .between(let from, let to):
      let first: Int64? =
        switch from {
        case .day(let day): zone.start(ofDay: day)
        case .instant(let seconds): seconds
        case nil: nil
        }
      let end: Int64? =
        switch to {
        case .day(let day): zone.start(ofDay: day + 1)
        case .instant(let seconds): seconds
        case nil: nil
        }
      if let first, let end, first >= end, case .between(let from?, let to?) = self {
        throw .backwards(from: from, to: to)
      }
      return PeriodLimits(from: first, to: end)
    }
  }

  /// The first day of the years that can be asked for, counted from 1970-01-01.
  static let firstDay = CivilDate(year: CivilSpan.years.lowerBound, month: 1, day: 1).dayNumber

  /// That it begins before these years.
  var outOfYears: PeriodFault {
    switch self {
    case .named(let name): .outOfYears(.name, name)
    case .between(let from, _): .outOfYears(.from, from ?? "")
    }
  }
}

/// A period as days or limits of a civil calendar, today being known.
enum CivilPeriod: Equatable {
  /// Whole days, counted from 1970-01-01. They may all be skipped in a zone.
  case days(Range<Int>)
  /// Open on a side, or with an instant on one.
  case between(from: PeriodReading.Limit?, to: PeriodReading.Limit?)
}

extension PeriodReading {
  /// What is meant today.
  func with(today: Int) -> CivilPeriod {
    switch self {
    case .current(let unit, let isPrevious):
      let span = CivilSpan(unit, containing: today)
      return .days(isPrevious ? span.previous.days : span.days)
    case .lastDays(let count): return .days(today - count..<today)
    case .span(let span): return .days(span.days)
    case .between(.day(let from), .day(let to)): return .days(from..<to + 1)
    case .between(let from, let to): return .between(from: from, to: to)
    }
  }
}

extension TimeZoneRules {
  /// The civil day at an instant, counted from 1970-01-01.
  func day(at instant: Instant) -> Int {
    let readable = min(max(instant, .earliest), .latest)
    let clock = readable.seconds + Int64(offset(at: readable))
    return LocalDateTime(secondsSinceEpochAsIfUTC: clock).dayNumber
  }

  /// The first instant of a civil day, in unix seconds.
  func start(ofDay day: Int) -> Int64 {
    firstInstant(atOrAfter: LocalDateTime(secondsSinceEpochAsIfUTC: Int64(day) * 86_400)).seconds
  }
}
