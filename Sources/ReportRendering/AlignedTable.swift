/// Text in columns: words to the left, numbers to the right, two spaces between.
///
/// Rows are asked for again rather than kept, so that a table takes no memory of its own.
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
  private let keyCount: Int
  private let wholeColumn: Int?

  /// The columns of a table.
  ///
  /// - Parameters:
  ///   - keyCount: how many leading columns say what a row is about; else the first of words. They stand in front again
  ///     where the others do not fit beside each other.
  ///   - wholeColumn: one whose cells are to be copied, and never broken: where the table does not fit they stand on
  ///     lines of their own, under their rows.
  package init(
    _ columns: [(title: String, alignment: Alignment)], keyCount: Int? = nil, wholeColumn: Int? = nil
  ) {
    self.wholeColumn = wholeColumn
    titles = columns.map(\.title)
    alignments = columns.map(\.alignment)
    self.keyCount = keyCount ?? (alignments.first == .left ? 1 : 0)
  }

  /// Prints the header and all rows; a line each where the screen is wide enough. O(cells).
  ///
  /// - Parameters:
  ///   - first: rows that come before the others.
  ///   - rows: gone through twice, and again for each further block that a narrow screen makes of the columns.
  package func write(
    _ first: [Row], _ rows: some Sequence<Row>, on screen: Screen, to write: (String) -> Void
  ) {
    let header = Row(titles, isStrong: true)
    let natural = widest([header] + first, rows) { _, cell in DisplayWidth.of(cell) }
    guard let width = screen.width, natural.reduce(0, +) + 2 * natural.count - 2 > width else {
      let all = Array(titles.indices)
      for row in [header] + first { write(lines(row, all, natural, screen)) }
      for row in rows { write(lines(row, all, natural, screen)) }
      return
    }
    let narrowest = widest([header] + first, rows) { column, cell in
      alignments[column] == .left ? WrappedText.widestWord(of: cell) : DisplayWidth.of(cell)
    }
    let columns = titles.indices.filter { $0 != wholeColumn }
    let layout = TableLayout(
      natural: columns.map { natural[$0] }, narrowest: columns.map { narrowest[$0] }, keyCount: keyCount,
      within: width)
    var widths = natural
    for (place, column) in columns.enumerated() { widths[column] = layout.widths[place] }
    for (place, block) in layout.blocks.enumerated() {
      if place > 0 { write("\n") }
      let block = block.map { columns[$0] }
      for row in [header] + first { write(lines(row, block, widths, screen)) }
      for row in rows {
        write(lines(row, block, widths, screen) + (place == 0 ? wholeLine(row) : ""))
      }
    }
  }

  /// The cell that stands on a line of its own, if the row has one.
  private func wholeLine(_ row: Row) -> String {
    guard let wholeColumn, row.cells[wholeColumn] != "–" else { return "" }
    return "    \(PrintableText.of(row.cells[wholeColumn]))\n"
  }

  /// The whole table at once.
  package func text(_ rows: [Row], on screen: Screen) -> String {
    var text = ""
    write([], rows, on: screen) { text += $0 }
    return text
  }

  /// The greatest measure of each column's cells.
  private func widest(_ first: [Row], _ rows: some Sequence<Row>, _ measure: (Int, String) -> Int) -> [Int] {
    var widths = titles.map { _ in 0 }
    func widen(_ row: Row) {
      for (column, cell) in row.cells.enumerated() {
        widths[column] = max(widths[column], measure(column, PrintableText.of(cell)))
      }
    }
    first.forEach(widen)
    rows.forEach(widen)
    return widths
  }

  /// The cells of some columns, in as many lines as the tallest of them takes.
  private func lines(_ row: Row, _ columns: [Int], _ widths: [Int], _ screen: Screen) -> String {
    let cells = columns.map { column in
      let cell = PrintableText.of(row.cells[column])
      return alignments[column] == .left ? WrappedText.lines(of: cell, within: widths[column]) : [cell]
    }
    var text = ""
    for place in 0..<(cells.map(\.count).max() ?? 1) {
      var line = ""
      for (column, cell) in zip(columns, cells) {
        let part = place < cell.count ? cell[place] : ""
        let padding = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(part)))
        if column != columns.first { line += "  " }
        line += alignments[column] == .left ? part + padding : padding + part
      }
      while line.last == " " { line.removeLast() }
      text += (screen.isStyled && row.isStrong ? "\u{1B}[1m\(line)\u{1B}[0m" : line) + "\n"
    }
    return text
  }
}
