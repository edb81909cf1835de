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
    rowCount: Int? = nil, basis: HandlingReport.Basis = basis(),
    periodText: HandlingReport.PeriodText = .init(),
    change: (inout HandlingQuery) -> Void = { _ in }
  ) -> HandlingReport {
    var query = HandlingQuery(by: dimensions, measures: measures)
    change(&query)
    return HandlingReport(
      query: query, zone: "Europe/Paris", periodText: periodText, seq: 42, total: total, rows: .init(rows),
      rowCount: rowCount, basis: basis)
  }

  /// What an answer rests on: two values of the source, unless told otherwise.
  static func basis(
    _ bases: [HandlingBasis: Int] = [.given: 2], change: (inout HandlingReport.Basis) -> Void = { _ in }
  ) -> HandlingReport.Basis {
    var basis = HandlingReport.Basis()
    basis.scanned = 12_345
    basis.bases = bases
    basis.n = bases.values.reduce(0, +)
    change(&basis)
    return basis
  }

  /// An answer of one measure and one dimension.
  static func bars(
    by dimension: Dimension, _ measure: Measure, total: HandlingReport.Figure = .none,
    _ rows: [(HandlingReport.Label, HandlingReport.Figure)], rowCount: Int? = nil
  ) -> HandlingReport {
    report(
      by: [dimension], measures: [measure], total: [total],
      rows: rows.map { .init(labels: [$0.0], figures: [$0.1]) }, rowCount: rowCount)
  }

  /// An answer of one measure and two dimensions.
  static func field(
    by dimensions: [Dimension], _ measure: Measure,
    _ rows: [(HandlingReport.Label, HandlingReport.Label, HandlingReport.Figure)], rowCount: Int? = nil
  ) -> HandlingReport {
    report(
      by: dimensions, measures: [measure], total: [.none],
      rows: rows.map { .init(labels: [$0.0, $0.1], figures: [$0.2]) }, rowCount: rowCount)
  }

  /// How values are spread over ranges of so many seconds, the last of which has no end, with median and p90.
  static func histogram(
    _ counts: [Int], width: UInt32 = 60, median: HandlingReport.Figure, p90: HandlingReport.Figure
  ) -> HandlingReport {
    let bins = counts.indices.map { place in
      let from = UInt32(place) * width
      return Measure.bin(from: from, through: place == counts.count - 1 ? .max : from + width - 1)
    }
    return report(
      by: [], measures: bins + [.quantile(permille: 500), .quantile(permille: 900)],
      total: counts.map { .whole($0) } + [median, p90], rows: [])
  }
}
