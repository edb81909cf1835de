import Testing

@testable import CivilTime

extension FooterRule {
  init?(text: String) {
    let bytes = Array(text.utf8)
    guard let rule = try? FooterRule(bytes.span) else { return nil }
    self = rule
  }
}

struct FooterRuleTests {
  @Test(arguments: [
    ("UTC0", 0), ("CET-1", 3600), ("<+03>-3", 10_800), ("<-02>2", -7200), ("NST3:30", -12_600),
    ("<+1245>-12:45", 45_900),
    ("LMT-0:09:21", 561), ("ABCDEF+24:59:59", -89_999),
  ])
  func fixedOffsets(text: String, offset: Int32) {
    #expect(FooterRule(text: text) == FooterRule(standardOffset: offset, daylight: nil))
  }

  @Test(arguments: [
    // (rule, year, first second of the season, first second after it), worked out with GNU date in UTC.
    ("CET-1CEST,M3.5.0,M10.5.0/3", 2016, 1_459_040_400, 1_477_789_200),
    ("EST5EDT,M3.2.0,M11.1.0", 2016, 1_457_852_400, 1_478_412_000),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2024, 1_711_846_800, 1_729_990_800),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", 2027, 1_806_105_600, 1_824_850_800),
    ("AAA0BBB,J60,J365/23:30:15", 2016, 1_456_797_600, 1_483_223_415),
    ("AAA0BBB,59/0,365/1", 2016, 1_456_704_000, 1_483_142_400),
    ("AAA0BBB-2,J1/+0,J365/167", 2015, 1_420_070_400, 1_452_114_000),
  ])
  func seasons(text: String, year: Int, start: Int64, end: Int64) throws {
    let changes = try #require(FooterRule(text: text)).changes(inYears: year...year)
    #expect(changes.map(\.start) == [start, end])
  }

  @Test(arguments: [
    "", "C", "CE-1", "CET", "CET-", "CET-25", "CET-1:60", "CET-1:", "CET-1CEST", "CET-1CEST,M3.5.0",
    "CET-1CEST,M3.5.0,",
    "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M0.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
    "CET-1CEST,M3.5,M10.5.0",
    "CET-1CEST,J0,J365", "CET-1CEST,J366,J365", "CET-1CEST,366,0", "CET-1CEST,0/168,0", "CET-1CEST,0/-168,0",
    "<+03-3",
    "<>-3", "<+0>-3", "+03-3", "C3T-1", "CET-1 ", "CET-0001", "CET-99999999999999999999", "CET--1",
  ])
  func rulesThatAreNone(text: String) {
    #expect(FooterRule(text: text) == nil)
  }

  @Test(arguments: ["EST5EDT,0/0,J365/25", "XXX3EDT4,0/0,J365/23"])
  func aSeasonThatNeverEnds(text: String) throws {
    // The examples of RFC 9636 section 3.3.1 for daylight time all year: one offset, without a seam at new
    // year.
    let runs = try TZifText(footer: text).runs()
    #expect(runs == [TimeZoneRules.OffsetRun(start: Instant.earliest.seconds, offset: -14_400)])
  }

  @Test func theSouthernSeasonSpansTheNewYear() throws {
    let rules = try TZifText(footer: "AEST-10AEDT,M10.1.0,M4.1.0/3").rules()
    #expect(rules.offset(at: Instant(1_451_606_400)) == 39_600)
    #expect(rules.offset(at: Instant(1_467_331_200)) == 36_000)
    #expect(rules.offset(at: .earliest) == 39_600)
    #expect(rules.offset(at: .latest) == 39_600)
  }
}
