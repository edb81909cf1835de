internal import CLanes

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
  mutating func learn(_ features: [UInt32]) {
    guard texts < .max else { return }
    texts += 1
    for feature in features { counts[Int(feature)] += 1 }
  }

  /// What a feature weighs in a text before that is scaled to length 1.
  func weight(_ feature: UInt32, _ occurrences: UInt32, isPiece: Bool) -> Double {
    let frequency = Double(counts[Int(feature)]) + 0.5
    let rarity = ExactMath.logarithm(1 + (Double(texts) + 1) / frequency)
    let weight = occurrences > 1 ? (1 + ExactMath.logarithm(Double(occurrences))) * rarity : rarity
    return isPiece ? Double(Self.pieceWeight) * weight : weight
  }

  /// Makes a vector of a text's features.
  ///
  /// With tf occurrences, N texts learnt and df of them with the feature (project design, section 6):
  ///
  ///     x = (1 + ln tf) · ln(1 + (N + 1) / (df + ½)), of pieces 0.6 of it, scaled to length 1
  ///
  /// O(features).
  func weigh(_ text: TextTally, into vector: inout FeatureVector) {
    vector.features = text.features
    let count = text.features.count
    vector.values = unsafe [Float](unsafeUninitializedCapacity: Self.room(for: count)) { values, filled in
      unsafe text.arePieces.withUnsafeBytes { arePieces in
        // Safe: as many of each as features, and room for the values.
        unsafe wrapup_weigh(
          text.features, text.occurrences, arePieces.baseAddress?.assumingMemoryBound(to: UInt8.self), count,
          counts, Float(texts) + 1, Self.pieceWeight, values.baseAddress)
      }
      filled = count
    }
  }

  /// Whole sixteens are written, and two features of the context come after them.
  private static func room(for count: Int) -> Int { (count + 15) / 16 * 16 + 2 }
}
