/// In how many of the texts learnt each feature occurred, and what a feature weighs because of it.
package struct DocumentFrequencies: Equatable, Sendable {
  /// What a piece of a word counts beside a word: there are three times as many, and they repeat what words say.
  private static let pieceWeight: Float = 0.85

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

  /// Counts a text. O(its features).
  mutating func learn(_ text: FeatureCounts) {
    guard texts < .max else { return }
    texts += 1
    for feature in text.features { counts[Int(feature)] += 1 }
  }

  /// Adds a text's features to a vector.
  ///
  /// With tf occurrences, N texts learnt and df of them with the feature (project design, section 6):
  ///
  ///     x = (1 + ln tf) · ln(1 + (N + 1) / (df + ½)), of pieces 0.85 of it, scaled to length 1
  ///
  /// O(features).
  func weigh(_ text: FeatureCounts, into vector: inout FeatureVector) {
    let known = Float(texts) + 1
    let first = vector.values.count
    var square: Float = 0
    for place in text.features.indices {
      let frequency = Float(counts[Int(text.features[place])]) + 0.5
      var value = ExactMath.logarithm(single: 1 + known / frequency)
      let occurrences = text.occurrences[place]
      if occurrences > 1 { value *= 1 + ExactMath.logarithm(single: Float(occurrences)) }
      if text.kinds[place] == .piece { value *= Self.pieceWeight }
      square += value * value
      vector.append(Int(text.features[place]), value)
    }
    // At least ln 2 each: there is something to divide by as soon as there is a feature.
    guard square > 0 else { return }
    let scale = 1 / square.squareRoot()
    for place in first..<vector.values.count { vector.values[place] *= scale }
  }
}
