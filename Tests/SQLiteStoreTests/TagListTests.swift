import SQLiteStore
import TestSupport
import Testing

struct TagListTests {
  @Test(
    arguments: [([], "[]"), ([3], "[3]"), ([3, 17, 1], "[3,17,1]"), ([.max], "[2147483647]")]
      as [([Int32], String)])
  func aListAsText(tags: [Int32], text: String) {
    #expect(TagList.text(tags) == text)
    #expect(TagList.tags(text) == tags)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func everyListReadsBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let tags = (0..<Int.random(in: 0...64, using: &random)).map { _ in
      Int32.random(in: 1...65_534, using: &random)
    }
    #expect(TagList.tags(TagList.text(tags)) == tags)
  }

  @Test(
    arguments: [
      ("", []), ("[", []), ("null", []), ("[1,2", [1]), ("1 2]", [1, 2]), ("[ 4 , 5 ]", [4, 5]),
      ("[,,6,]", [6]),
      ("[\"7\"]", [7]), ("[é8€]", [8]),
    ] as [(String, [Int32])])
  func aDamagedTextGivesAShorterList(text: String, tags: [Int32]) {
    #expect(TagList.tags(text) == tags)
  }

  @Test func noTextTraps() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<2000 {
      let text = String(
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          "0123456789[],- x".randomElement(using: &random)!
        })
      #expect(TagList.tags(text).count <= text.count)
    }
  }

  /// What no tag can be must not come out as another tag.
  @Test(arguments: ["[2147483648]", "[4294967299]", "[99999999999999999999]"])
  func aNumberBeyondEveryTagIsLeftOut(text: String) {
    #expect(TagList.tags(text) == [])
  }
}
