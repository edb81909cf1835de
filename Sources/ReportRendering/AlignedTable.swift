/// Text in columns: words to the left, numbers to the right, two spaces between.
///
/// Rows are asked for twice, once to find the widths and once to print, so that a table takes no memory of its own.
package struct AlignedTable {
  /// Where a column's cells stand.
  package enum Alignment: Sendable { case left, right }

  /// One line.
  package struct Row {
    /// As many as there are columns.
    package var cells: [String]
    /// Shown bold where the terminal may be styled.
    package var isStrong: Bool

    package init(_ cells: [String], isStrong: Bool = false) {
      self.cells = cells
      self.isStrong = isStrong
    }
  }

  private let titles: [String]
  private let alignments: [Alignment]

  /// The columns of a table.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    titles = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Prints the header and all rows, a line each. O(cells).
  ///
  /// - Parameters:
  ///   - first: rows that come before the others.
  ///   - rows: gone through twice.
  package func write(_ first: [Row], _ rows: some Sequence<Row>, isStyled: Bool, to write: (String) -> Void) {
    var widths = titles.map { DisplayWidth.of(PrintableText.of($0)) }
    func widen(_ row: Row) {
      for (column, cell) in row.cells.enumerated() {
        widths[column] = max(widths[column], DisplayWidth.of(PrintableText.of(cell)))
      }
    }
    first.forEach(widen)
    rows.forEach(widen)
    write(line(Row(titles, isStrong: true), widths, isStyled: isStyled))
    for row in first { write(line(row, widths, isStyled: isStyled)) }
    for row in rows { write(line(row, widths, isStyled: isStyled)) }
  }

  /// The whole table at once.
  package func text(_ rows: [Row], isStyled: Bool) -> String {
    var text = ""
    write([], rows, isStyled: isStyled) { text += $0 }
    return text
  }

  private func line(_ row: Row, _ widths: [Int], isStyled: Bool) -> String {
    var line = ""
    for (column, cell) in row.cells.enumerated() {
      let printable = PrintableText.of(cell)
      let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(printable))
      if column > 0 { line += "  " }
      line += alignments[column] == .left ? printable + padding : padding + printable
    }
    while line.last == " " { line.removeLast() }
    return (isStyled && row.isStrong ? "\u{1B}[1m\(line)\u{1B}[0m" : line) + "\n"
  }
}
