/// What each Unicode scalar is to a word: its lower-case form, or an end.
///
/// Letters, digits and other numbers make words; combining marks only go on with one, so that a decomposed accent or
/// an Indic vowel sign does not tear it apart. The answers of the standard library's Unicode tables are kept in pages
/// of 256 scalars, filled when first met: asking anew costs 20 times as much.
struct ScalarFolds: Sendable {
  /// A scalar as words see it, packed: bits 0–20 the lower-case scalar, 0 for one that ends words.
  struct Fold: Equatable {
    let bits: UInt32

    static let end = Fold(bits: 0)
    private static let markBit: UInt32 = 1 << 30
    private static let unspacedBit: UInt32 = 1 << 31

    init(bits: UInt32) { self.bits = bits }

    init(_ lower: UInt32, isMark: Bool = false, isUnspaced: Bool = false) {
      bits = lower | (isMark ? Self.markBit : 0) | (isUnspaced ? Self.unspacedBit : 0)
    }

    var lower: UInt32 { bits & 0x1F_FFFF }
    var isEnd: Bool { bits == 0 }
    /// Whether it goes on with a word but can't begin one.
    var isMark: Bool { bits & Self.markBit != 0 }
    /// Whether its script is written without spaces between words.
    var isUnspaced: Bool { bits & Self.unspacedBit != 0 }
  }

  /// Pages by scalar / 256; empty until one of its scalars is met. At most 4,352 pages of 1 KB.
  private var pages: [[UInt32]] = Array(repeating: [], count: 0x11_0000 / 256)

  /// The fold of a scalar from 0x80 on; ASCII has a way of its own. O(1), but for the first of a page.
  mutating func fold(_ scalar: UInt32) -> Fold {
    let page = Int(scalar >> 8)
    if pages[page].isEmpty { pages[page] = (0..<256).map { Self.computed(scalar & ~0xFF | $0).bits } }
    return Fold(bits: pages[page][Int(scalar & 0xFF)])
  }

  /// The fold straight from the Unicode tables.
  static func computed(_ value: UInt32) -> Fold {
    guard let scalar = Unicode.Scalar(value) else { return .end }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter, .letterNumber:
      // The one letter that becomes two (İ) keeps its first, as do readers who drop the dot.
      return Fold(scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value)
    case .lowercaseLetter, .modifierLetter, .decimalNumber, .otherNumber: return Fold(value)
    case .otherLetter: return Fold(value, isUnspaced: isUnspaced(value))
    case .nonspacingMark, .spacingMark, .enclosingMark: return Fold(value, isMark: true)
    default: return .end
    }
  }

  /// Thai, Lao, Myanmar, Khmer, kana, Han with their extensions: scripts without spaces between words.
  private static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x2_0000...0x3_FFFF:
      true
    default: false
    }
  }
}
