/// Text for an SVG picture: escaped, and measured without a font at hand.
enum SVGText {
  /// Text as XML holds it; control characters, which XML has no place for, become U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in PrintableText.of(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A coordinate with one decimal at most.
  static func number(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    let whole = "\(tenths.magnitude / 10)"
    let text = tenths.isMultiple(of: 10) ? whole : "\(whole).\(tenths.magnitude % 10)"
    return tenths < 0 ? "-\(text)" : text
  }

  /// About how wide a text is: a little more than in the usual sans-serif fonts.
  static func width(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + ems($1) } * size
  }

  /// The text, cut with an ellipsis where it would be wider.
  static func shortened(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var kept = ""
    var taken = size
    for character in text {
      taken += ems(character) * size
      if taken > width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text in lines that are no wider, broken at blanks.
  static func lines(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, self.width("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(shortened(String(word), to: width, size: size))
      }
    }
    return lines
  }

  private static func ems(_ character: Character) -> Double {
    switch character {
    case "i", "j", "l", "I", "t", "f", "r", "'", "|", ".", ",", ":", ";", "!", "(", ")", "[", "]", " ", "-":
      0.36
    case "m", "w", "M", "W", "%", "@", "…", "—", "≥": 0.92
    case "A"..."Z", "&", "_": 0.7
    default: 0.59 * Double(min(DisplayWidth.of(String(character)), 2))
    }
  }
}
