import TestSupport
import Testing

@testable import TagRanking

struct WordRemovalTests {
  private static let vocabulary = [
    "refund", "Parcel", "MY", "my", "péage", "退款", "どこ", "42", "x", "par", "cel", "parcels",
  ]

  private static func words(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 1...9, using: &random)).map { _ in vocabulary.randomElement(using: &random)! }
  }

  private static func vector(
    _ words: [String], _ frequencies: DocumentFrequencies, _ reader: inout TextReader
  ) -> FeatureVector {
    reader.read(words.joined(separator: " "))
    var vector = FeatureVector()
    frequencies.weigh(reader.counts.tally, into: &vector)
    return vector
  }

  /// Taken out of the vector, or out of the text: the same is left.
  @Test(arguments: 0..<5 as Range<UInt64>) func withoutAWord(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (reader, other) = (TextReader(), TextReader())
    var frequencies = DocumentFrequencies()
    for _ in 0..<50 {
      reader.read(Self.words(&random).joined(separator: " "))
      frequencies.learn(reader.counts.tally.features)
    }
    for _ in 0..<200 {
      let words = Self.words(&random)
      let whole = Self.vector(words, frequencies, &reader)
      var removal = WordRemoval(reader, whole, frequencies)
      // Twice each: nothing is left behind of what was taken out before.
      for place in removal.distinctWords(100) + removal.distinctWords(100) {
        let taken = words[place].lowercased()
        let rest = Self.vector(words.filter { $0.lowercased() != taken }, frequencies, &other)
        removal.remove(place)
        var values: [UInt32: Float] = [:]
        for (feature, value) in zip(whole.features, whole.values) { values[feature] = value }
        for change in removal.changes { values[whole.features[change.place]] = change.value }
        for addition in removal.additions { values[UInt32(addition.feature)] = addition.value }
        let left = values.mapValues { $0 * removal.scale }.filter { $0.value > 0 }
        #expect(Set(left.keys) == Set(rest.features), "\(words) without \(taken)")
        for (feature, value) in zip(rest.features, rest.values) {
          #expect(abs((left[feature] ?? 0) - value) < 1e-5, "\(words) without \(taken)")
        }
      }
    }
  }

  @Test func wordsAreListedOnceUpToALimit() {
    var reader = TextReader()
    var vector = FeatureVector()
    reader.read("my parcel MY refund")
    DocumentFrequencies().weigh(reader.counts.tally, into: &vector)
    let removal = WordRemoval(reader, vector, DocumentFrequencies())
    #expect(removal.distinctWords(9) == [0, 1, 3])
    #expect(removal.distinctWords(2) == [0, 1])
  }

  @Test func aTextWithoutWordsHasNone() {
    var reader = TextReader()
    reader.read("?!")
    #expect(WordRemoval(reader, FeatureVector(), DocumentFrequencies()).distinctWords(9) == [])
  }
}
