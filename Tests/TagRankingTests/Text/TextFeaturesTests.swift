import Testing

@testable import TagRanking

struct TextFeaturesTests {
  private static func names(_ text: String) -> [String] {
    var reader = TextReader()
    reader.read(text)
    var keys: Set<UInt64> = []
    return reader.features.words.filter { keys.insert($0.key).inserted }.map { reader.name(of: $0, in: text) }
  }

  @Test(arguments: [
    ("Where is my parcel? My PARCEL!", ["where", "is", "my", "parcel"]),
    ("", []), ("?! …", []), ("don't  péage Ünter", ["don", "t", "péage", "ünter"]),
    ("退款 请求abc", ["退款", "请求", "abc"]), ("e\u{301}te\u{301} x", ["e\u{301}te\u{301}", "x"]),
    ("\u{301}x 12a", ["x", "12a"]), ("доставка 🙂 доставка", ["доставка"]), ("abc退款", ["abc", "退款"]),
  ])
  func wordsAreNamedInLowerCase(text: String, words: [String]) {
    // Compared scalar by scalar: composed and decomposed accents are told apart.
    #expect(Self.names(text).map { Array($0.unicodeScalars) } == words.map { Array($0.unicodeScalars) })
  }

  @Test func aLongTextEndsWhereReadingDoes() {
    let text = String(repeating: "word ", count: 10_000) + "last"
    #expect(Self.names(text) == ["word", "wor"])
  }
}
