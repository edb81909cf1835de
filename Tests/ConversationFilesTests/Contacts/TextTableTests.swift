import ConversationFiles
import TestSupport
import Testing

struct TextTableTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func agreesWithADictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let table = TextTable()
    var numbers: [[UInt8]: Int] = [:]
    let alphabet = Array("ab\u{0} é".utf8)
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        alphabet.randomElement(using: &random)!
      }
      let expected = numbers[text] ?? numbers.count
      numbers[text] = expected
      #expect(table.number(of: text.span) == expected)
    }
    #expect(numbers.count > 600)
    let byNumber = numbers.sorted { $0.value < $1.value }.map { String(decoding: $0.key, as: UTF8.self) }
    #expect(table.texts.map { Array($0.utf8) } == byNumber.map { Array($0.utf8) })
  }

  @Test func textsThatOnlyLookAlikeDiffer() {
    let table = TextTable()
    let texts = ["", "\u{E9}", "e\u{301}", "a", "A", "aa", "a\u{0}"]
    #expect(texts.map { table.number(of: Array($0.utf8).span) } == [0, 1, 2, 3, 4, 5, 6])
    #expect(table.number(of: Array("e\u{301}".utf8).span) == 2)
  }
}
