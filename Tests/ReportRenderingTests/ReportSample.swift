import Conversations

@testable import HandlingAnalytics

/// A small answer with every kind of label and figure in it.
enum ReportSample {
  static func report(
    by dimensions: [Dimension] = [.tag, .hour],
    measures: [Measure] = [.contacts, .mean, .sd, .quantile(permille: 995)],
    total: [HandlingReport.Figure] = [.whole(1_234_567), .real(3661.5), .none, .whole(90)],
    rows: [HandlingReport.Row] = [
      .init(
        labels: [.name("a,\"b\"\nc"), .number(7)], figures: [.whole(1), .real(59.4), .real(0.1), .none]),
      .init(labels: [.missing, .missing], figures: [.whole(0), .none, .none, .whole(3_600_000)]),
    ],
    leftOutOpen: Int = 0, leftOutBots: Int = 0, provisional: Int? = nil,
    bases: [HandlingBasis: Int] = [.given: 2],
    change: (inout HandlingQuery) -> Void = { _ in }
  ) -> HandlingReport {
    var query = HandlingQuery(by: dimensions, measures: measures)
    change(&query)
    return HandlingReport(
      query: query, zone: "Europe/Paris", seq: 42, total: total, rows: rows, scanned: 12_345,
      leftOutOpen: leftOutOpen, leftOutBots: leftOutBots, provisional: provisional, bases: bases)
  }
}
