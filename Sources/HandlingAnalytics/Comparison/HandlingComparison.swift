/// One question over two periods, side by side.
public struct HandlingComparison: Equatable, Sendable {
  /// What a period is compared with.
  public enum Other: Hashable, Sendable {
    /// The period of the same kind just before.
    case previous
    /// Any other.
    case period(Period)
  }

  /// The same labels in both periods; `nil` where a period has no such row.
  public struct Row: Equatable, Sendable {
    /// One label a dimension.
    public let labels: [HandlingReport.Label]
    /// One figure a measure, in the period asked about.
    public let figures: [HandlingReport.Figure]?
    /// One figure a measure, in the other period.
    public let figuresBefore: [HandlingReport.Figure]?

    /// A row from its parts.
    package init(
      labels: [HandlingReport.Label], figures: [HandlingReport.Figure]?,
      figuresBefore: [HandlingReport.Figure]?
    ) {
      self.labels = labels
      self.figures = figures
      self.figuresBefore = figuresBefore
    }
  }

  /// The answer for the period asked about. Its measures are those of the question, each mean and quantile followed by
  /// its 95% interval; it has all rows.
  public let report: HandlingReport
  /// The answer for the other period.
  public let before: HandlingReport
  /// In the order asked for, by the figures of the period asked about; at most as many as asked for.
  public let rows: [Row]
  /// How many rows there are without the limit.
  public let rowCount: Int

  /// The measures of both.
  public var measures: [Measure] { report.query.measures }

  /// The change of a figure: exact where both are whole numbers, undefined where one is.
  public static func change(
    from before: HandlingReport.Figure?, to figure: HandlingReport.Figure?
  ) -> HandlingReport.Figure {
    switch (before, figure) {
    case (.whole(let before)?, .whole(let figure)?): return .whole(figure - before)
    default:
      guard let before = before?.number, let figure = figure?.number else { return .none }
      return .real(figure - before)
    }
  }

  /// The change as a share of what was before; `nil` where there is none, or nothing before.
  public static func changeRatio(
    from before: HandlingReport.Figure?, to figure: HandlingReport.Figure?
  ) -> Double? {
    guard let before = before?.number, let figure = figure?.number, before != 0 else { return nil }
    return (figure - before) / before.magnitude
  }
}

extension HandlingComparison {
  /// Puts two answers to one question side by side. O(rows log rows).
  init(_ report: HandlingReport, _ before: HandlingReport, order: HandlingQuery.Order?, limit: Int?) {
    self.report = report
    self.before = before
    var figuresBefore: [[HandlingReport.Label]: [HandlingReport.Figure]] = [:]
    for row in before.rows { figuresBefore[row.labels] = row.figures }
    var rows: [Row] = []
    for row in report.rows {
      rows.append(
        Row(
          labels: row.labels, figures: row.figures,
          figuresBefore: figuresBefore.removeValue(forKey: row.labels)))
    }
    for row in before.rows where figuresBefore[row.labels] != nil {
      rows.append(Row(labels: row.labels, figures: nil, figuresBefore: row.figures))
    }
    // Rows of a period alone come last where a figure decides; labels know their places.
    if order == nil {
      let keys = rows.map { $0.labels.map(LabelOrder.Key.init) }
      rows = rows.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { rows[$0] }
    }
    rowCount = rows.count
    self.rows = Array(rows.prefix(limit ?? .max))
  }
}

extension HandlingQuery {
  /// The measures with the 95% intervals of means and quantiles, where these have one.
  var measuresWithIntervals: [Measure] {
    guard !splits else { return measures }
    var all: [Measure] = []
    for measure in measures {
      if !all.contains(measure) { all.append(measure) }
      let bounds: [Measure] =
        switch measure {
        case .mean: Measure.Bound.allCases.map { .meanInterval($0) }
        case .quantile(let permille): Measure.Bound.allCases.map { .quantileInterval(permille: permille, $0) }
        default: []
        }
      for bound in bounds where !all.contains(bound) { all.append(bound) }
    }
    return all
  }
}
