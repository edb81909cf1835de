/// In how many of the texts learnt each feature occurred, and what a feature weighs because of it.
package struct DocumentFrequencies: Equatable, Sendable {
  /// What a piece of a word counts beside a word: there are three times as many, and they repeat what words say.
  private static let pieceWeight: Float = 0.6

  /// By feature.
  private(set) var counts = [UInt32](repeating: 0, count: FeatureHash.count)
  /// Texts learnt.
  private(set) var texts: UInt32 = 0

  /// No text was learnt.
  init() {}

  /// Frequencies as a checkpoint holds them; `nil` where a feature is in more texts than there are.
  init?(counts: [UInt32], texts: UInt32) {
    guard counts.count == FeatureHash.count, counts.allSatisfy({ $0 <= texts }) else { return nil }
    (self.counts, self.texts) = (counts, texts)
  }

  /// Counts a text.
  ///
  /// - Parameter features: each once.
  /// - Complexity: O(features).
  mutating func learn(_ features: [UInt16]) {
    guard texts < .max else { return }
    texts += 1
    for feature in features { counts[Int(feature)] += 1 }
  }

  /// Adds a text's features to a vector.
  ///
  /// With tf occurrences, N texts learnt and df of them with the feature (project design, section 6):
  ///
  ///     x = (1 + ln tf) · ln(1 + (N + 1) / (df + ½)), of pieces 0.6 of it, scaled to length 1
  ///
  /// O(features).
  func weigh(_ text: FeatureCounts, into vector: inout FeatureVector) {
    typealias Lanes = SIMD16<Float>
    let known = Float(texts) + 1
    let features = text.features
    vector.reserve(features.count)
    var square: Float = 0
    var first = 0
    while first < features.count {
      let portion = first..<min(first + Lanes.scalarCount, features.count)
      var (ratios, tallies) = (Lanes(repeating: 1), Lanes(repeating: 1))
      var isRepeated = false
      for place in portion {
        ratios[place - first] = 1 + known / (Float(counts[Int(features[place])]) + 0.5)
        let occurrences = text.occurrences[place]
        if occurrences > 1 {
          isRepeated = true
          tallies[place - first] = Float(occurrences)
        }
      }
      var values = ExactMath.logarithm(ratios)
      if isRepeated { values *= 1 + ExactMath.logarithm(tallies) }
      for place in portion {
        var value = values[place - first]
        if text.arePieces[place] { value *= Self.pieceWeight }
        square += value * value
        vector.append(Int(features[place]), value)
      }
      first = portion.upperBound
    }
    // At least ln 2 each: there is something to divide by as soon as there is a feature.
    if square > 0 { vector.scale(by: 1 / square.squareRoot()) }
  }
}
