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

  /// A word whose features have been added from `start` on.
  mutating func add(_ word: Word) { words.append(word) }

  /// The features of a word.
  func features(of place: Int) -> ArraySlice<Occurrence> {
    features[words[place].start..<(place + 1 < words.count ? words[place + 1].start : features.count)]
  }

  /// The features of a word but for its pair with the one before it.
  func ownFeatures(of place: Int) -> ArraySlice<Occurrence> {
    let all = features(of: place)
    return place == 0 ? all : all.prefix(1) + all.dropFirst(2)
  }

  /// What the text would be made of without all words of a key. O(features).
  func without(_ key: UInt64, into rest: inout TextFeatures) {
    rest.removeAll()
    for place in words.indices where words[place].key != key {
      var word = words[place]
      let all = features(of: place)
      word.start = rest.features.count
      rest.features.append(all[all.startIndex])
      if let before = rest.words.last {
        rest.add(FeatureHash.feature(ofPair: before.last, word.first), isPiece: false)
      }
      rest.features += all.dropFirst(place == 0 ? 1 : 2)
      rest.words.append(word)
    }
  }
}
