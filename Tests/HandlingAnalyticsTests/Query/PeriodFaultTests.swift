import CivilTime
import TestSupport
import Testing

@testable import HandlingAnalytics

struct PeriodFaultTests {
  @Test(arguments: [
    ("last-mont", ["last-month"]), ("lastweek", ["last-week"]), ("toda", ["today"]), ("", []),
    ("fortnight", []),
    ("-3d", []), ("d", []), ("3 d", []), ("30days", []), ("2016-2", []), ("Q1", []), ("2016-Q11", []),
    ("2016-02-01..", []), ("..2016-02-01", []), ("2016-02..2016-03", []), ("2016-02-01...2016-02-02", []),
    ("2016-02-01.2016-02-02", []), ("2016-02-01..2016-02-02..2016-02-03", []),
    ("2016-02-01 ..2016-02-02", []),
    ("2016-02-01T00:00:00Z", []),
  ])
  func anUnreadableNameIsReportedWithItsNeighbours(name: String, nearest: [String]) throws {
    let fault = try PeriodText.fault(.named(name))
    #expect(fault == .unreadable(.name, name, nearest: nearest))
    #expect(fault?.part == .name)
  }

  @Test(arguments: [
    ("2015-02-29", PeriodFault.impossible(.name, "2015-02-29")),
    ("2016-W53", .impossible(.name, "2016-W53")), ("2016-Q5", .impossible(.name, "2016-Q5")),
    ("2016-13", .impossible(.name, "2016-13")), ("0d", .impossible(.name, "0d")),
    ("2016-02-01..2016-02-30", .impossible(.name, "2016-02-30")),
    ("2016-04-31..2016-02-30", .impossible(.name, "2016-04-31")),
    ("1899", .outOfYears(.name, "1899")), ("2201-01", .outOfYears(.name, "2201-01")),
    ("1899-12-31..1900-01-01", .outOfYears(.name, "1899-12-31")),
    ("50000d", .outOfYears(.name, "50000d")),
    ("99999999999999999999999d", .outOfYears(.name, "99999999999999999999999d")),
    ("2016-03-01..2016-02-29", .backwards(from: "2016-03-01", to: "2016-02-29")),
  ])
  func aNameThatCannotBeIsReported(name: String, fault: PeriodFault) throws {
    #expect(try PeriodText.fault(.named(name)) == fault)
  }

  private static let wrongLimits: [(from: String?, to: String?, fault: PeriodFault)] = [
    ("2016-02", nil, .unreadable(.from, "2016-02", nearest: [])),
    (nil, "today", .unreadable(.to, "today", nearest: [])), ("", nil, .unreadable(.from, "", nearest: [])),
    ("2016-02-30", nil, .impossible(.from, "2016-02-30")),
    (nil, "2016-02-30T00:00:00Z", .impossible(.to, "2016-02-30T00:00:00Z")),
    (nil, "2016-02-29T24:00:00Z", .impossible(.to, "2016-02-29T24:00:00Z")),
    ("2016-02-29T12:00:00", nil, .offsetMissing(.from, "2016-02-29T12:00:00")),
    (nil, "2016-02-29 12:00", .offsetMissing(.to, "2016-02-29 12:00")),
    ("1899-12-31", nil, .outOfYears(.from, "1899-12-31")),
    (nil, "1899-12-31T23:59:59Z", .outOfYears(.to, "1899-12-31T23:59:59Z")),
    ("2201-01-01T00:00:00Z", nil, .outOfYears(.from, "2201-01-01T00:00:00Z")),
    ("2016-03-01", "2016-02-29", .backwards(from: "2016-03-01", to: "2016-02-29")),
    (
      "2016-03-01T00:00:00Z", "2016-03-01T01:00:00+01:00",
      .backwards(from: "2016-03-01T00:00:00Z", to: "2016-03-01T01:00:00+01:00")
    ),
    // Midnight in Paris is 23:00 the day before on UTC.
    ("2016-03-01", "2016-02-29T23:00:00Z", .backwards(from: "2016-03-01", to: "2016-02-29T23:00:00Z")),
    ("2016-03-01T23:00:00Z", "2016-03-01", .backwards(from: "2016-03-01T23:00:00Z", to: "2016-03-01")),
  ]

  @Test(arguments: wrongLimits)
  func aLimitThatCannotBeIsReported(from: String?, to: String?, fault: PeriodFault) throws {
    #expect(try PeriodText.fault(.between(from: from, to: to)) == fault)
  }

  @Test func oneSecondAfterMidnightIsEnough() throws {
    #expect(try PeriodText.fault(.between(from: "2016-03-01", to: "2016-02-29T23:00:01Z")) == nil)
    #expect(try PeriodText.fault(.between(from: "2016-03-01T22:59:59Z", to: "2016-03-01")) == nil)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func anyTextHasLimitsOrAFault(seed: UInt64) throws {
    let parts = [
      "2016", "-", "-02", "-29", "Q1", "-W53", "..", "T", "00:00", ":00", "Z", "+01:00", "d", "30",
      "99999999999999",
      "today", "last-", "week", " ", "é", "\u{0}", "1899", "2200-12-31", "+14",
    ]
    let zone = try TimeZoneRules(identifier: "Pacific/Apia")
    var generator = SeededGenerator(seed: seed)
    func text() -> String {
      (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? parts.randomElement(using: &generator)!
          : String(decoding: [UInt8.random(in: 0...255, using: &generator)], as: UTF8.self)
      }.joined()
    }
    for _ in 0..<1000 {
      let now = Instant(Int64.random(in: .min ... .max, using: &generator))
      for period in [
        Period.named(text()), .between(from: text(), to: Bool.random(using: &generator) ? text() : nil),
      ] {
        let limits = try? period.resolved(in: zone, now: now)
        if let from = limits?.from, let to = limits?.to { #expect(from <= to, "\(period)") }
        _ = try? period.previous(in: zone, now: now)
      }
    }
  }
}
