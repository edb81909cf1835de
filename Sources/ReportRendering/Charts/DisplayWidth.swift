/// How many columns of a terminal a text takes: none for marks and joiners, two for East Asian and emoji characters,
/// one for the rest (UAX #11, without its ambiguous class).
package enum DisplayWidth {
  /// O(characters).
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The text, cut to `width` columns at most with an ellipsis where something is missing.
  package static func shortened(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var kept = ""
    var taken = 1
    for character in text {
      taken += of(character)
      if taken > width { break }
      kept.append(character)
    }
    return width > 0 ? kept + "…" : ""
  }

  /// The text cut or filled to exactly `width` columns.
  package static func fitted(_ text: String, to width: Int, isRight: Bool = false) -> String {
    let short = shortened(text, to: width)
    let padding = String(repeating: " ", count: Swift.max(0, width - of(short)))
    return isRight ? padding + short : short + padding
  }

  private static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    // Parts joined to one picture take the place of one.
    let isPicture = scalars.contains { scalar in
      switch scalar.value {
      case 0x200D, 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true
      default: false
      }
    }
    if isPicture { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    // The soft hyphen is shown.
    case .format: return scalar == "\u{AD}" ? 1 : 0
    default: break
    }
    switch scalar.value {
    // Vowels and finals of a Hangul syllable stand within the square of its first letter.
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return 0
    default: return isWide(scalar.value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The blocks of East Asian wide and fullwidth characters; emoji are told by their property.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF,
      0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F2FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
