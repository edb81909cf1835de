/// Where a picture of text is drawn: how wide it is and whether it may be coloured.
struct TextCanvas {
  /// Columns.
  let width: Int
  let isStyled: Bool

  /// Backgrounds of a heat map, least to greatest, of the 256 colours: one hue that grows lighter, without the ends
  /// that would vanish on a black or a white terminal.
  static let heats = [18, 25, 31, 38, 45, 81, 123]

  init(width: Int, isStyled: Bool) {
    self.width = min(max(width, 48), 1_000)
    self.isStyled = isStyled
  }

  /// A line of its own above a picture.
  func heading(_ text: String) -> String {
    let text = DisplayWidth.shortened(text, to: width)
    return isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  /// What is measured, as opposed to what is written about it.
  func tinted(_ text: String) -> String {
    isStyled ? "\u{1B}[38;5;68m\(text)\u{1B}[0m" : text
  }

  /// Items with two spaces between, on as many lines as they need; each with its width, as it may be styled.
  func wrapped(_ items: [(text: String, width: Int)]) -> [String] {
    var lines: [String] = []
    var taken = 0
    for item in items {
      if lines.isEmpty || taken + 2 + item.width > width {
        lines.append(item.text)
        taken = item.width
      } else {
        lines[lines.count - 1] += "  " + item.text
        taken += 2 + item.width
      }
    }
    return lines
  }

  /// Titles below or above the places that they belong to: as many as can stand without touching.
  ///
  /// - Parameters:
  ///   - titles: ascending by the column at which they begin.
  ///   - gap: columns between them at least.
  func ruler(_ titles: [(column: Int, text: String)], gap: Int = 1) -> String {
    var line = ""
    var taken = 0
    for title in titles {
      let size = DisplayWidth.of(title.text)
      let column = min(title.column, width - size)
      guard column >= (taken == 0 ? 0 : taken + gap) else { continue }
      line += String(repeating: " ", count: column - taken) + title.text
      taken = column + size
    }
    return line
  }
}
