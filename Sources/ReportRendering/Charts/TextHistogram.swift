internal import HandlingAnalytics

/// Upright bars side by side to an eighth of a line, their ranges and the quantiles below.
struct TextHistogram {
  let picture: HistogramPicture

  private static let height = 8

  init(_ picture: HistogramPicture) {
    self.picture = picture
  }

  func lines(on canvas: TextCanvas) -> [String] {
    let top = DisplayWidth.shortened(FigureText.grouped(wholeGreatest), to: 14)
    let axisWidth = DisplayWidth.of(top)
    let start = axisWidth + 2
    let isOpen = picture.openBin != nil
    let room = canvas.width - start - (isOpen ? 1 : 0)
    let cell = max(min(room / picture.bins.count, 8), 1)

    /// Where a bar begins; the one without an upper end stands apart.
    func column(_ bin: Int) -> Int { start + bin * cell + (bin == picture.openBin ? 1 : 0) }

    var lines = [canvas.heading(picture.title)]
    for row in 0..<Self.height {
      let axis =
        DisplayWidth.fitted(row == 0 ? top : "", to: axisWidth, isRight: true) + (row == 0 ? " ┤" : " │")
      lines.append(axis + bars(in: row, cell, canvas))
    }
    let length = column(picture.bins.count - 1) + cell - start
    lines.append(
      DisplayWidth.fitted("0", to: axisWidth, isRight: true) + " └" + String(repeating: "─", count: length))
    lines.append(ruler(column, cell, canvas))
    for mark in picture.marks {
      let place = picture.place(of: mark.value)
      let at = column(place.bin) + Int(place.part * Double(cell))
      let fits = at + 2 + DisplayWidth.of(mark.text) <= canvas.width
      let text = fits ? "▲ \(mark.text)" : "\(mark.text) ▲"
      let before = fits ? at : at - DisplayWidth.of(mark.text) - 1
      lines.append(String(repeating: " ", count: max(before, 0)) + text)
    }
    return lines
  }

  private var wholeGreatest: Int { picture.greatest < 9e18 ? Int(picture.greatest) : .max }

  /// What of the bars lies in one line, counted from the top.
  private func bars(in row: Int, _ cell: Int, _ canvas: TextCanvas) -> String {
    var line = ""
    for (place, bin) in picture.bins.enumerated() {
      let extent = picture.greatest > 0 ? (bin.count.drawn ?? 0) / picture.greatest : 0
      let eighths = TextBars.eighths(extent, of: Self.height) - (Self.height - 1 - row) * 8
      let block = Array(" ▁▂▃▄▅▆▇█")[min(max(eighths, 0), 8)]
      if place == picture.openBin { line += " " }
      line += String(repeating: block, count: cell)
    }
    while line.last == " " { line.removeLast() }
    return line.isEmpty ? "" : canvas.tinted(line)
  }

  /// Where ranges begin: as many as can be told apart, and always the one without an upper end.
  private func ruler(_ column: (Int) -> Int, _ cell: Int, _ canvas: TextCanvas) -> String {
    let longest = picture.bins.map { DisplayWidth.of($0.title) }.max() ?? 0
    let step = [1, 2, 3, 4, 5, 6, 10, 12].first { $0 * cell > longest } ?? 24
    let open = picture.openBin.map { bin in
      (
        column: min(column(bin), canvas.width - DisplayWidth.of(picture.bins[bin].title)),
        text: picture.bins[bin].title
      )
    }
    let closed = picture.bins.indices.filter { $0.isMultiple(of: step) && $0 != picture.openBin }
      .map { (column: column($0), text: picture.bins[$0].title) }
      .filter { title in open.map { title.column + DisplayWidth.of(title.text) < $0.column } ?? true }
    return canvas.ruler(closed + (open.map { [$0] } ?? []))
  }
}
