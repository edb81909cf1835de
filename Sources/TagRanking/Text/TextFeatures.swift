/// A text taken apart: what each of its words is made of, in the order in which they stand.
///
///     features   [ word | pair | piece … ][ word | pair | piece … ] …
///                 ^ words[0].start          ^ words[1].start
///
/// The pair is that of a word with the one before it, which the first word lacks.
struct TextFeatures: Sendable {
  /// A feature as it occurs in a text.
  struct Occurrence: Equatable, Sendable {
    private let bits: UInt32

    init(_ feature: Int, isPiece: Bool) { bits = UInt32(feature) << 1 | (isPiece ? 1 : 0) }

    /// Below ``FeatureHash/count``.
    var feature: Int { Int(bits >> 1) }
    /// Whether it is three or four characters inside a word, rather than a word or a pair of words.
    var isPiece: Bool { bits & 1 == 1 }
  }

  /// A word, or a stretch of a script without spaces, each of whose characters counts as a word.
  struct Word: Sendable {
    /// Equal for equal words.
    var key: UInt64
    /// Where its features begin; they end where those of the next begin.
    var start: Int
    /// Where it stands in the text.
    var bytes: Range<Int>
    /// The hashes of the first and the last word of it.
    var first: UInt64
    var last: UInt64
  }

  private(set) var features: [Occurrence] = []
  private(set) var words: [Word] = []

  mutating func removeAll() {
    features.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func add(_ feature: Int, isPiece: Bool) { features.append(Occurrence(feature, isPiece: isPiece)) }

  /// All pieces of three and of four of the first characters of a word.
  mutating func addPieces(of word: [UInt32], count characterCount: Int) {
    let starts = characterCount - 2
    guard starts > 0 else { return }
    unsafe withUnsafeTemporaryAllocation(of: Occurrence.self, capacity: 2 * starts) { pieces in
      var count = 0
      // Safe: two for each start at most.
      for start in 0..<starts {
        let (a, b, c) = (word[start], word[start + 1], word[start + 2])
        unsafe pieces.initializeElement(
          at: count, to: Occurrence(FeatureHash.feature(ofPiece: a, b, c), isPiece: true))
        count &+= 1
        guard start + 3 < characterCount else { break }
        unsafe pieces.initializeElement(
          at: count, to: Occurrence(FeatureHash.feature(ofPiece: a, b, c, word[start + 3]), isPiece: true))
        count &+= 1
      }
      unsafe features.append(contentsOf: pieces[..<count])
    }
  }

  /// A word whose features have been added from `start` on.
  mutating func add(_ word: Word) { words.append(word) }

  /// Where the features of a word stand.
  func range(of place: Int) -> Range<Int> {
    words[place].start..<(place + 1 < words.count ? words[place + 1].start : features.count)
  }

  /// Where a word's pair with the one before it stands; `nil` for the first word.
  func pair(of place: Int) -> Int? { place > 0 ? words[place].start + 1 : nil }
}
