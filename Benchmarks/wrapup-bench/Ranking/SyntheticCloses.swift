/// Closes whose texts are made of Zipf-like words, a few of them typical of the tag; the same on every run.
struct SyntheticCloses {
  struct Close {
    let category: Int32
    let tag: Int32
    let text: String
  }

  private static let vocabulary = 20_000
  private static let typicalWords = 12

  let names: [String]
  /// Tags of each category, by its id - 1.
  let candidates: [[Int32]]
  var mapping: [(category: Int32, tag: Int32)] {
    candidates.enumerated().flatMap { category, tags in tags.map { (Int32(category + 1), $0) } }
  }
  private let words: Int
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  init(tags: Int, categories: Int, words: Int) {
    names = (0..<tags).map { "Tag \(String($0 + 10_000).dropFirst())" }
    candidates = (0..<categories).map { category in
      (0..<tags).filter { $0 * categories / tags == category }.map { Int32($0 + 1) }
    }
    self.words = words
  }

  mutating func next() -> Close {
    let category = number(below: candidates.count)
    let tags = candidates[category]
    let tag = tags[number(below: tags.count)]
    var text = ""
    for _ in 0..<words {
      let isTypical = number(below: 6) == 0
      let rank =
        isTypical
        ? (Int(tag) * Self.typicalWords + number(below: Self.typicalWords)) % Self.vocabulary : zipf()
      text += Self.word(rank) + " "
    }
    return Close(category: Int32(category + 1), tag: tag, text: text)
  }

  /// A rank whose probability falls off about as one over the rank.
  private mutating func zipf() -> Int {
    var bound = 8
    while bound < Self.vocabulary, number(below: 11) > 0 { bound *= 2 }
    return number(below: min(bound, Self.vocabulary))
  }

  /// A pronounceable word of four to ten letters.
  private static func word(_ rank: Int) -> String {
    let (consonants, vowels) = (Array("bcdfghklmnprstvw"), Array("aeiou"))
    var (rest, word) = (rank + 37, "")
    while rest > 0 || word.count < 4 {
      word.append(consonants[rest % 16])
      word.append(vowels[rest / 16 % 5])
      rest /= 80
    }
    return word
  }

  private mutating func number(below bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }
}
