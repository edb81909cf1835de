/// A picture being drawn: elements on a sheet 560 units wide, in the style that all of them share.
struct SVGDrawing {
  /// Classes of text.
  enum Style: String {
    case label
    /// At the right or the middle of the given point.
    case end = "label end"
    case middle = "label middle"
    case small
    case smallEnd = "small end"
    case smallMiddle = "small middle"
    case value = "value end"
    case valueMiddle = "value middle"
  }

  static let width = 560.0
  static let labelSize = 14.0
  static let smallSize = 12.0
  /// The most bars, or rows of a heat map, that are drawn.
  static let rowLimit = 60

  let title: String
  /// What is to be seen, in a sentence.
  var description = ""
  /// How far down anything was drawn.
  private(set) var height = 28.0
  private var elements: [String] = []

  init(title: String) {
    self.title = title
  }

  /// A line of text, turned to the left by so many degrees around its point.
  mutating func text(_ text: String, x: Double, y: Double, _ style: Style, turned degrees: Int = 0) {
    let point = "x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\""
    let turn =
      degrees > 0 ? " transform=\"rotate(-\(degrees) \(SVGText.number(x)) \(SVGText.number(y)))\"" : ""
    elements.append("<text class=\"\(style.rawValue)\" \(point)\(turn)>\(SVGText.escaped(text))</text>")
    reach(y + 6)
  }

  /// A rectangle, with what it stands for to be read by pointing at it.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, class name: String, says note: String? = nil,
    radius: Double = 0
  ) {
    let head =
      "<rect class=\"\(name)\" x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" "
      + "width=\"\(SVGText.number(width))\" height=\"\(SVGText.number(height))\""
      + (radius > 0 ? " rx=\"\(SVGText.number(radius))\"" : "")
    elements.append(head + (note.map { "><title>\(SVGText.escaped($0))</title></rect>" } ?? "/>"))
    reach(y + height)
  }

  /// A straight line.
  mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, class name: String) {
    path(
      "M\(SVGText.number(x1)) \(SVGText.number(y1))L\(SVGText.number(x2)) \(SVGText.number(y2))", class: name)
    reach(max(y1, y2))
  }

  /// Any path.
  mutating func path(_ data: String, class name: String) {
    elements.append("<path class=\"\(name)\" d=\"\(data)\"/>")
  }

  /// Room below what is drawn.
  mutating func reach(_ y: Double) { height = max(height, y) }

  /// The unit, and what the broken line stands for, under the title; where what follows can begin.
  mutating func caption(_ unit: String?, total: String?, isMarked: Bool) -> Double {
    var x = 0.0
    if let unit {
      text(unit, x: x, y: 40, .small)
      x += SVGText.width(unit, size: Self.smallSize) + 16
    }
    if let total {
      if isMarked {
        line(x1: x, y1: 36, x2: x + 24, y2: 36, class: "mark")
        x += 30
      }
      text("all \(total)", x: x, y: 40, .small)
    }
    return unit == nil && total == nil ? 40 : 56
  }

  /// The whole file, with sentences below the picture.
  func document(notes: [String]) -> String {
    var sheet = self
    sheet.reach(height + 10)
    for line in notes.flatMap({ SVGText.lines($0, width: Self.width, size: Self.smallSize) }) {
      sheet.text(line, x: 0, y: sheet.height + 9, .small)
    }
    let heading = SVGText.escaped(SVGText.shortened(title, to: Self.width, size: 18))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="wrapup" role="img" viewBox="-8 -4 \
      \(SVGText.number(Self.width + 16)) \(SVGText.number(sheet.height + 8))" \
      width="\(SVGText.number(Self.width + 16))" height="\(SVGText.number(sheet.height + 8))">
      <title>\(SVGText.escaped(title))</title>
      <desc>\(SVGText.escaped(([description] + notes).joined(separator: " ")))</desc>
      <style>\(SVGStyle.sheet)</style>
      <text class="title" x="0" y="18">\(heading)</text>
      \(sheet.elements.joined(separator: "\n"))
      </svg>

      """
  }
}
