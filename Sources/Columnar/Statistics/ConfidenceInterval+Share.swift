extension ConfidenceInterval {
  /// Wilson's 95% interval of a share: for p = hits / n and z = 1.96,
  ///
  ///     (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)
  ///
  /// Within 0…1 and around p, for few cases and shares near the ends too. E. B. Wilson, "Probable Inference", 1927.
  /// `nil` without cases.
  package static func ofShare(_ hits: Int, of n: Int) -> ConfidenceInterval? {
    guard n > 0 else { return nil }
    let (count, share) = (Double(n), Double(hits) / Double(n))
    let square = normal975 * normal975
    let divisor = 1 + square / count
    let centre = (share + square / (2 * count)) / divisor
    let variance = share * (1 - share) / count + square / (4 * count * count)
    let reach = normal975 * variance.squareRoot() / divisor
    // At either end rounding must not leave the share outside.
    return ConfidenceInterval(
      low: hits == 0 ? 0 : max(0, centre - reach), high: hits == n ? 1 : min(1, centre + reach))
  }

  /// The standard normal's quantile of 0.975.
  private static let normal975 = 1.959963984540054
}
