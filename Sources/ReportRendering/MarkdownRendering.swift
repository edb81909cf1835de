internal import HandlingAnalytics

/// A report as a Markdown table, to be put into a ticket or a page, with its notes below.
package struct MarkdownRendering {
  let report: HandlingReport
  let showsTotal: Bool

  func write(to write: (String) -> Void) {
    let query = report.query
    Self.writeHeader(
      query.dimensions.map { ($0.rawValue, $0.isNumeric ? .right : .left) }
        + query.measures.map { ($0.name, .right) }, to: write)
    if showsTotal { write(Self.line(query.dimensions.map { _ in "*" } + cells(report.total))) }
    for row in report.rows { write(Self.line(row.labels.map(FigureText.text) + cells(row.figures))) }
    write("\n")
    write(ReportNotes(report).lines.map(Self.escaped).joined(separator: "\\\n") + "\n")
  }

  private func cells(_ figures: [HandlingReport.Figure]) -> [String] {
    zip(report.query.measures, figures).map { FigureText.text($1, of: $0) }
  }

  /// A whole table.
  package static func write(
    _ columns: [(title: String, alignment: AlignedTable.Alignment)], _ rows: [[String]],
    to write: (String) -> Void
  ) {
    writeHeader(columns, to: write)
    for row in rows { write(line(row)) }
  }

  private static func writeHeader(
    _ columns: [(title: String, alignment: AlignedTable.Alignment)], to write: (String) -> Void
  ) {
    write(line(columns.map(\.title)))
    write("| " + columns.map { $0.alignment == .left ? "---" : "---:" }.joined(separator: " | ") + " |\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
  }

  /// Text that Markdown shows as it is, whatever a name holds.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in PrintableText.of(text).unicodeScalars {
      if "\\`*_[]<>|#&~".unicodeScalars.contains(character) { escaped += "\\" }
      escaped.unicodeScalars.append(character)
    }
    return escaped
  }
}
