import Testing

@testable import CivilTime

struct CivilDateTests {
  @Test func everyDayFrom1900To2200GoesThereAndBack() {
    var expected = CivilDate(year: 1900, month: 1, day: 1)
    let first = expected.dayNumber
    #expect(first == -25_567)
    var weekday = 1  // 1900-01-01 was a Monday
    var mistakes = 0
    var days = 0
    while expected.year < 2201 {
      let date = CivilDate(dayNumber: first + days)
      let isRight =
        date == expected && date.dayNumber == first + days && date.isoWeekday == weekday
        && CivilDate.isValid(year: date.year, month: date.month, day: date.day)
      if !isRight { mistakes += 1 }
      expected = Self.day(after: expected)
      weekday = weekday % 7 + 1
      days += 1
    }
    #expect(mistakes == 0)
    #expect(days == 109_938)
  }

  /// The calendar by its rules alone, sharing nothing with the arithmetic under test.
  private static func day(after date: CivilDate) -> CivilDate {
    let isLeap = date.year % 400 == 0 || date.year % 4 == 0 && date.year % 100 != 0
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if date.day < lengths[date.month - 1] {
      return CivilDate(year: date.year, month: date.month, day: date.day + 1)
    }
    return date.month < 12
      ? CivilDate(year: date.year, month: date.month + 1, day: 1)
      : CivilDate(year: date.year + 1, month: 1, day: 1)
  }

  @Test(arguments: [
    // (year, month, day, weekday, ISO year, ISO week), as Python's date.isocalendar() gives them.
    (1900, 1, 1, 1, 1900, 1), (1969, 12, 29, 1, 1970, 1), (1970, 1, 1, 4, 1970, 1),
    (1999, 12, 31, 5, 1999, 52),
    (2000, 1, 1, 6, 1999, 52), (2005, 1, 1, 6, 2004, 53), (2005, 1, 2, 7, 2004, 53),
    (2005, 12, 31, 6, 2005, 52),
    (2007, 1, 1, 1, 2007, 1), (2008, 12, 28, 7, 2008, 52), (2008, 12, 29, 1, 2009, 1),
    (2009, 12, 31, 4, 2009, 53),
    (2010, 1, 3, 7, 2009, 53), (2010, 1, 4, 1, 2010, 1), (2016, 2, 29, 1, 2016, 9),
    (2020, 12, 31, 4, 2020, 53),
    (2021, 1, 3, 7, 2020, 53), (2024, 12, 30, 1, 2025, 1), (2200, 12, 31, 3, 2201, 1),
  ])
  func isoWeeks(year: Int, month: Int, day: Int, weekday: Int, isoYear: Int, isoWeek: Int) {
    let date = CivilDate(year: year, month: month, day: day)
    #expect(date.isoWeekday == weekday)
    #expect(date.isoWeek == (isoYear, isoWeek))
  }

  @Test(arguments: [
    (2015, 2, 29), (1900, 2, 29), (2016, 2, 30), (2016, 4, 31), (2016, 0, 1), (2016, 13, 1), (2016, 1, 0),
    (2016, 12, 32),
  ])
  func daysThatTheCalendarLacks(year: Int, month: Int, day: Int) {
    #expect(!CivilDate.isValid(year: year, month: month, day: day))
  }

  @Test func datesFarOutsideTheReadableRangeDoNotTrap() {
    for second in [Int64.min, -62_167_219_200, -1, 0, Int64.max] {
      let local = LocalDateTime(secondsSinceEpochAsIfUTC: second)
      #expect(local.date.dayNumber == local.dayNumber)
      #expect(0..<86_400 ~= local.secondOfDay)
    }
    let beforeEpoch = LocalDateTime(secondsSinceEpochAsIfUTC: -1)
    #expect(beforeEpoch.date == CivilDate(year: 1969, month: 12, day: 31))
    #expect(beforeEpoch.secondOfDay == 86_399)
    #expect(LocalDateTime(beforeEpoch.date, secondOfDay: 86_399) == beforeEpoch)
  }
}
