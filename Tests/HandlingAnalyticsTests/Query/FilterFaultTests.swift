import Conversations
import Testing

@testable import HandlingAnalytics

struct FilterFaultTests {
  private func fault(_ text: String) -> FilterFault? {
    do {
      _ = try Filter(where: text)
      return nil
    } catch {
      return error
    }
  }

  private static let named = ["=", "!=", "in", "not in", "is missing", "is not missing"]
  private static let ordered = [
    "=", "!=", "in", "not in", "<", "<=", ">", ">=", "between", "not between", "is missing", "is not missing",
  ]

  @Test(arguments: [
    ("", 1, nil, FilterFault.Expectation.condition), ("  ", 3, nil, .condition),
    ("and", 1, "and", .condition),
    ("tag = a and", 12, nil, .condition), ("tag = a or or", 12, "or", .condition),
    ("'tag' = a", 1, "'tag'", .condition), ("()", 2, ")", .condition), ("not", 4, nil, .condition),
    ("tag", 4, nil, .comparison(named)), ("tag refund", 5, "refund", .comparison(named)),
    ("tag < a", 5, "<", .comparison(named)), ("agent between a and b", 7, "between", .comparison(named)),
    ("hour ! 9", 6, "!", .comparison(ordered)), ("handling not 9", 10, "not", .comparison(ordered)),
    ("hour not", 6, "not", .comparison(ordered)), ("tag not between a and b", 5, "not", .comparison(named)),
    ("period >= 2016", 8, ">=", .comparison(["=", "!=", "in", "not in", "from", "to"])),
    ("tag =", 6, nil, .value), ("tag = = a", 7, "=", .value), ("tag = )", 7, ")", .value),
    ("tag = not", 7, "not", .quotes), ("tag = Missing", 7, "Missing", .quotes),
    ("tag in (a, in)", 12, "in", .quotes), ("tag = 'a", 7, "'a", .closingQuote),
    ("tag 'a", 5, "'a", .closingQuote), ("tag = a'b", 8, "'b", .closingQuote),
    ("tag in a", 8, "a", .list), ("tag in ()", 9, ")", .value), ("tag in (a,)", 11, ")", .value),
    ("tag in (a b)", 11, "b", .listEnd), ("tag in (a", 10, nil, .listEnd),
    ("(tag = a", 9, nil, .closingParenthesis), ("(tag = a b)", 10, "b", .closingParenthesis),
    ("tag = a b", 9, "b", .connective), ("tag = a)", 8, ")", .connective), ("true = a", 6, "=", .connective),
    ("tag is a", 8, "a", .words(["missing", "not missing"])), ("tag is not a", 12, "a", .words(["missing"])),
    ("hour between 1, 2", 15, ",", .words(["and"])), ("hour between 1 and", 19, nil, .value),
    ("period from", 12, nil, .value),
  ])
  func theFirstWrongPlaceIsNamed(
    text: String, column: Int, found: String?, expected: FilterFault.Expectation
  ) {
    #expect(
      fault(text) == FilterFault(column: column, found: found, expected: expected, nearest: []), "\(text)")
  }

  @Test(arguments: [
    ("hour = 24", "24", FilterFault.Expectation.number(0...23)), ("hour < -1", "-1", .number(0...23)),
    ("hour = 1.5", "1.5", .number(0...23)),
    ("hour = 99999999999999999999", "99999999999999999999", .number(0...23)),
    ("weekday = 0", "0", .number(1...7)), ("weekday = mon", "mon", .number(1...7)),
    ("weekday in (1, 8)", "8", .number(1...7)), ("rating < good", "good", .number(1...5)),
    ("rating between 1 and 6", "6", .number(1...5)), ("year = 1899", "1899", .number(1900...2200)),
    ("year > 2201", "2201", .number(1900...2200)), ("day = 2016-02-30", "2016-02-30", .bucket(.day)),
    ("day = 2016-02", "2016-02", .bucket(.day)), ("day > 1899-12-31", "1899-12-31", .bucket(.day)),
    ("week = 2016-W53", "2016-W53", .bucket(.week)), ("week = 2016-09", "2016-09", .bucket(.week)),
    ("month = 2016-13", "2016-13", .bucket(.month)), ("quarter = 2016-Q5", "2016-Q5", .bucket(.quarter)),
    ("quarter = Q1", "Q1", .bucket(.quarter)), ("handling = 5.0", "5.0", .seconds),
    ("handling > 0:05:00", "0:05:00", .seconds), ("talk = 5m", "5m", .seconds), ("hold > -1", "-1", .seconds),
    ("handling = ''", "''", .seconds), ("hour between 17 and 9", "9", .upperBound),
    ("day between 2016-03-01 and 2016-02-29", "2016-02-29", .upperBound),
    ("handling between 2 and 1", "1", .upperBound),
    ("period = 2016-02-30", "2016-02-30", .period(.impossible(.name, "2016-02-30"))),
    ("period to 2016-02-01T00:00", "2016-02-01T00:00", .period(.offsetMissing(.to, "2016-02-01T00:00"))),
    ("period from 2016-02 to 2016-03-01", "2016-02", .period(.unreadable(.from, "2016-02", nearest: []))),
    (
      "period from 2016-03-01 to 2016-02-01", "from",
      .period(.backwards(from: "2016-03-01", to: "2016-02-01"))
    ),
  ])
  func aValueThatTheFieldCannotHaveIsRefused(
    text: String, found: String, expected: FilterFault.Expectation
  ) throws {
    let refusal = try #require(fault(text))
    #expect(refusal.expected == expected)
    #expect(refusal.found == found)
    #expect(text.dropFirst(refusal.column - 1).hasPrefix(found))
  }

  @Test(arguments: [
    ("hours > 9", ["hour"]), ("tags = a", ["tag"]), ("Chanel = a", ["channel"]),
    ("handeling > 9", ["handling"]),
    ("xyzzy = 9", []), ("closing = visiter", ["visitor"]), ("closing = agnet", ["agent"]),
    ("flag = zeros", ["zero"]), ("basis = part", ["parts"]), ("bot = tru", ["true"]),
    ("rating = goood", ["good"]), ("period = last-mont", ["last-month"]),
  ])
  func whatMayHaveBeenMeantIsNamed(text: String, nearest: [String]) {
    #expect(fault(text)?.nearest == nearest)
  }

  @Test func knownWordsAreListed() {
    #expect(fault("closing = x")?.expected == .words(["agent", "visitor", "natural", "bot"]))
    #expect(fault("rating = 6")?.expected == .words(["1", "2", "3", "4", "5", "good", "bad"]))
    #expect(fault("basis = x")?.expected == .words(["none", "given", "parts", "derived"]))
    #expect(fault("flag = x")?.expected == .words(ContactFlags.names.map(\.name)))
    #expect(fault("bot = yes")?.expected == .words(["true", "false"]))
  }

  @Test func columnsCountCharacters() {
    #expect(fault("tag = 'é👩‍👩‍👧日' x")?.column == 13)
    #expect(fault("tag = e\u{301}\u{302} x")?.column == 9)
    #expect(fault("tag = a\r\nx")?.column == 9)
  }

  @Test func whatWasFoundIsCutShort() {
    #expect(fault("tag = a \(String(repeating: "x", count: 500))")?.found?.count == 60)
  }

  @Test func nestingIsBounded() throws {
    let open = String(repeating: "(", count: 100)
    let close = String(repeating: ")", count: 100)
    #expect(try Filter(where: "\(open)bot = true\(close)") == .isBot)
    #expect(
      fault("(\(open)bot = true\(close))")
        == FilterFault(column: 101, found: "(", expected: .lessNesting(limit: 100), nearest: []))
    #expect(fault(String(repeating: "not ", count: 101) + "true")?.expected == .lessNesting(limit: 100))
    #expect(fault(String(repeating: "(", count: 10_000))?.expected == .lessNesting(limit: 100))
    // Depth is left again with each parenthesis.
    #expect(fault(String(repeating: "(not true) and ", count: 600) + "true") == nil)
  }

  @Test func lengthIsBounded() {
    let blanks = String(repeating: " ", count: 9_996)
    #expect(fault("true" + blanks) == nil)
    #expect(
      fault("true " + blanks)
        == FilterFault(column: 10_001, found: nil, expected: .fewerBytes(limit: 10_000), nearest: []))
    #expect(
      fault(String(repeating: "é", count: 5_001))?.expected == .fewerBytes(limit: 10_000))
  }
}
