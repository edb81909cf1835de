/// Text in columns: words to the left, numbers to the right, two spaces between.
package struct AlignedTable {
  /// Where a column's cells stand.
  package enum Alignment: Sendable { case left, right }

  private let alignments: [Alignment]
  private var rows: [(cells: [String], isStrong: Bool)] = []

  /// A table that begins with its header.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    append(columns.map(\.title), isStrong: true)
  }

  /// Adds a row of as many cells as there are columns.
  ///
  /// - Parameter isStrong: shown bold where the terminal may be styled.
  package mutating func append(_ cells: [String], isStrong: Bool = false) {
    precondition(cells.count == alignments.count)
    rows.append((cells.map(PrintableText.of), isStrong))
  }

  /// All rows, a line each. O(cells).
  package func text(isStyled: Bool) -> String {
    let widths = alignments.indices.map { column in rows.map { $0.cells[column].count }.max() ?? 0 }
    var text = ""
    for (cells, isStrong) in rows {
      var line = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column > 0 { line += "  " }
        line += alignments[column] == .left ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      text += (isStyled && isStrong ? "\u{1B}[1m\(line)\u{1B}[0m" : line) + "\n"
    }
    return text
  }
}
