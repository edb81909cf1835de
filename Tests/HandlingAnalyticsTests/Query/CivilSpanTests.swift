import CivilTime
import Testing

@testable import HandlingAnalytics

struct CivilSpanTests {
  private func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilDate(year: year, month: month, day: day).dayNumber
  }

  @Test func eachFormIsRead() throws {
    #expect(try CivilSpan("2016").days == day(2016, 1, 1)..<day(2017, 1, 1))
    #expect(try CivilSpan("2016-Q1").days == day(2016, 1, 1)..<day(2016, 4, 1))
    #expect(try CivilSpan("2016-q4").days == day(2016, 10, 1)..<day(2017, 1, 1))
    #expect(try CivilSpan("2016-02").days == day(2016, 2, 1)..<day(2016, 3, 1))
    #expect(try CivilSpan("2015-12").days == day(2015, 12, 1)..<day(2016, 1, 1))
    #expect(try CivilSpan("2016-W09").days == day(2016, 2, 29)..<day(2016, 3, 7))
    #expect(try CivilSpan("2015-w53").days == day(2015, 12, 28)..<day(2016, 1, 4))
    #expect(try CivilSpan("2009-W01").days == day(2008, 12, 29)..<day(2009, 1, 5))
    #expect(try CivilSpan("2016-02-29").days == day(2016, 2, 29)..<day(2016, 3, 1))
  }

  @Test(arguments: [
    "", "16", "216", "20166", "2016-", "2016-2", "2016-Q", "2016-Q11", "2016Q1", "2016-W9", "2016-W099",
    "2016W09",
    "2016-02-", "2016-02-1", "2016-02-011", "2016/02/01", "2016-02-01T", " 2016", "2016 ", "-2016", "+2016",
    "２０１６", "2016-W-1", "2016-X1", "2016-0a", "20a6", "2016-02-0x", "2016--1-01",
  ])
  func otherFormsAreUnreadable(text: String) {
    #expect(throws: CivilSpan.Fault.unreadable) { try CivilSpan(text) }
  }

  @Test(arguments: [
    "2015-02-29", "1900-02-29", "2016-02-30", "2016-04-31", "2016-00-01", "2016-13-01", "2016-01-00",
    "2016-01-32",
    "2016-13", "2016-00", "2016-Q0", "2016-Q5", "2016-W00", "2016-W53", "2015-W54", "2021-W53",
  ])
  func whatTheCalendarLacksIsImpossible(text: String) {
    #expect(throws: CivilSpan.Fault.impossible) { try CivilSpan(text) }
  }

  @Test(arguments: ["1899", "1899-12-31", "1899-Q4", "2201", "2201-01", "2201-W01", "0000", "9999-12-31"])
  func otherYearsAreOutside(text: String) {
    #expect(throws: CivilSpan.Fault.outOfYears) { try CivilSpan(text) }
  }

  /// The years with 53 weeks of 1901 to 2000 and 2001 to 2024, from a printed table.
  @Test func longYearsHave53Weeks() {
    let long = [
      1903, 1908, 1914, 1920, 1925, 1931, 1936, 1942, 1948, 1953, 1959, 1964, 1970, 1976, 1981, 1987, 1992,
      1998, 2004, 2009, 2015, 2020,
    ]
    #expect((1901...2024).filter { (try? CivilSpan("\($0)-W53")) != nil } == long)
  }

  @Test(arguments: [
    ("2016-03-01", "2016-02-29"), ("2016-01-01", "2015-12-31"), ("2016-W01", "2015-W53"),
    ("2021-W01", "2020-W53"),
    ("2016-W09", "2016-W08"), ("2016-01", "2015-12"), ("2016-Q1", "2015-Q4"), ("2016-Q4", "2016-Q3"),
    ("2016", "2015"),
  ])
  func theOneBeforeIsOfTheSameUnit(text: String, before: String) throws {
    #expect(try CivilSpan(text).previous.text == before)
  }

  /// Every day lies in the span that its own text names, spans follow each other without a gap, and texts sort by
  /// time.
  @Test(arguments: [CivilSpan.Unit.day, .week, .month, .quarter, .year])
  func spansTileTheCalendar(unit: CivilSpan.Unit) throws {
    var span = CivilSpan(unit, containing: day(1996, 6, 15))
    while span.days.lowerBound < day(2026, 1, 1) {
      #expect(try CivilSpan(span.text) == span)
      for day in [span.days.lowerBound, span.days.upperBound - 1] {
        #expect(CivilSpan(unit, containing: day) == span)
      }
      let next = CivilSpan(unit, containing: span.days.upperBound)
      #expect(next.days.lowerBound == span.days.upperBound)
      #expect(next.previous == span)
      #expect(span.text.utf8.lexicographicallyPrecedes(next.text.utf8))
      span = next
    }
  }
}
