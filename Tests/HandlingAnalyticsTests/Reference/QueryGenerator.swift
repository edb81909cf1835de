import CivilTime
import Columnar
import TestSupport

@testable import HandlingAnalytics

/// Random questions, each with its zone.
struct QueryGenerator {
  static let zones = ["UTC", "Europe/Paris", "America/Sao_Paulo"]
  static let allMeasures: [Measure] =
    Measure.names.compactMap { Measure(name: $0) }
    + [1, 250, 500, 900, 950, 999].map { .quantile(permille: $0) }

  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func next() -> (query: HandlingQuery, zone: String) {
    let count = Int.random(in: 1...3, using: &generator)
    var query = HandlingQuery(
      by: Array(Dimension.allCases.shuffled(using: &generator).prefix(count)),
      measures: Self.allMeasures.shuffled(using: &generator))
    // A question without quantiles or without conversations takes other ways through the scan.
    if Bool.random(using: &generator) { query.measures.removeLast(Int.random(in: 0..<18, using: &generator)) }
    query.attribution = HandlingQuery.Attribution.allCases.randomElement(using: &generator)!
    query.quantiles = HandlingQuery.QuantileMethod.allCases.randomElement(using: &generator)!
    query.includesOpen = Bool.random(using: &generator)
    query.includesBots = Bool.random(using: &generator)
    return (query, Self.zones.randomElement(using: &generator)!)
  }

  /// Three questions that between them read every column.
  static var everyColumn: [HandlingQuery] {
    var first = HandlingQuery(by: [.tag, .category, .hour], measures: allMeasures)
    first.attribution = .started
    first.includesOpen = true
    first.includesBots = true
    var second = HandlingQuery(by: [.agent, .month], measures: allMeasures)
    second.attribution = .ended
    let third = HandlingQuery(by: [.group, .channel, .week], measures: allMeasures)
    return [first, second, third]
  }
}

extension ContactTable {
  /// The answers to ``QueryGenerator/everyColumn``, in Paris.
  func everyAnswer(slices: Int = 1) throws -> [HandlingReport] {
    let zone = try TimeZoneRules(identifier: "Europe/Paris")
    return try QueryGenerator.everyColumn.map { try report($0, in: zone, on: .serial(slices: slices)) }
  }

  /// Every row again, as it would be written: what reports don't show is seen too.
  func everyRow() throws -> [ContactRows.Row] {
    var found: [ContactRows.Row] = []
    for (block, hidden) in blocks {
      var rows = ContactRows()
      try block.appendRows(to: &rows, unless: { _ in false })
      var hiddenRows: [UInt32] = []
      hidden?.list(into: &hiddenRows)
      for row in 0..<rows.count where !hiddenRows.contains(UInt32(row)) { found.append(rows.row(row)) }
    }
    return found.sorted { $0.contact < $1.contact }
  }
}

extension ContactRows {
  /// One row as it was appended, but for the mark that a block adds.
  func row(_ index: Int) -> Row {
    var row = Row(
      conversation: conversations[index], contact: contacts[index], startedAt: startedAt[index],
      endedAt: endedAt[index] == .min ? nil : endedAt[index],
      reportedAt: reportedAt[index] == .min ? nil : reportedAt[index],
      seconds: seconds[index] == .max ? nil : seconds[index],
      marks: ContactMarks(bits: marks[index] & ~ContactMarks.sole))
    row.channel = channels[index]
    row.category = categories[index]
    row.agent = agents[index]
    row.group = groups[index]
    row.tags = tags(of: index).map { numericCast($0) }
    return row
  }
}
