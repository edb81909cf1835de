import TestSupport
import Testing

@testable import TagRanking

struct TextReaderTests {
  private static let pieces = [
    "refund", "Parcel", "DON'T", " ", "  ", "\n", "-", "_", "é", "E\u{301}", "Straße", "İstanbul", "ДОСТАВКА",
    "πακέτο", "ΣΊΣΥΦΟΣ", "退款", "どこですか", "ไม่ได้", "한국어", "שלום", "مرحبا", "हिन्दी", "👍🏽", "🇫🇷", "\u{FE0F}",
    "\u{200D}", "١٢٣", "x2", "42", "a", "\u{0}", "pneumonoultramicroscopicsilicovolcanoconiosis", "𝒳", "ﬁ",
    "Ǆ",
  ]

  private static func counts(_ text: String, _ reader: inout TextReader) -> [Int: Int] {
    reader.read(text)
    #expect(Set(reader.counts.tally.features).count == reader.counts.tally.features.count)
    return Dictionary(
      uniqueKeysWithValues: zip(
        reader.counts.tally.features.map(Int.init), reader.counts.tally.occurrences.map(Int.init))
    )
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func agreesWithPlainStrings(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var reader = TextReader()
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        Bool.random(using: &random)
          ? Self.pieces.randomElement(using: &random)!
          : String(Unicode.Scalar(UInt32.random(in: 0...0x2FFFF, using: &random)) ?? " ")
      }.joined(separator: Bool.random(using: &random) ? " " : "")
      #expect(Self.counts(text, &reader) == PlainFeatures.counts(text), "\(text.unicodeScalars.map(\.value))")
    }
  }

  @Test func whatHasNoWordsHasNoFeatures() {
    var reader = TextReader()
    for text in ["", " \n\t", "?!…", "😀👍🏽", "\u{FE0F}\u{200D}\u{301}", "\u{0}"] {
      #expect(Self.counts(text, &reader).isEmpty)
    }
  }

  @Test func caseAndPunctuationSayNothing() {
    var reader = TextReader()
    let plain = Self.counts("where is my parcel", &reader)
    #expect(Self.counts("WHERE is... my  Parcel?", &reader) == plain)
    #expect(Self.counts("my parcel where is", &reader) != plain)
  }

  @Test func aLongTextCostsNoMoreThanItsBeginning() {
    var reader = TextReader()
    // Cut inside a character of three bytes: it is finished.
    for filler in ["a b ", "refund ", "退", "é"] {
      let text = "x" + String(repeating: filler, count: 1 << 20 / filler.utf8.count)
      let long = Self.counts(text, &reader)
      let total: Int = long.values.reduce(0, +)
      #expect(total <= 8 * TextReader.byteLimit)
      #expect(Self.counts(text + " more and more", &reader) == long)
    }
    let word = String(repeating: "a", count: 1 << 20)
    // The word, 20 pieces of three characters and 19 of four.
    let total: Int = Self.counts(word, &reader).values.reduce(0, +)
    #expect(total == 40)
  }

  @Test func theHashIsTheSameEverywhere() {
    // Known numbers: a model of yesterday means the same words today.
    let word = "refund".unicodeScalars.reduce(FeatureHash.emptyWord) {
      FeatureHash.word($0, adding: $1.value)
    }
    #expect(FeatureHash.feature(ofWord: word) == 57486)
    #expect(FeatureHash.feature(ofPair: word, word) == 19955)
    #expect(FeatureHash.feature(ofPiece: 0x3C, 0x72, 0x65) == 15321)
    #expect(FeatureHash.feature(ofPiece: 0x3C, 0x72, 0x65, 0x66) == 60556)
  }
}
