internal import HandlingAnalytics

/// A report for people: aligned, durations as h:mm:ss, and below what the figures rest on.
struct TableRendering {
  let report: HandlingReport
  let showsTotal: Bool
  let screen: Screen

  func write(to write: (String) -> Void) {
    let query = report.query
    let table = AlignedTable(
      query.dimensions.map { ($0.rawValue, $0.isNumeric ? .right : .left) }
        + query.measures.map { ($0.name, .right) }, keyCount: query.dimensions.count)
    let total = AlignedTable.Row(query.dimensions.map { _ in "*" } + cells(report.total), isStrong: true)
    let rows = report.rows.lazy.map { AlignedTable.Row($0.labels.map(FigureText.text) + cells($0.figures)) }
    table.write(showsTotal ? [total] : [], rows, on: screen, to: write)
    write("\n")
    for note in ReportNotes(report).lines { write(screen.lines(of: PrintableText.of(note))) }
  }

  private func cells(_ figures: [HandlingReport.Figure]) -> [String] {
    zip(report.query.measures, figures).map { FigureText.text($1, of: $0) }
  }
}
