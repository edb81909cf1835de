internal import HandlingAnalytics

/// A comparison for people: each figure with its interval, the one before, and the change.
struct ComparisonTable {
  let comparison: HandlingComparison
  let showsTotal: Bool

  func write(as format: ReportFormat, on screen: Screen, to write: (String) -> Void) {
    let query = comparison.report.query
    var columns: [(title: String, alignment: AlignedTable.Alignment)] =
      query.dimensions.map { ($0.rawValue, $0.isNumeric ? .right : .left) }
    for measure in shown {
      columns += [(measure.name, .right), ("before", .right), ("change", .right), ("%", .right)]
    }
    let rows = (showsTotal ? comparison.allRows : comparison.rows).enumerated().map { place, row in
      AlignedTable.Row(
        row.labels.map(FigureText.text) + shown.flatMap { cells($0, row) }, isStrong: showsTotal && place == 0
      )
    }
    if format == .markdown {
      MarkdownRendering.write(columns, rows.map(\.cells), to: write)
    } else {
      AlignedTable(columns, keyCount: query.dimensions.count).write([], rows, on: screen, to: write)
    }
    write("\n")
    let notes = self.notes
    write(
      format == .markdown
        ? notes.map(MarkdownRendering.escaped).joined(separator: "\\\n") + "\n"
        : notes.map { screen.lines(of: PrintableText.of($0)) }.joined())
  }

  /// Ends of intervals stand beside their measure.
  private var shown: [Measure] { comparison.measures.filter { !$0.isBound } }

  private func cells(_ measure: Measure, _ row: HandlingComparison.Row) -> [String] {
    let (now, before) = (figure(measure, row.figures), figure(measure, row.figuresBefore))
    let change = HandlingComparison.change(from: before, to: now)
    let ratio = HandlingComparison.changeRatio(from: before, to: now)
    func signed(_ text: String, _ number: Double?) -> String { (number ?? 0) > 0 ? "+\(text)" : text }
    return [
      text(measure, row.figures), text(measure, row.figuresBefore),
      signed(FigureText.text(change, of: measure), change.number),
      ratio.map { signed(FigureText.decimal($0 * 100, places: 1), $0) } ?? "–",
    ]
  }

  private func figure(_ measure: Measure, _ figures: [HandlingReport.Figure]?) -> HandlingReport.Figure? {
    comparison.measures.firstIndex(of: measure).flatMap { figures?[$0] }
  }

  /// A figure with its interval, if it has one: 0:06:35 (0:05:42 to 0:07:17).
  private func text(_ measure: Measure, _ figures: [HandlingReport.Figure]?) -> String {
    let text = FigureText.text(figure(measure, figures) ?? .none, of: measure)
    func bound(_ bound: Measure.Bound) -> HandlingReport.Figure? {
      switch measure {
      case .mean: figure(.meanInterval(bound), figures)
      case .quantile(let permille): figure(.quantileInterval(permille: permille, bound), figures)
      default: nil
      }
    }
    guard let low = bound(.low), let high = bound(.high), low != .none || high != .none else { return text }
    return "\(text) (\(FigureText.text(low, of: measure)) to \(FigureText.text(high, of: measure)))"
  }

  private var notes: [String] {
    var notes = ["Current: " + ReportNotes(comparison.report).lines[0]]
    notes.append("Before: " + ReportNotes(comparison.before).lines[0])
    if comparison.measures.contains(where: \.isBound) {
      notes.append(
        "In parentheses: 95% intervals, of means by Student's t, of quantiles by order statistics; change is against before."
      )
    }
    if comparison.rows.count < comparison.rowCount {
      notes.append(
        "\(FigureText.grouped(comparison.rows.count)) of \(FigureText.grouped(comparison.rowCount)) rows are shown."
      )
    }
    return notes
  }
}
