/// The POSIX TZ rule at the end of a TZif file (RFC 9636 section 3.3): a standard offset and, perhaps, a
/// daylight offset between two moments of each year.
struct FooterRule: Equatable {
  /// Seconds east of UTC.
  var standardOffset: Int32
  var daylight: Daylight?

  /// The other offset and its season, which may run over the new year.
  struct Daylight: Equatable {
    /// Seconds east of UTC; less than the standard offset where "summer time" is the winter's, as in Dublin.
    var offset: Int32
    /// On the standard clock.
    var start: Moment
    /// On the daylight clock.
    var end: Moment
  }

  /// A moment of every year.
  struct Moment: Equatable {
    var day: Day
    /// Seconds after that day's midnight: within a week of it, before or after.
    var second: Int
  }

  /// A day of every year.
  enum Day: Equatable {
    /// `Jn`: 1...365, 29 February never counted.
    case withoutLeapDay(Int)
    /// `n`: 0...365, 29 February counted.
    case fromNewYear(Int)
    /// `Mm.w.d`: the week-th such weekday of the month, the last one for week 5. Weekday 0 is Sunday.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  /// Every change of offset in those years, ascending. Where a season ends as the next begins, the next comes
  /// last.
  func changes(inYears years: ClosedRange<Int>) -> [(start: Int64, offset: Int32)] {
    guard let daylight else { return [] }
    var changes: [(start: Int64, offset: Int32, isDaylight: Bool)] = []
    for year in years {
      changes.append((daylight.start.second(inYear: year, offset: standardOffset), daylight.offset, true))
      changes.append((daylight.end.second(inYear: year, offset: daylight.offset), standardOffset, false))
    }
    changes.sort { ($0.start, $0.isDaylight ? 1 : 0) < ($1.start, $1.isDaylight ? 1 : 0) }
    return changes.map { ($0.start, $0.offset) }
  }
}

extension FooterRule.Moment {
  /// The unix second of this moment on a clock with that offset.
  fileprivate func second(inYear year: Int, offset: Int32) -> Int64 {
    Int64(day.number(inYear: year) * 86_400 + second) - Int64(offset)
  }
}

extension FooterRule.Day {
  /// Days since 1970-01-01.
  fileprivate func number(inYear year: Int) -> Int {
    switch self {
    case .withoutLeapDay(let day):
      let isShifted = day >= 60 && CivilDate.isLeap(year: year)
      return CivilDate(year: year, month: 1, day: 1).dayNumber + day - (isShifted ? 0 : 1)
    case .fromNewYear(let day):
      return CivilDate(year: year, month: 1, day: 1).dayNumber + day
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1)
      let firstMatch = (weekday - first.isoWeekday + 7) % 7
      var days = firstMatch + (week - 1) * 7
      if days >= CivilDate.daysInMonth(year: year, month: month) { days -= 7 }
      return first.dayNumber + days
    }
  }
}
