/// The 95% interval of a share: for a share p of n cases and z = 1.96,
///
///     (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)
///
/// Within 0…1 and around p, for few cases and shares near the ends too. E. B. Wilson, "Probable Inference", 1927.
package enum WilsonInterval {
  /// The standard normal's quantile of 0.975.
  package static let normal975 = 1.959963984540054

  /// The limits.
  ///
  /// - Precondition: `n` is 1 or more and `share` between 0 and 1.
  package static func of(_ share: Double, n: Int) -> ClosedRange<Double> {
    precondition(n > 0 && share >= 0 && share <= 1)
    let count = Double(n)
    let square = normal975 * normal975
    let divisor = 1 + square / count
    let centre = (share + square / (2 * count)) / divisor
    let variance = share * (1 - share) / count + square / (4 * count * count)
    let reach = normal975 * variance.squareRoot() / divisor
    // At either end rounding must not leave the share outside.
    return max(0, min(share, centre - reach))...min(1, max(share, centre + reach))
  }
}
