@testable import TagRanking

/// Features of a text by plain Strings and Characters' scalars: slow, and written from the definition.
enum PlainFeatures {
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    ScalarFolds.computed(scalar.value).isUnspaced
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// The stretches of word characters, lower-case, each of spaced or of unspaced scripts alone.
  static func stretches(_ text: String) -> [(scalars: [UInt32], isUnspaced: Bool)] {
    var stretches: [(scalars: [UInt32], isUnspaced: Bool)] = []
    var isOpen = false
    for scalar in text.unicodeScalars {
      if isMark(scalar), isOpen {
        stretches[stretches.count - 1].scalars.append(scalar.value)
      } else if isWord(scalar) {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first!.value
        if isOpen, stretches.last!.isUnspaced == isUnspaced(scalar) {
          stretches[stretches.count - 1].scalars.append(lower)
        } else {
          stretches.append(([lower], isUnspaced(scalar)))
        }
        isOpen = true
      } else {
        isOpen = false
      }
    }
    return stretches
  }

  private static func hash(_ word: [UInt32]) -> UInt64 {
    word.reduce(FeatureHash.emptyWord) { FeatureHash.word($0, adding: $1) }
  }

  /// Features of words and of pairs of words.
  static func wordFeatures(_ text: String) -> Set<Int> {
    let words = stretches(text).flatMap { $0.isUnspaced ? $0.scalars.map { [$0] } : [$0.scalars] }
    return Set(
      words.map { FeatureHash.feature(ofWord: hash($0)) }
        + zip(words, words.dropFirst()).map { FeatureHash.feature(ofPair: hash($0), hash($1)) })
  }

  /// Occurrences by feature.
  static func counts(_ text: String) -> [Int: Int] {
    let stretches = stretches(text)
    let words = stretches.flatMap { $0.isUnspaced ? $0.scalars.map { [$0] } : [$0.scalars] }
    var features = words.map { FeatureHash.feature(ofWord: hash($0)) }
    features += zip(words, words.dropFirst()).map { FeatureHash.feature(ofPair: hash($0), hash($1)) }
    for stretch in stretches {
      let inner = stretch.isUnspaced ? stretch.scalars : Array(stretch.scalars.prefix(20))
      let framed = [0x3C] + inner + [0x3E]
      for start in 0...(framed.count - 3) {
        features.append(FeatureHash.feature(ofPiece: framed[start], framed[start + 1], framed[start + 2]))
      }
      for start in framed.indices where start + 4 <= framed.count {
        features.append(
          FeatureHash.feature(ofPiece: framed[start], framed[start + 1], framed[start + 2], framed[start + 3])
        )
      }
    }
    return features.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
