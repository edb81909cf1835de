import CivilTime
import Testing

@testable import HandlingAnalytics

/// Limits are worked out by hand from the zones' published offsets.
struct PeriodTests {
  /// A leap day and Monday, to the last second.
  private static let leapDay = "2016-02-29T23:59:59Z"

  @Test(arguments: [
    ("today", "2016-02-29T00:00:00Z 2016-03-01T00:00:00Z"),
    ("yesterday", "2016-02-28T00:00:00Z 2016-02-29T00:00:00Z"),
    ("this-week", "2016-02-29T00:00:00Z 2016-03-07T00:00:00Z"),
    ("last-week", "2016-02-22T00:00:00Z 2016-02-29T00:00:00Z"),
    ("this-month", "2016-02-01T00:00:00Z 2016-03-01T00:00:00Z"),
    ("last-month", "2016-01-01T00:00:00Z 2016-02-01T00:00:00Z"),
    ("this-quarter", "2016-01-01T00:00:00Z 2016-04-01T00:00:00Z"),
    ("last-quarter", "2015-10-01T00:00:00Z 2016-01-01T00:00:00Z"),
    ("this-year", "2016-01-01T00:00:00Z 2017-01-01T00:00:00Z"),
    ("last-year", "2015-01-01T00:00:00Z 2016-01-01T00:00:00Z"),
    ("1d", "2016-02-28T00:00:00Z 2016-02-29T00:00:00Z"),
    ("30d", "2016-01-30T00:00:00Z 2016-02-29T00:00:00Z"),
    ("365D", "2015-03-01T00:00:00Z 2016-02-29T00:00:00Z"),
    ("2016", "2016-01-01T00:00:00Z 2017-01-01T00:00:00Z"),
    ("2016-q1", "2016-01-01T00:00:00Z 2016-04-01T00:00:00Z"),
    ("2015-Q4", "2015-10-01T00:00:00Z 2016-01-01T00:00:00Z"),
    ("2016-02", "2016-02-01T00:00:00Z 2016-03-01T00:00:00Z"),
    ("2015-W53", "2015-12-28T00:00:00Z 2016-01-04T00:00:00Z"),
    ("2016-w01", "2016-01-04T00:00:00Z 2016-01-11T00:00:00Z"),
    ("2020-W53", "2020-12-28T00:00:00Z 2021-01-04T00:00:00Z"),
    ("2016-02-29", "2016-02-29T00:00:00Z 2016-03-01T00:00:00Z"),
    ("2016-02-28..2016-03-01", "2016-02-28T00:00:00Z 2016-03-02T00:00:00Z"),
    ("2016-02-29..2016-02-29", "2016-02-29T00:00:00Z 2016-03-01T00:00:00Z"),
    ("1900", "1900-01-01T00:00:00Z 1901-01-01T00:00:00Z"),
    ("2200-12-31", "2200-12-31T00:00:00Z 2201-01-01T00:00:00Z"),
    ("Last-MONTH", "2016-01-01T00:00:00Z 2016-02-01T00:00:00Z"),
  ])
  func aNamedPeriodHasItsLimitsOnUTC(name: String, limits: String) throws {
    #expect(try PeriodText.limits(.named(name), now: Self.leapDay) == limits)
  }

  @Test(arguments: [
    ("2016-02-29T22:59:59Z", "2016-02-28T23:00:00Z 2016-02-29T23:00:00Z"),
    ("2016-02-29T23:00:00Z", "2016-02-29T23:00:00Z 2016-03-01T23:00:00Z"),
    ("2016-07-31T21:59:59Z", "2016-07-30T22:00:00Z 2016-07-31T22:00:00Z"),
    ("2016-07-31T22:00:00Z", "2016-07-31T22:00:00Z 2016-08-01T22:00:00Z"),
  ])
  func todayIsTheDayOnTheClocksOfTheZone(now: String, limits: String) throws {
    #expect(try PeriodText.limits(.named("today"), in: "Europe/Paris", now: now) == limits)
  }

  @Test(arguments: [
    ("this-week", "2020-12-28T00:00:00Z 2021-01-04T00:00:00Z"),
    ("last-week", "2020-12-21T00:00:00Z 2020-12-28T00:00:00Z"),
    ("last-month", "2020-12-01T00:00:00Z 2021-01-01T00:00:00Z"),
    ("last-quarter", "2020-10-01T00:00:00Z 2021-01-01T00:00:00Z"),
    ("this-year", "2021-01-01T00:00:00Z 2022-01-01T00:00:00Z"),
    ("yesterday", "2020-12-31T00:00:00Z 2021-01-01T00:00:00Z"),
    ("7d", "2020-12-25T00:00:00Z 2021-01-01T00:00:00Z"),
  ])
  func newYearsDayLiesInTheLastWeekOfTheOldYear(name: String, limits: String) throws {
    #expect(try PeriodText.limits(.named(name), now: "2021-01-01T00:00:00Z") == limits)
  }

  @Test(arguments: [
    // 23 and 25 hours.
    ("Europe/Paris", "2016-03-27", "2016-03-26T23:00:00Z 2016-03-27T22:00:00Z"),
    ("Europe/Paris", "2016-10-30", "2016-10-29T22:00:00Z 2016-10-30T23:00:00Z"),
    ("Europe/Paris", "2016-03", "2016-02-29T23:00:00Z 2016-03-31T22:00:00Z"),
    ("Europe/Paris", "2016-Q4", "2016-09-30T22:00:00Z 2016-12-31T23:00:00Z"),
    ("Europe/Paris", "2016-W12", "2016-03-20T23:00:00Z 2016-03-27T22:00:00Z"),
    // The clock goes from 23:59:59 to 01:00, and from 23:59:59 back to 23:00.
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z 2018-11-05T02:00:00Z"),
    ("America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z 2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z 2018-02-18T03:00:00Z"),
    ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z 2018-02-19T03:00:00Z"),
    // From the end of the 29th, ten hours behind UTC, to the start of the 31st, fourteen hours before it.
    ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z 2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z 2011-12-31T10:00:00Z"),
    ("Pacific/Apia", "2011-W52", "2011-12-26T10:00:00Z 2012-01-01T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30..2011-12-30", "2011-12-30T10:00:00Z 2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30..2011-12-31", "2011-12-30T10:00:00Z 2011-12-31T10:00:00Z"),
    // Half an hour.
    ("Australia/Lord_Howe", "2016-04-03", "2016-04-02T13:00:00Z 2016-04-03T13:30:00Z"),
    ("Australia/Lord_Howe", "2016-10-02", "2016-10-01T13:30:00Z 2016-10-02T13:00:00Z"),
    // At 00:01 back to 23:01: the day begins at its first midnight.
    ("America/St_Johns", "2006-10-28", "2006-10-28T02:30:00Z 2006-10-29T02:30:00Z"),
    ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z 2006-10-30T03:30:00Z"),
  ])
  func civilDaysBeginWhereTheClockShowsThem(zone: String, name: String, limits: String) throws {
    #expect(try PeriodText.limits(.named(name), in: zone, now: Self.leapDay) == limits)
  }

  @Test(arguments: [
    // The day after the skipped one: yesterday was empty.
    ("2011-12-30T10:00:00Z", "today", "2011-12-30T10:00:00Z 2011-12-31T10:00:00Z"),
    ("2011-12-30T10:00:00Z", "yesterday", "2011-12-30T10:00:00Z 2011-12-30T10:00:00Z"),
    ("2011-12-30T10:00:00Z", "2d", "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z"),
    ("2011-12-30T09:59:59Z", "today", "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z"),
  ])
  func aSkippedDayIsEmptyAndNoFault(now: String, name: String, limits: String) throws {
    #expect(try PeriodText.limits(.named(name), in: "Pacific/Apia", now: now) == limits)
  }

  private static let between: [(from: String?, to: String?, limits: String)] = [
    ("2016-03-27", "2016-03-27", "2016-03-26T23:00:00Z 2016-03-27T22:00:00Z"),
    ("2016-02-29", nil, "2016-02-28T23:00:00Z -"), (nil, "2016-02-29", "- 2016-02-29T23:00:00Z"),
    (nil, nil, "- -"),
    ("2016-02-29T10:00:00+01:00", "2016-02-29T10:00:01+01:00", "2016-02-29T09:00:00Z 2016-02-29T09:00:01Z"),
    ("2016-02-29", "2016-02-29T12:00Z", "2016-02-28T23:00:00Z 2016-02-29T12:00:00Z"),
    ("2016-02-29 12:00:00.75Z", "2016-02-29", "2016-02-29T12:00:00Z 2016-02-29T23:00:00Z"),
    (nil, "2016-02-29t00:00:00z", "- 2016-02-29T00:00:00Z"),
  ]

  @Test(arguments: between)
  func datesIncludeTheirDayAndInstantsEndBeforeThemselves(from: String?, to: String?, limits: String) throws {
    let period = Period.between(from: from, to: to)
    #expect(try PeriodText.limits(period, in: "Europe/Paris", now: Self.leapDay) == limits)
  }

  @Test func limitsIncludeTheFirstAndExcludeTheLast() {
    let limits = PeriodLimits(from: 10, to: 20)
    #expect([9, 10, 19, 20].map(limits.contains) == [false, true, true, false])
    #expect(PeriodLimits(from: nil, to: 20).contains(.min))
    #expect(PeriodLimits(from: 10, to: nil).contains(.max))
    #expect(PeriodLimits(from: nil, to: nil).contains(0))
    #expect(!PeriodLimits(from: 10, to: 10).contains(10))
  }

  @Test(arguments: [Int64.min, .max]) func aClockGoneWildIsHeldInside(now: Int64) throws {
    let paris = try TimeZoneRules(identifier: "Europe/Paris")
    let limits = try Period.named("this-year").resolved(in: paris, now: Instant(now))
    #expect(limits.from != nil && limits.to != nil)
  }

  /// By Foundation's calendar: an instant lies in the named bucket if, and only if, it is labelled so.
  @Test(arguments: ["UTC", "Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"])
  func aBucketsNameIsThePeriodOfItsInstants(zone: String) throws {
    let calendar = ReferenceCalendar(zone: zone)
    let rules = try TimeZoneRules(identifier: zone)
    for number in 0..<600 {
      let instant = 1_293_840_000 + Int64(number) * 493_211
      for dimension in [Dimension.day, .week, .month, .quarter, .year] {
        guard case .name(let name) = calendar.label(dimension, of: instant) else { continue }
        let limits = try Period.named(name).resolved(in: rules, now: Instant(0))
        #expect(limits.contains(instant))
        let (from, to) = (limits.from ?? 0, limits.to ?? 0)
        #expect(calendar.label(dimension, of: from) == .name(name))
        #expect(calendar.label(dimension, of: to - 1) == .name(name))
        #expect(calendar.label(dimension, of: from - 1) != .name(name))
        #expect(calendar.label(dimension, of: to) != .name(name))
      }
    }
  }
}
