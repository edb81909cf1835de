public import HandlingAnalytics

/// The forms a report can be given in.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// Aligned columns for people.
  case table
  /// RFC 4180, full precision, seconds.
  case csv
  /// One object, full precision, seconds.
  case json
  /// A table for tickets and pages.
  case markdown
  /// A picture for pages and reports; see ``HandlingReport/svg(of:showsTotal:)``.
  case svg
}

extension HandlingReport {
  /// The report as text that ends with a newline, piece by piece: an answer of a million rows is never in memory as
  /// text.
  ///
  /// - Parameters:
  ///   - showsTotal: whether the total row comes first.
  ///   - screen: where a table is shown.
  /// - Throws: a ``ChartFault`` when the report has no picture, as SVG only.
  public func write(
    as format: ReportFormat, showsTotal: Bool = true, on screen: Screen = .plain, to write: (String) -> Void
  ) throws(ChartFault) {
    switch format {
    case .table: TableRendering(report: self, showsTotal: showsTotal, screen: screen).write(to: write)
    case .csv: writeCSV(showsTotal: showsTotal, to: write)
    case .json: writeJSON(showsTotal: showsTotal, to: write)
    case .markdown: MarkdownRendering(report: self, showsTotal: showsTotal).write(to: write)
    case .svg: write(try svg(showsTotal: showsTotal))
    }
  }

  /// The whole text at once; see ``write(as:showsTotal:on:to:)``.
  public func rendered(
    as format: ReportFormat, showsTotal: Bool = true, on screen: Screen = .plain
  ) throws(ChartFault) -> String {
    var text = ""
    try write(as: format, showsTotal: showsTotal, on: screen) { text += $0 }
    return text
  }
}
