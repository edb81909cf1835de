internal import HandlingAnalytics

/// What a report looks like, whatever it is drawn with: its shape decides.
enum ReportPicture {
  /// One dimension: a bar for each value.
  case bars(BarPicture)
  /// Two dimensions: a field for each pair of values.
  case heatMap(HeatPicture)
  /// No dimension: a bar for each range of values.
  case histogram(HistogramPicture)

  /// The most rows of an answer that are drawn.
  static let rowLimit = 10_000

  /// - Parameter measure: what is drawn; `nil` for the first measure that is no count, else the first.
  init(_ report: HandlingReport, of measure: Measure?) throws(ChartFault) {
    let query = report.query
    let bins = query.measures.filter(\.isBin)
    guard query.dimensions.count <= 2 else {
      throw .dimensions(count: query.dimensions.count, limit: 2)
    }
    if let measure, !query.measures.contains(measure) { throw .notInAnswer(measure) }
    guard !query.dimensions.isEmpty else {
      guard !bins.isEmpty else { throw report.basis.n == 0 ? .noRows : .noDimension }
      self = .histogram(HistogramPicture(report, bins))
      return
    }
    guard !report.rows.isEmpty else { throw .noRows }
    guard report.rows.count <= Self.rowLimit else {
      throw .rows(count: report.rows.count, limit: Self.rowLimit)
    }
    if query.dimensions.count == 1, measure == nil, bins.count == query.measures.count {
      self = .heatMap(HeatPicture(report, bins: bins))
      return
    }
    let drawn = measure ?? query.measures.first { $0.kind != .count } ?? query.measures[0]
    if query.dimensions.count == 1 {
      self = .bars(BarPicture(report, of: drawn))
    } else {
      self = .heatMap(try HeatPicture(report, of: drawn))
    }
  }
}
