import Conversations
import Testing

@testable import HandlingAnalytics

struct FilterParsingTests {
  private static let most = UInt32.max - 1

  @Test(arguments: [
    ("tag = refund", Filter.oneOf(.tag, ["refund"])), ("TYPE = Refund", .oneOf(.tag, ["Refund"])),
    ("tag != A", .not(.oneOf(.tag, ["A"]))), ("tag in (a, 'b c')", .oneOf(.tag, ["a", "b c"])),
    ("category not in (x,y)", .not(.oneOf(.category, ["x", "y"]))), ("agent in (x)", .oneOf(.agent, ["x"])),
    ("group is missing", .missing(.group)), ("tag IS NOT Missing", .not(.missing(.tag))),
    ("channel='chat'", .oneOf(.channel, ["chat"])), ("closing = Natural", .oneOf(.closing, ["natural"])),
    ("closing in (agent, BOT)", .oneOf(.closing, ["agent", "bot"])),
    ("rating = 5", .oneOf(.rating, ["5"])), ("rating in (Good, 4)", .oneOf(.rating, ["good", "4"])),
    ("hour = 09", .oneOf(.hour, ["9"])), ("weekday != 7", .not(.oneOf(.weekday, ["7"]))),
    ("day = 2016-02-29", .oneOf(.day, ["2016-02-29"])), ("week = 2015-w53", .oneOf(.week, ["2015-W53"])),
    ("month = 2016-02", .oneOf(.month, ["2016-02"])), ("quarter = 2016-q1", .oneOf(.quarter, ["2016-Q1"])),
    ("year in (2015, 2016)", .oneOf(.year, ["2015", "2016"])), ("bot = true", .isBot),
    ("bot = FALSE", .not(.isBot)), ("bot != true", .not(.isBot)), ("bot != false", .not(.not(.isBot))),
    ("bot in (true, false)", .any([.isBot, .not(.isBot)])), ("basis = none", .basis([.none])),
    ("basis in (Given, parts)", .basis([.given, .parts])), ("basis != derived", .not(.basis([.derived]))),
    ("basis is missing", .basis([.none])), ("flag = zero", .flags(.zero)),
    ("flag in (zero, LONG)", .flags([.zero, .long])), ("flag != zero", .not(.flags(.zero))),
    ("flag = reply-out-of-range", .flags(.replyOutOfRange)), ("visitor = x", .visitor(["x"])),
    ("visitor not in ('X 1', y)", .not(.visitor(["X 1", "y"]))), ("bot is missing", .any([])),
    ("period = Last-Month", .period(.named("Last-Month"))),
    ("period != 2016", .not(.period(.named("2016")))),
    ("period in (2015-Q4, 30d)", .any([.period(.named("2015-Q4")), .period(.named("30d"))])),
    ("period from 2016-02-01 to 2016-02-15", .period(.between(from: "2016-02-01", to: "2016-02-15"))),
    ("period From 2016-02-01T00:00:00Z", .period(.between(from: "2016-02-01T00:00:00Z", to: nil))),
    ("period to '2016-02-01 00:00Z'", .period(.between(from: nil, to: "2016-02-01 00:00Z"))),
    ("true", .all([])), ("not FALSE", .not(.any([]))),
  ])
  func aComparisonIsRead(text: String, filter: Filter) throws {
    #expect(try Filter(where: text) == filter)
  }

  @Test(arguments: [
    ("hour > 9", Filter.range(.hour, from: "10", through: nil)),
    ("hour >= 9", .range(.hour, from: "9", through: nil)),
    ("hour < 9", .range(.hour, from: nil, through: "8")),
    ("hour<=9", .range(.hour, from: nil, through: "9")), ("hour > 23", .any([])), ("hour < 0", .any([])),
    ("hour <= 23", .range(.hour, from: nil, through: "23")), ("weekday < 1", .any([])),
    ("weekday > 6", .range(.weekday, from: "7", through: nil)), ("rating > 5", .any([])),
    ("rating < 5", .range(.rating, from: nil, through: "4")), ("year < 1900", .any([])),
    ("year > 2015", .range(.year, from: "2016", through: nil)), ("year > 2200", .any([])),
    ("hour between 9 and 17", .range(.hour, from: "9", through: "17")),
    ("hour not between 9 and 10", .not(.range(.hour, from: "9", through: "10"))),
    ("day >= 2016-02-29", .range(.day, from: "2016-02-29", through: nil)),
    ("week <= 2016-W09", .range(.week, from: nil, through: "2016-W09")),
    (
      "month > 2016-02",
      .all([.not(.missing(.month)), .not(.range(.month, from: nil, through: "2016-02"))])
    ),
    (
      "quarter < 2016-q2",
      .all([.not(.missing(.quarter)), .not(.range(.quarter, from: "2016-Q2", through: nil))])
    ),
    ("day between 2016-02-01 and 2016-02-01", .range(.day, from: "2016-02-01", through: "2016-02-01")),
  ])
  func anOrderOfValuesIsRead(text: String, filter: Filter) throws {
    #expect(try Filter(where: text) == filter)
  }

  @Test(arguments: [
    ("handling = 300", Filter.seconds(.handling, from: 300, through: 300)),
    ("talk != 0", .not(.seconds(.talk, from: 0, through: 0))),
    ("handling > 300", .seconds(.handling, from: 301, through: most)),
    ("hold >= 0300", .seconds(.hold, from: 300, through: most)),
    ("wrapup < 300", .seconds(.wrapup, from: 0, through: 299)),
    ("handling <= 0", .seconds(.handling, from: 0, through: 0)), ("handling < 0", .any([])),
    ("handling > 4294967293", .seconds(.handling, from: most, through: most)),
    ("handling > 4294967294", .any([])), ("handling >= 4294967295", .any([])),
    ("handling < 99999999999999999999", .seconds(.handling, from: 0, through: most)),
    ("handling <= 4294967295", .seconds(.handling, from: 0, through: most)),
    ("handling = 4294967295", .any([])), ("handling > 99999999999999999999999", .any([])),
    ("handling between 60 and 99999999999", .seconds(.handling, from: 60, through: most)),
    ("handling between 4294967295 and 5000000000", .any([])),
    (
      "handling not in (1, 2)",
      .not(
        .any([.seconds(.handling, from: 1, through: 1), .seconds(.handling, from: 2, through: 2)]))
    ),
    ("handling is missing", .missingSeconds(.handling)),
    ("wrapup is not missing", .not(.missingSeconds(.wrapup))),
  ])
  func durationsAreReadInWholeSeconds(text: String, filter: Filter) throws {
    #expect(try Filter(where: text) == filter)
  }

  private static let a = Filter.oneOf(.tag, ["a"])
  private static let b = Filter.oneOf(.tag, ["b"])
  private static let c = Filter.oneOf(.tag, ["c"])

  @Test(arguments: [
    ("tag=a and tag=b and tag=c", Filter.all([a, b, c])),
    ("tag=a or tag=b and tag=c", .any([a, .all([b, c])])),
    ("(tag=a or tag=b) and tag=c", .all([.any([a, b]), c])),
    ("tag=a AND (tag=b aNd tag=c)", .all([a, .all([b, c])])),
    ("not tag=a and tag=b", .all([.not(a), b])), ("not (tag=a or tag=b)", .not(.any([a, b]))),
    ("not not tag=a", .not(.not(a))), ("((tag=a))", a),
    (
      "hour between 1 and 2 and tag=a or tag=b",
      .any([.all([.range(.hour, from: "1", through: "2"), a]), b])
    ),
    ("\n tag\t=\u{A0}a\r\nor\u{3000}tag=b ", .any([a, b])),
  ])
  func combinationsBindAsInLogic(text: String, filter: Filter) throws {
    #expect(try Filter(where: text) == filter)
  }

  @Test(arguments: [
    ("tag = 'it''s'", "it's"), ("tag = \"it's\"", "it's"), ("tag = \"a \"\"b\"\"\"", "a \"b\""),
    ("tag = 'a \"b\"'", "a \"b\""), ("tag = ''", ""), ("tag = ''''", "'"), ("tag = 'and'", "and"),
    ("tag = a.b:c-d/é%日本", "a.b:c-d/é%日本"), ("tag = true", "true"), ("tag = tag", "tag"),
    ("tag = '\u{301}x'", "\u{301}x"), ("tag = 'x\n(y)'", "x\n(y)"), ("tag = -5", "-5"),
  ])
  func valuesAreTakenAsWritten(text: String, value: String) throws {
    let filter = try Filter(where: text)
    #expect(filter == .oneOf(.tag, [value]))
    guard case .oneOf(_, let values) = filter else { return }
    #expect(Array(values[0].unicodeScalars) == Array(value.unicodeScalars))
  }

  @Test func everyFlagAndNoFlagCanBeAskedFor() throws {
    var every: ContactFlags = []
    for (flag, name) in ContactFlags.names {
      #expect(try Filter(where: "flag = \(name)") == .flags(flag))
      every.formUnion(flag)
    }
    #expect(try Filter(where: "flag is missing") == .not(.flags(every)))
    #expect(try Filter(where: "flag is not missing") == .not(.not(.flags(every))))
  }

  /// Against the plain comparison of labels, for every comparison of every ordered field.
  @Test(arguments: FilterGenerator.calendar + [.rating])
  func ordersKeepWhatTheirSignsSay(dimension: Dimension) throws {
    let rows = FilterRow.random(400, seed: 11)
    for wanted in Set(rows.compactMap { $0.labels[dimension] }).subtracting(["good", "bad"]).sorted()
      .prefix(40)
    {
      func expect(_ sign: String, _ isWanted: (String) -> Bool) throws {
        let filter = try Filter(where: "\(dimension.rawValue) \(sign) \(wanted)")
        let expected = rows.map { row in
          row.labels[dimension].map { Int($0) == nil && dimension == .rating ? false : isWanted($0) } ?? false
        }
        #expect(rows.map { $0.isKept(by: filter) } == expected, "\(dimension) \(sign) \(wanted)")
      }
      try expect("=") { $0 == wanted }
      try expect("<=") { FilterRow.isOrdered($0, wanted) }
      try expect(">=") { FilterRow.isOrdered(wanted, $0) }
      try expect("<") { !FilterRow.isOrdered(wanted, $0) }
      try expect(">") { !FilterRow.isOrdered($0, wanted) }
    }
  }
}
