import TestSupport
import Testing

@testable import HandlingAnalytics

/// Whatever is given, a filter or a fault comes back, and a fault points into the text.
struct FilterFuzzTests {
  private func check(_ text: String) throws {
    let filter: Filter
    do {
      filter = try Filter(where: text)
    } catch {
      #expect(error.column >= 1 && error.column <= text.count + 1, "\(text)")
      #expect(error.found != "", "\(text)")
      return
    }
    let written = filter.text
    if written.utf8.count <= 10_000 { #expect(try Filter(where: written) == filter, "\(text)") }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func anyBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...80, using: &generator)
      let isASCII = Bool.random(using: &generator)
      let bytes = (0..<count).map { _ in
        UInt8.random(in: 0...(isASCII ? 127 : 255), using: &generator)
      }
      try check(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static let tokens =
    FilterField.names
    + [
      "and", "or", "not", "in", "is", "between", "missing", "AND", "(", ")", "(", ")", ",", "=", "!=", "<",
      "<=",
      ">", ">=", "!", "'", "\"", "''", "'a b'", "\"x\"", "true", "false", "from", "to", "a", "9", "24", "0",
      "5",
      "-1", "4294967295", "99999999999999999999999", "2016", "2016-Q1", "2016-02", "2016-02-30", "2016-02-29",
      "2016-W09", "2016-W53", "given", "none", "zero", "agent", "good", "30d", "0d", "last-month", "..",
      "2016-01-01..2016-02-01", "2016-01-01T00:00Z", "2016-01-01T00:00", "é", "\u{301}", "\u{0}", "\r\n", "👩‍👩‍👧",
    ]

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func anyTokens(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...14, using: &generator)
      let parts = (0..<count).map { _ in Self.tokens.randomElement(using: &generator)! }
      try check(parts.joined(separator: Bool.random(using: &generator) ? " " : ""))
    }
  }

  /// Right texts with one place damaged reach further into the grammar than noise does.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func damagedFilters(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var filters = FilterGenerator(seed: seed)
    for _ in 0..<500 {
      var scalars = Array(filters.next(depth: 3).text.unicodeScalars)
      let place = Int.random(in: 0..<scalars.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: scalars.remove(at: place)
      case 1:
        scalars.insert(contentsOf: Self.tokens.randomElement(using: &generator)!.unicodeScalars, at: place)
      default: scalars.removeSubrange(place...)
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      try check(String(text))
    }
  }

  @Test(arguments: ["(", "not ", "tag in (", "tag = a and ", "tag=a or(", "'", "not(", "((true)and"])
  func endlessRepetition(part: String) throws {
    try check(String(repeating: part, count: 10_000 / part.utf8.count))
    try check(String(repeating: part, count: 20_000))
  }
}
