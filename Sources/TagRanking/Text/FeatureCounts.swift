/// How often each feature occurs in a text, in the order in which features first occur.
struct FeatureCounts: Sendable {
  /// What a feature was made of; where a word and a piece collide, a word.
  enum Kind: UInt8 {
    /// A word or a pair of words.
    case word
    /// Three or four characters inside a word.
    case piece
  }

  /// Features of 0 ..< ``FeatureHash/count``, each once.
  private(set) var features: [UInt16] = []
  private(set) var kinds: [Kind] = []
  /// Occurrences, at least 1, as many as features.
  private(set) var occurrences: [UInt32] = []
  /// By feature: its place in `features` plus 1, or 0.
  private var places = [UInt32](repeating: 0, count: FeatureHash.count)

  /// Forgets the last text. O(its features).
  mutating func removeAll() {
    for feature in features { places[Int(feature)] = 0 }
    features.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    occurrences.removeAll(keepingCapacity: true)
  }

  /// Counts an occurrence. O(1).
  @inline(__always)
  mutating func add(_ feature: Int, _ kind: Kind) {
    let place = Int(places[feature])
    if place > 0 {
      occurrences[place - 1] += 1
      if kind == .word { kinds[place - 1] = .word }
    } else {
      features.append(UInt16(truncatingIfNeeded: feature))
      kinds.append(kind)
      occurrences.append(1)
      places[feature] = UInt32(features.count)
    }
  }
}
