/// A text as numbers: features and their weights, of length 1 unless the text has no words.
///
/// Two further features stand for the context: one that every text has and one for its category.
struct FeatureVector: Equatable, Sendable {
  /// Rows of the weights: below ``FeatureHash/count`` of a text, from there on of its context.
  var features: [UInt32] = []
  /// As many as features, finite.
  var values: [Float] = []

  mutating func append(_ feature: Int, _ value: Float) {
    features.append(UInt32(truncatingIfNeeded: feature))
    values.append(value)
  }
}
