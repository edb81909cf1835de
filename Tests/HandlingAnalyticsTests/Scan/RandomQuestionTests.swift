import Foundation
import TestSupport
import Testing

@testable import HandlingAnalytics

/// Random questions over random contacts, each answered a second time by the definitions.
struct RandomQuestionTests {
  /// So many tables; `WRAPUP_QUESTIONS` asks for more of them.
  private static let tables = UInt64(ProcessInfo.processInfo.environment["WRAPUP_QUESTIONS"] ?? "") ?? 100
  private static let questions = 25

  @Test(arguments: 1...tables) func questionsAreAnsweredAsByTheirDefinition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let contacts = Self.contacts(seed: seed, using: &random)
    // Blocks of a few contacts: ranges that decide, columns of one value, several blocks for each slice.
    let blockLimit = [6, 12, 40, ContactBlock.rowLimit].randomElement(using: &random)!
    let table = contacts.table(blockLimit: blockLimit)
    let calendar = ReferenceCalendar(zone: QueryGenerator.zones.randomElement(using: &random)!)
    var questions = QueryGenerator(seed: seed, over: contacts, in: calendar)
    for _ in 0..<Self.questions {
      let query = questions.next()
      let slices = [1, 2, 7].randomElement(using: &random)!
      // Room for a few dozen rows at a time, every now and then.
      let memory = Int.random(in: 0..<6, using: &random) == 0 ? 12_000 : nil
      let report = try table.answer(
        query, in: calendar.zone, over: contacts, on: .serial(slices: slices), memory: memory)
      let expected = ReferenceAnswer(query, over: contacts, in: calendar)
      if let difference = expected.difference(from: report) {
        Issue.record(
          "seed \(seed), \(slices) slices, memory \(memory ?? 0), \(calendar.zone): \(difference) \(query)")
      }
      #expect(report.query == query)
      #expect(report.zone == calendar.zone)
      #expect(report.seq == 1)
      var ordered = query
      (ordered.order, ordered.limit) = questions.order(of: query)
      try Self.expectOrdered(
        table.answer(ordered, in: calendar.zone, over: contacts, on: .serial(slices: slices), memory: memory),
        from: report)
    }
  }

  private static func contacts(seed: UInt64, using random: inout SeededGenerator) -> [Contact] {
    var generator = ContactGenerator(seed: seed)
    generator.longest = [.max - 1, 1 << 24, (1 << 24) - 1, 7_200].randomElement(using: &random)!
    let size = [0, 1, 3, 20, 40, 60].randomElement(using: &random)!
    return generator.contacts(
      conversations: 0..<Int64(size), openShare: [0, 10, 40].randomElement(using: &random)!)
  }

  /// Whether a report has the rows of `whole`, which has all in the order of their labels, in its own order and up to
  /// its limit.
  private static func expectOrdered(_ report: HandlingReport, from whole: HandlingReport) throws {
    #expect(report.total == whole.total)
    #expect(report.rowCount == whole.rowCount)
    #expect(report.basis == whole.basis)
    var rows = Array(whole.rows)
    if let order = report.query.order {
      let keyed = rows.enumerated().map { ($0.offset, Self.key(of: $0.element, order, report.query)) }
      let places = keyed.sorted { one, other in
        switch (one.1, other.1) {
        case (let first?, let second?) where first != second:
          return order.isDescending ? second < first : first < second
        case (nil, .some): return false
        case (.some, nil): return true
        default: return one.0 < other.0
        }
      }
      rows = places.map { rows[$0.0] }
    }
    #expect(Array(report.rows) == Array(rows.prefix(report.query.limit ?? .max)))
  }

  /// What a row is ordered by, as texts and numbers that sort alike; `nil` for what has no value.
  private static func key(_ figure: HandlingReport.Figure) -> Double? {
    switch figure {
    case .whole(let number): Double(number)
    case .real(let number): number
    case .none: nil
    }
  }

  private struct Key: Comparable {
    var number = 0.0
    var text = ""

    static func < (one: Key, other: Key) -> Bool { (one.number, one.text) < (other.number, other.text) }
  }

  private static func key(
    of row: HandlingReport.Row, _ order: HandlingQuery.Order, _ query: HandlingQuery
  ) -> Key? {
    switch order.key {
    case .measure(let measure):
      return key(row.figures[query.measures.firstIndex(of: measure)!]).map { Key(number: $0) }
    case .dimension(let dimension):
      let label = row.labels[query.dimensions.firstIndex(of: dimension)!]
      return label == .missing ? nil : Key(text: label.place)
    }
  }
}
