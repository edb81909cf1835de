/// The confidence interval of a quantile by order statistics, which asks nothing of the distribution of the values.
package enum QuantileInterval {
  /// The 0-based ranks of the sorted values that bound a quantile with 95% confidence; `nil` where there are too few
  /// values for a bound.
  ///
  /// How many of n values lie below the q-quantile is binomial (n, q). The lower bound has the rank below the least k
  /// with P(X <= k) >= 0.025, the upper one the least k with P(X > k) <= 0.025; Conover, "Practical Nonparametric
  /// Statistics" (3rd ed., 1999), 3.2, and SciPy's `quantile_test(x, p=q).confidence_interval(0.95)`.
  ///
  /// The probabilities are within 4e-16 times the number of weights, relative (three roundings a weight): a bound can
  /// be off by one rank only where a probability is that near to 0.025. It equals 0.025 for a single value and p2.5
  /// or p97.5 alone: by prime factors no other sum of such terms is 1/40. O(√n) time and memory.
  ///
  /// - Parameters:
  ///   - n: how many values, 0 or more, below 2^43.
  ///   - permille: the quantile in thousandths, 0...1000.
  package static func ranks(n: Int, permille: Int) -> (low: Int?, high: Int?) {
    precondition((0..<1 << 43).contains(n) && (0...1000).contains(permille))
    let (first, weights) = binomialWeights(n: n, permille: permille)
    let tail = 0.025 * weights.reduce(0, +)
    // Both tails are added from their thin end, where nothing is lost.
    var low = 0
    var below = weights[0]
    while below < tail {
      low += 1
      below += weights[low]
    }
    var high = weights.count - 1
    var above = weights[high]
    while above <= tail {
      high -= 1
      above += weights[high]
    }
    return (first + low > 0 ? first + low - 1 : nil, first + high < n ? first + high : nil)
  }

  /// The probabilities of a binomial distribution relative to its mode, from the outcome `first` on; those below 1e-20
  /// are left out.
  ///
  /// p(k + 1) / p(k) = (n - k) q / ((k + 1) (1 - q)), carried outward from the mode: no factorial, no logarithm, no
  /// underflow. 2√(2 ln 1e20) = 19.2 standard deviations hold all but what is left out.
  private static func binomialWeights(n: Int, permille: Int) -> (first: Int, weights: [Double]) {
    let mode = min((n + 1) * permille / 1000, n)
    let rest = 1000 - permille
    var below: [Double] = []
    var weight = 1.0
    for k in stride(from: mode, to: 0, by: -1) {
      // Safe: n < 2^43, so each product is below 2^53 and exact as a double.
      weight *= Double(k * rest) / Double((n - k + 1) * permille)
      if weight < negligible { break }
      below.append(weight)
    }
    var weights = [Double](below.reversed())
    weights.append(1)
    weight = 1
    for k in mode..<n {
      weight *= Double((n - k) * permille) / Double((k + 1) * rest)
      if weight < negligible { break }
      weights.append(weight)
    }
    return (mode - below.count, weights)
  }

  /// What a probability relative to the mode's must reach to count.
  private static let negligible = 1e-20
}
