/// The limits of a two-sided 95% confidence interval.
package struct ConfidenceInterval: Equatable, Sendable {
  /// Its lower limit, in the unit of the values.
  package let low: Double
  /// Its upper limit, in the unit of the values.
  package let high: Double

  /// Student's interval of a mean: mean ± t s / √n with s over n - 1 and t the 0.975 quantile for n - 1 degrees of
  /// freedom; `nil` for fewer than two values, which say nothing about their spread.
  ///
  /// Each limit is within 1e-12 of |mean| + t s / √n. O(min(n, 500)).
  ///
  /// - Parameters:
  ///   - n: how many values.
  ///   - sum: their sum.
  ///   - squares: the sum of their squares.
  package static func ofMean(n: UInt64, sum: UInt64, squares: UInt128) -> ConfidenceInterval? {
    guard n > 1, let deviation = standardDeviation(n: n, sum: sum, squares: squares, divisor: n - 1)
    else { return nil }
    let mean = Double(sum) / Double(n)
    let t = StudentT.quantile975(degreesOfFreedom: Int(clamping: n - 1))
    let reach = t * deviation / Double(n).squareRoot()
    return ConfidenceInterval(low: mean - reach, high: mean + reach)
  }

  /// The standard deviation of n values, √((n Σx² - (Σx)²) / (n × divisor)), within 1e-15 relative; `nil` without
  /// values or with a divisor of 0.
  ///
  /// - Parameters:
  ///   - n: how many values.
  ///   - sum: their sum.
  ///   - squares: the sum of their squares.
  ///   - divisor: n - 1 to estimate from a sample, n for a whole population.
  package static func standardDeviation(
    n: UInt64, sum: UInt64, squares: UInt128, divisor: UInt64
  ) -> Double? {
    guard n > 0, divisor > 0 else { return nil }
    return (spread(n: n, sum: sum, squares: squares) / (Double(n) * Double(divisor))).squareRoot()
  }

  /// n Σx² - (Σx)², the difference taken between exact integers, so that nothing cancels; within 2^-52 relative.
  ///
  /// n Σx² takes up to 192 bits, kept as high × 2^128 + low; (Σx)² fits in 128. Each of the two words of the
  /// difference is rounded once (2^-53), scaled exactly, and their sum once more; neither is negative, so the errors
  /// do not grow.
  private static func spread(n: UInt64, sum: UInt64, squares: UInt128) -> Double {
    let product = UInt128(n).multipliedFullWidth(by: squares)
    let (low, borrow) = product.low.subtractingReportingOverflow(UInt128(sum) * UInt128(sum))
    // (Σx)² <= n Σx² for any n values (Cauchy and Schwarz), so there is something to borrow from.
    let high = product.high - (borrow ? 1 : 0)
    return Double(high) * 0x1p128 + Double(low)
  }
}
