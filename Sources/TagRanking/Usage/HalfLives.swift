/// How fast the past fades: every count is kept for four half-lives, and what each says weighs by how likely it made the
/// tags that were chosen lately.
///
/// With P_h(t) what half-life h gave for the tag of a close before it was learnt, the shares are
///
///     π_h ~ 2^L_h,   L_h <- 0.98 L_h + log₂ P_h(t)   at each chosen tag t
///
/// which is Bayes' rule with a memory of about fifty tags (Herbster and Warmuth 1998 track the best expert so).
package struct HalfLives: Equatable, Sendable {
  /// A number for each half-life.
  package typealias Lanes = SIMD4<Double>

  /// Seconds: 1, 8, 64 and 512 days. Powers of two, so that ``UsageModel`` can move its landmark without losing a bit.
  package static let seconds = Lanes(1, 8, 64, 512) * 86_400

  private static let memory = 0.98

  /// L_h.
  var likelihoods = Lanes.zero

  /// π_h; they add up to 1.
  var shares: Lanes {
    let powers = ExactMath.powersOfTwo(likelihoods - Lanes(repeating: likelihoods.max()))
    return powers / powers.sum()
  }

  /// A tag was chosen to which they had given these probabilities.
  mutating func learn(_ probabilities: Lanes) {
    likelihoods = likelihoods * Self.memory + ExactMath.logarithms(probabilities) / ExactMath.ln2
  }

  /// What each makes of a weight after some seconds, which may be negative: 2^(s/H).
  static func growth(over seconds: Double) -> Lanes {
    ExactMath.powersOfTwo(Lanes(repeating: seconds) / Self.seconds)
  }
}
