import Conversations
import TestSupport
import Testing

@testable import HandlingAnalytics

struct FilterTextTests {
  @Test(arguments: [
    "true", "false", "not false", "tag = a", "tag != a", "tag in (a, b)", "tag not in (a, 'b c')",
    "agent = 'and'",
    "group = ''", "tag = 'it''s'", "tag = 'say \"no\"'", "tag = été", "category is missing",
    "category is not missing",
    "hour >= 10", "not hour >= 10", "hour <= 5", "hour between 9 and 17", "hour not between 9 and 17",
    "day > 2016-02-29", "not day > 2016-02-29", "week < 2016-W09", "month >= 2016-02",
    "quarter in (2016-Q1, 2016-Q2)", "bot = true", "bot = false", "not bot = false", "basis = given",
    "basis not in (parts, derived)", "flag = zero", "flag not in (zero, long)", "flag != overlap",
    "handling = 5",
    "handling != 5", "handling in (5, 6)", "handling not in (5, 6)", "handling >= 5", "not talk >= 5",
    "hold <= 5", "wrapup between 5 and 6", "wrapup not between 5 and 6", "handling is missing",
    "handling is not missing", "visitor = x", "visitor not in (x, y)", "period = 2016-Q1",
    "period != last-month", "period from 2016-02-01", "period to 2016-02-01",
    "not period from 2016-02-01 to 2016-02-15", "tag = a and tag = b and tag = c",
    "tag = a or tag = b and tag = c", "(tag = a or tag = b) and tag = c",
    "tag = a and (tag = b and tag = c)",
    "tag = a or (tag = b or tag = c)", "not (tag = a or tag = b)", "not (tag = a and tag = b)",
    "not (day > 2016-02-29 and tag = a) or hour between 1 and 2 and not tag != b",
  ])
  func canonicalTextReadsAndIsWrittenAgain(text: String) throws {
    #expect(try Filter(where: text).text == text)
  }

  @Test(arguments: [
    ("TYPE='a'", "tag = a"), ("hour > 09", "hour >= 10"), ("not (tag = a)", "tag != a"),
    ("tag in (a)", "tag = a"), ("day<2016-02-29", "day < 2016-02-29"), ("handling > 5", "handling >= 6"),
    ("handling < 9999999999", "handling >= 0"), ("handling < 0", "false"),
    ("basis is missing", "basis = none"),
    ("((tag=a)) and (tag=b)", "tag = a and tag = b"),
    ("(tag=a and tag=b) or tag=c", "tag = a and tag = b or tag = c"),
    ("week = 2016-w09", "week = 2016-W09"), ("Bot != TRUE", "bot = false"),
  ])
  func othersAreWrittenCanonically(text: String, canonical: String) throws {
    #expect(try Filter(where: text).text == canonical)
  }

  @Test(arguments: [
    (Filter.oneOf(.tag, []), "false"), (.not(.visitor([])), "not false"),
    (.not(.all([.any([.isBot])])), "bot = false"), (.basis([]), "false"),
    (.flags([]), "false"),
    (.range(.hour, from: nil, through: nil), "hour is not missing"),
    (.range(.rating, from: nil, through: nil), "rating between 1 and 5"),
    (.range(.hour, from: "17", through: "9"), "false"),
    (.range(.hour, from: "9", through: "17"), "hour between 9 and 17"),
    (.not(.range(.day, from: "2016-02-02", through: "2016-02-01")), "not false"),
    (.seconds(.talk, from: 7, through: 6), "false"), (.seconds(.talk, from: .max, through: .max), "false"),
    (.seconds(.talk, from: 0, through: .max), "talk >= 0"), (.all([.isBot]), "bot = true"),
    (.period(.between(from: nil, to: nil)), "year is not missing"),
  ])
  func plainerFormsAreWritten(filter: Filter, text: String) {
    #expect(filter.text == text)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func aFilterReadBackKeepsTheSameContacts(seed: UInt64) throws {
    let rows = FilterRow.random(150, seed: seed)
    var generator = FilterGenerator(seed: seed)
    for _ in 0..<250 {
      let filter = generator.next()
      let text = filter.text
      let read = try Filter(where: text)
      #expect(rows.map { $0.isKept(by: read) } == rows.map { $0.isKept(by: filter) }, "\(text)")
      #expect(read == filter.normalForm, "\(text)")
      #expect(read.normalForm == read, "\(text)")
      #expect(read.text == text)
    }
  }

  @Test func deepTextStaysReadable() throws {
    let deep =
      String(repeating: "(tag = a and not (day > 2016-02-29 or ", count: 33)
      + "true" + String(repeating: "))", count: 33)
    let filter = try Filter(where: deep)
    #expect(try Filter(where: filter.text) == filter)
  }
}
