internal import HandlingAnalytics

/// A field of shades: a line for each row, the columns' titles above, the classes below.
struct TextHeatMap {
  let picture: HeatPicture

  /// What columns are called where their names don't fit: one for each of the most columns there can be.
  private static let keys = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN")

  /// Light to dark; a blank is the lightest of them where it can't be taken for a field without a value.
  private let shades: [Character]

  init(_ picture: HeatPicture) {
    self.picture = picture
    shades = (picture.hasGaps ? [] : [" "]) + ["░", "▒", "▓", "█"]
  }

  func lines(on canvas: TextCanvas) -> [String] {
    let count = picture.columns.count
    let longestRow = picture.rows.map(DisplayWidth.of).max() ?? 0
    let longestColumn = picture.columns.map(DisplayWidth.of).max() ?? 0
    let room = canvas.width - min(longestRow, canvas.width / 3) - 2
    let cell = max(min(picture.isRuled ? 6 : min(longestColumn + 1, 16), room / count), 1)
    let titleWidth = min(longestRow, canvas.width - 2 - cell * count)
    let scale = picture.scale(shades: canvas.isStyled ? TextCanvas.heats.count : shades.count)

    var lines = [canvas.heading(picture.title)]
    let isKeyed = !picture.isRuled && longestColumn >= cell && cell < 8
    lines.append(ruler(titleWidth + 2, cell, longestColumn, isKeyed, canvas))
    for (title, figures) in zip(picture.rows, picture.figures) {
      let fields = figures.map { figure in
        guard let value = figure.drawn, let scale else { return String(repeating: " ", count: cell) }
        return field(scale.shade(of: value), cell, canvas)
      }
      var line = DisplayWidth.fitted(title, to: titleWidth) + "  " + fields.joined()
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    if isKeyed {
      let keys = zip(Self.keys, picture.columns).map {
        "\($0) \(DisplayWidth.shortened($1, to: canvas.width / 2))"
      }
      lines += canvas.wrapped(keys.map { ($0, DisplayWidth.of($0)) })
    }
    return lines + canvas.wrapped(legend(scale, canvas))
  }

  private func ruler(
    _ start: Int, _ cell: Int, _ longest: Int, _ isKeyed: Bool, _ canvas: TextCanvas
  ) -> String {
    if isKeyed {
      return canvas.ruler(picture.columns.indices.map { (start + $0 * cell, String(Self.keys[$0])) }, gap: 0)
    }
    let titles = picture.columns.map { picture.isRuled ? $0 : DisplayWidth.shortened($0, to: cell - 1) }
    let step = [1, 2, 3, 4, 6, 12].first { $0 * cell > longest } ?? 24
    return canvas.ruler(
      picture.columns.indices.filter { !picture.isRuled || $0.isMultiple(of: step) }
        .map { (start + $0 * cell, titles[$0]) })
  }

  private func field(_ shade: Int, _ cell: Int, _ canvas: TextCanvas) -> String {
    canvas.isStyled
      ? "\u{1B}[48;5;\(TextCanvas.heats[shade])m\(String(repeating: " ", count: cell))\u{1B}[0m"
      : String(repeating: shades[shade], count: cell)
  }

  /// Each class by its shade and where it begins.
  private func legend(_ scale: HeatScale?, _ canvas: TextCanvas) -> [(text: String, width: Int)] {
    let name = picture.measure.isBin ? "n" : picture.measure.name
    let head = picture.measure.unitText.map { "\(name), \($0), from" } ?? "\(name) from"
    var items = [(text: head, width: DisplayWidth.of(head))]
    if let scale {
      for (place, lowerEnd) in scale.lowerEnds.enumerated() {
        let text = picture.measure.text(at: lowerEnd)
        let swatch = field(scale.shade(ofClass: place), canvas.isStyled ? 3 : 1, canvas)
        items.append(
          (canvas.isStyled ? "\(swatch) \(text)" : "[\(swatch)] \(text)", 4 + DisplayWidth.of(text)))
      }
    }
    if picture.hasGaps { items.append(("[ ] no value", 12)) }
    return items
  }
}
