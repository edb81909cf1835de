/// Student's t distribution, as far as two-sided 95% intervals need it.
package enum StudentT {
  /// The t with P(T <= t) = 0.975, for T with the given degrees of freedom; relative error below 1e-13.
  ///
  /// Up to ``lastSummed`` degrees the finite series for the probability is inverted, above it a series in 1 / degrees
  /// is used. O(degrees) below the crossover, O(1) above it.
  ///
  /// - Parameter degreesOfFreedom: at least 1.
  package static func quantile975(degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 1, "Student's t has at least one degree of freedom")
    return degreesOfFreedom <= lastSummed ? inverted(degreesOfFreedom) : expanded(Double(degreesOfFreedom))
  }

  /// Where the two methods meet: the expansion's first neglected term is about 0.73 / degrees^5, 1.2e-14 of the
  /// quantile here and less beyond, and the sum has gathered up to 3e-14 of rounding by then.
  static let lastSummed = 500

  /// The standard normal's quantile of 0.975.
  private static let normal = 1.959963984540054

  /// The quantile by the expansion of Fisher and Cornish in powers of 1 / degrees; Abramowitz and Stegun, "Handbook of
  /// Mathematical Functions" (1964), 26.7.5.
  static func expanded(_ degrees: Double) -> Double {
    let x = normal
    let square = x * x
    let first = x * (square + 1) / 4
    let second = x * ((5 * square + 16) * square + 3) / 96
    let third = x * (((3 * square + 19) * square + 17) * square - 15) / 384
    let fourth = x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    let small = 1 / degrees
    return x + small * (first + small * (second + small * (third + small * fourth)))
  }

  /// The quantile by Newton's method on P(|T| <= t) = 0.95.
  ///
  /// The probability is concave in t > 0, so each step from the left stays left of the root: from the normal's
  /// quantile, below every t quantile, the steps climb and cannot miss. A step of relative size d leaves a relative
  /// error below 2 d² (the ratio of curvature to slope is -(degrees + 1) t / (degrees + t²)), so that the last of them
  /// may be as large as 1e-9.
  static func inverted(_ degrees: Int) -> Double {
    let peak = peakDensity(degrees)
    var t = normal
    while true {
      let (probability, slope) = centralProbability(t, degrees: degrees, peak: peak)
      let step = (0.95 - probability) / slope
      t += step
      if step.magnitude < 1e-9 * t { return t }
    }
  }

  /// The density of the angle atan(|T| / √degrees) at 0: 2/π for one degree, 1 for two, and (k + 1) / k times that of
  /// k degrees for k + 2.
  private static func peakDensity(_ degrees: Int) -> Double {
    var density = degrees.isMultiple(of: 2) ? 1 : 2 / Double.pi
    for k in stride(from: degrees.isMultiple(of: 2) ? 2 : 1, to: degrees, by: 2) {
      density *= Double(k + 1) / Double(k)
    }
    return density
  }

  /// P(|T| <= t) and its derivative, by the finite series in the cosine of the angle atan(t / √degrees); Abramowitz
  /// and Stegun 26.7.3 for odd degrees, 26.7.4 for even ones.
  private static func centralProbability(
    _ t: Double, degrees: Int, peak: Double
  ) -> (probability: Double, slope: Double) {
    let root = Double(degrees).squareRoot()
    let squaredCosine = 1 / (1 + t * t / Double(degrees))
    let cosine = squaredCosine.squareRoot()
    let sine = t / root * cosine
    let isEven = degrees.isMultiple(of: 2)
    // Each term of the series is the one before times cos² and (k - 1) / k, with k = 2, 4... or 3, 5...
    var term = isEven ? sine : sine * cosine
    var sum = degrees == 1 ? 0 : term
    for k in stride(from: isEven ? 2 : 3, to: degrees - 1, by: 2) {
      term *= squaredCosine * Double(k - 1) / Double(k)
      sum += term
    }
    // The density of the angle is peak × cos^(degrees - 1), and d angle / dt = cos² / √degrees.
    var power = isEven ? cosine : 1
    for _ in 0..<((degrees - 1) / 2) { power *= squaredCosine }
    let probability = isEven ? sum : 2 / Double.pi * (arctangent(t / root) + sum)
    return (probability, peak * power * squaredCosine / root)
  }

  /// The angle in 0..<π/2 whose tangent is x, for 0 <= x < 1e150; relative error below 1e-15.
  ///
  /// tan(a / 2) = tan a / (1 + √(1 + tan² a)); three halvings leave x below 0.2, where the Taylor series needs
  /// eleven terms.
  static func arctangent(_ x: Double) -> Double {
    var small = x
    for _ in 0..<3 { small /= 1 + (1 + small * small).squareRoot() }
    let square = small * small
    var sum = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { sum = 1 / Double(odd) - square * sum }
    return 8 * small * sum
  }
}
