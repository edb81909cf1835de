import TestSupport
import Testing

@testable import TagRanking

struct TextWordsTests {
  @Test(arguments: [
    ("Where is my parcel? My PARCEL!", ["where", "is", "my", "parcel"]),
    ("", []), ("?! …", []), ("don't  péage Ünter", ["don", "t", "péage", "ünter"]),
    ("退款 请求abc", ["退款", "请求", "abc"]), ("e\u{301}te\u{301} été", ["e\u{301}te\u{301}"]),
    ("\u{301}x 12a", ["x", "12a"]), ("доставка 🙂 доставка", ["доставка"]),
  ])
  func wordsAreToldOnceInLowerCase(text: String, words: [String]) {
    // Compared scalar by scalar. Composed and decomposed accents make one word, spelt as it was first.
    #expect(
      TextWords(text).words.map { Array($0.name.unicodeScalars) } == words.map { Array($0.unicodeScalars) })
  }

  @Test func aWordIsTakenOutWhereverItStands() throws {
    let words = TextWords("My parcel, MY Parcel; parcels")
    let parcel = try #require(words.words.first { $0.name == "parcel" })
    #expect(words.text(without: parcel) == "My , MY ; parcels")
    let one = TextWords("退款")
    #expect(one.text(without: one.words[0]) == "")
  }

  @Test func aLongTextEndsWhereReadingDoes() {
    let text = String(repeating: "word ", count: 10_000) + "last"
    #expect(TextWords(text).words.map(\.name) == ["word", "wor"])
    let many = (0..<1_000).map { "w\($0)" }.joined(separator: " ")
    #expect(TextWords(many).words.count == 200)
  }
}
