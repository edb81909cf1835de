internal import HandlingAnalytics

/// Horizontal bars, a line each, to an eighth of a column.
struct TextBars {
  let picture: BarPicture
  let showsTotal: Bool

  init(_ picture: BarPicture, showsTotal: Bool) {
    self.picture = picture
    self.showsTotal = showsTotal
  }

  func lines(on canvas: TextCanvas) -> [String] {
    let values = picture.bars.map { picture.text(of: $0.figure) }
    let total = picture.text(of: picture.total)
    let valueWidth = (values + [total]).map(DisplayWidth.of).max() ?? 0
    let longest = picture.bars.map { DisplayWidth.of($0.title) }.max() ?? 0
    // A name may take two fifths of the line, but ten columns are left for the bars.
    let titleWidth = max(min(longest, canvas.width * 2 / 5, canvas.width - valueWidth - 14), 3)
    let cells = canvas.width - titleWidth - valueWidth - 4
    let reference = showsTotal ? picture.totalExtent.map { min(Int($0 * Double(cells)), cells - 1) } : nil

    func line(_ title: String, _ bar: String, _ value: String) -> String {
      DisplayWidth.fitted(title, to: titleWidth) + "  " + bar + "  "
        + DisplayWidth.fitted(value, to: valueWidth, isRight: true)
    }
    var lines = [canvas.heading(picture.title)]
    for (place, bar) in picture.bars.enumerated() {
      if picture.isAfterGap(place) { lines.append("⋮") }
      let eighths = Self.eighths(picture.extent(of: bar.figure), of: cells)
      lines.append(line(bar.title, self.bar(eighths, cells, reference, canvas), values[place]))
    }
    if showsTotal {
      var mark = [Character](repeating: " ", count: cells)
      if let reference { mark[reference] = "▲" }
      lines.append(line("all", String(mark), total))
    }
    return lines
  }

  /// A length in eighths of a column; what is above 0 is never nothing.
  static func eighths(_ extent: Double, of cells: Int) -> Int {
    max(Int((extent * Double(cells * 8)).rounded()), extent > 0 ? 1 : 0)
  }

  private func bar(_ eighths: Int, _ cells: Int, _ reference: Int?, _ canvas: TextCanvas) -> String {
    var bar = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { bar.append(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1]) }
    let length = bar.count
    var rest = [Character](repeating: " ", count: cells - length)
    if let reference, reference >= length { rest[reference - length] = "│" }
    return (length > 0 ? canvas.tinted(bar) : "") + String(rest)
  }
}
