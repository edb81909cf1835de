import Testing

@testable import HandlingAnalytics

struct FiguresTests {
  private static func figures(
    _ measures: [Measure], of values: [UInt32?], _ method: HandlingQuery.QuantileMethod = .type7
  ) throws -> [HandlingReport.Figure] {
    let contacts = values.enumerated().map { Contact.simple(Int64($0.offset), seconds: $0.element) }
    var query = HandlingQuery(by: [], measures: measures)
    query.quantiles = method
    return try contacts.table().answer(query).total
  }

  @Test(arguments: [
    // (permille, n, ranks): type 7 reads between rank (n-1)q rounded down and the next.
    (500, 0, []), (500, 1, [0, 0]), (500, 2, [0, 1]), (500, 3, [1, 2]), (250, 4, [0, 1]), (900, 4, [2, 3]),
    (950, 10, [8, 9]), (999, 1_001, [999, 1_000]), (999, 10, [8, 9]), (1, 10, [0, 1]),
  ])
  func type7ReadsTheseRanks(permille: Int, n: Int, ranks: [Int]) {
    let thousandths = (n - 1) * permille % 1000
    let expected: HandlingReport.Figure =
      ranks.isEmpty
      ? .none
      : thousandths == 0 || ranks[0] == ranks[1]
        ? .whole(ranks[0] * 1000) : .real(Double(ranks[0] * (1000 - thousandths) + ranks[1] * thousandths))
    #expect(Self.quantile(permille, ofMultiples: n, .type7) == expected)
  }

  /// A quantile of 0, 1000, 2000… in no order, of both widths.
  private static func quantile(_ permille: Int, ofMultiples n: Int, _ method: HandlingQuery.QuantileMethod)
    -> HandlingReport.Figure
  {
    var query = HandlingQuery(by: [], measures: [.quantile(permille: permille)])
    query.quantiles = method
    var values = (0..<n).reversed().map { UInt32($0 * 1000) }
    var sums = values.map { UInt64($0) }
    let figures = SortedFigures.figures(query.measures, of: &values, query)
    #expect(SortedFigures.figures(query.measures, of: &sums, query) == figures)
    return figures[0]
  }

  @Test(arguments: [
    // (permille, n, ranks): the nearest rank is qn rounded up, counted from 1.
    (500, 0, []), (500, 1, [0]), (500, 2, [0]), (500, 3, [1]), (250, 4, [0]), (251, 4, [1]), (900, 4, [3]),
    (950, 10, [9]), (900, 10, [8]), (999, 1_000, [998]), (999, 1_001, [999]), (1, 10, [0]),
  ])
  func nearestReadsThisRank(permille: Int, n: Int, ranks: [Int]) {
    #expect(
      Self.quantile(permille, ofMultiples: n, .nearest) == ranks.first.map { .whole($0 * 1000) } ?? .none)
  }

  @Test func quantilesInterpolateAsASpreadsheetDoes() throws {
    let quantiles = [250, 500, 900, 999].map { Measure.quantile(permille: $0) }
    let found = try Self.figures(quantiles, of: [40, 10, 30, 20])
    let expected = [17.5, 25, 37, 39.97]
    for (figure, value) in zip(found, expected) {
      guard case .real(let real) = figure else {
        Issue.record("\(figure) is not \(value)")
        continue
      }
      #expect(abs(real - value) < 1e-12)
    }
    #expect(
      try Self.figures(quantiles, of: [40, 10, 30, 20], .nearest) == [10, 20, 40, 40].map { .whole($0) })
  }

  @Test func aQuantileThatFallsOnAValueIsAWholeNumber() throws {
    let quantiles = [250, 500, 750].map { Measure.quantile(permille: $0) }
    #expect(try Self.figures(quantiles, of: [1, 5, 9, 13, 20]) == [.whole(5), .whole(9), .whole(13)])
    #expect(try Self.figures(quantiles, of: [6, 6, 6, 6]) == [.whole(6), .whole(6), .whole(6)])
    #expect(try Self.figures(quantiles, of: [3]) == [.whole(3), .whole(3), .whole(3)])
    #expect(try Self.figures(quantiles, of: [nil]) == [.none, .none, .none])
  }

  @Test func deviationsAreThoseOfTheTextbook() throws {
    // Mean 5, squared distances 32.
    let found = try Self.figures([.sdPopulation, .sd, .mean], of: [2, 4, 4, 4, 5, 5, 7, 9])
    #expect(found == [.real(2), .real((32.0 / 7).squareRoot()), .real(5)])
    #expect(try Self.figures([.sd, .sdPopulation], of: [7]) == [.none, .real(0)])
    #expect(try Self.figures([.sd, .sdPopulation], of: []) == [.none, .none])
  }

  @Test func deviationsOfLargeValuesDoNotCancel() throws {
    let top = UInt32.max - 1
    #expect(try Self.figures([.sd], of: [top, top - 1, top - 2]) == [.real(1)])
    #expect(try Self.figures([.sd, .sdPopulation], of: [top, top, top]) == [.real(0), .real(0)])
    #expect(try Self.figures([.sdPopulation], of: [0, top]) == [.real(Double(top) / 2)])
  }

  @Test func aConversationWithAMissingPartHasNoMean() throws {
    var contacts = [Contact.simple(1, seconds: 10), .simple(1, seconds: 30), .simple(2, seconds: 5)]
    contacts += [.simple(2, seconds: nil), .simple(3, seconds: 100), .simple(3, seconds: nil)]
    contacts[5].isHandled = false
    for index in contacts.indices { contacts[index].key = Int64(index) }
    let query = HandlingQuery(
      by: [], measures: [.conversations, .nConversation, .meanConversation, .missing])
    // 1: 10 + 30; 2: missing; 3: 100, the contact nobody handled has nothing to miss.
    let report = try contacts.table().answer(query)
    #expect(report.total == [.whole(3), .whole(2), .real(70), .whole(1)])
  }
}
