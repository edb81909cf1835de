import CivilTime
import Testing

@testable import HandlingAnalytics

struct PeriodPreviousTests {
  private func previous(
    _ period: Period, in zone: String = "UTC", now: String = "2016-02-29T23:59:59Z"
  ) throws -> Period {
    try period.previous(in: TimeZoneRules(identifier: zone), now: PeriodText.instant(now))
  }

  @Test(arguments: [
    ("today", "2016-02-28"), ("yesterday", "2016-02-27"), ("this-week", "2016-W08"),
    ("last-week", "2016-W07"),
    ("this-month", "2016-01"), ("last-month", "2015-12"), ("this-quarter", "2015-Q4"),
    ("last-quarter", "2015-Q3"),
    ("this-year", "2015"), ("last-year", "2014"), ("2016", "2015"), ("2016-q1", "2015-Q4"),
    ("2016-03", "2016-02"),
    ("2016-W01", "2015-W53"), ("2016-03-01", "2016-02-29"), ("2021-W01", "2020-W53"),
  ])
  func theOneBeforeIsOfTheSameKind(name: String, before: String) throws {
    #expect(try previous(.named(name)) == .named(before))
  }

  @Test(arguments: [
    (Period.named("30d"), "2015-12-31", "2016-01-29"), (.named("1d"), "2016-02-27", "2016-02-27"),
    (.named("2016-03-01..2016-03-03"), "2016-02-27", "2016-02-29"),
    (.between(from: "2016-03-01", to: "2016-03-01"), "2016-02-29", "2016-02-29"),
    (.between(from: "2016-01-01", to: "2016-12-31"), "2014-12-31", "2015-12-31"),
  ])
  func asManyCivilDaysComeBefore(period: Period, from: String, to: String) throws {
    #expect(try previous(period) == .between(from: from, to: to))
  }

  @Test func asManySecondsComeBeforeTwoInstants() throws {
    #expect(
      try previous(.between(from: "2016-03-27T00:00:00+01:00", to: "2016-03-28T00:00:00+02:00"))
        == .between(from: "2016-03-26T00:00:00Z", to: "2016-03-26T23:00:00Z"))
  }

  @Test func todayIsThatOfTheZone() throws {
    let now = "2016-02-29T23:00:00Z"
    #expect(try previous(.named("today"), in: "Europe/Paris", now: now) == .named("2016-02-29"))
    #expect(try previous(.named("this-month"), in: "Europe/Paris", now: now) == .named("2016-02"))
    #expect(try previous(.named("this-month"), in: "America/Sao_Paulo", now: now) == .named("2016-01"))
  }

  /// What is before ends where the period begins, in every zone and over clock changes.
  @Test(arguments: [
    "today", "this-week", "last-month", "this-quarter", "last-year", "30d", "400d", "2016-W13", "2018-11-04",
    "2011-12-31", "2018-02-18..2018-02-20",
  ])
  func theOneBeforeEndsWhereThePeriodBegins(name: String) throws {
    for zone in ["UTC", "Europe/Paris", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe"] {
      for now in [
        "2016-02-29T23:59:59Z", "2011-12-30T10:00:00Z", "2018-11-04T03:00:00Z", "2021-01-01T00:00:00Z",
      ] {
        let (rules, now) = (try TimeZoneRules(identifier: zone), try PeriodText.instant(now))
        let limits = try Period.named(name).resolved(in: rules, now: now)
        let before = try Period.named(name).previous(in: rules, now: now).resolved(in: rules, now: now)
        #expect(before.to == limits.from, "\(zone)")
      }
    }
  }

  @Test(arguments: [
    (Period.between(from: nil, to: nil), PeriodFault.noPrevious),
    (.between(from: "2016-01-01", to: nil), .noPrevious),
    (.between(from: nil, to: "2016-01-01T00:00:00Z"), .noPrevious),
    (.between(from: "2016-01-01", to: "2016-02-01T00:00:00Z"), .noPrevious),
    (.between(from: "2016-01-01T00:00:00Z", to: "2016-02-01"), .noPrevious),
    (.between(from: "2016-02-02", to: "2016-02-01"), .backwards(from: "2016-02-02", to: "2016-02-01")),
    (.named("nonsense"), .unreadable(.name, "nonsense", nearest: [])),
    (.named("1900"), .outOfYears(.name, "1900")),
    (.named("1900-W01"), .outOfYears(.name, "1900-W01")), (.named("25000d"), .outOfYears(.name, "25000d")),
    (.between(from: "1900-01-03", to: "1900-01-05"), .outOfYears(.from, "1900-01-03")),
    (
      .between(from: "1900-01-01T00:00:01Z", to: "1900-01-01T00:00:03Z"),
      .outOfYears(.from, "1900-01-01T00:00:01Z")
    ),
  ])
  func someHaveNoneBefore(period: Period, fault: PeriodFault) {
    #expect(throws: fault) { try previous(period) }
  }
}
