/// Logarithm and power by polynomials of our own: the C library picks variants by CPU, and a model must be the
/// same to the bit on every machine of an architecture.
enum ExactMath {
  static let ln2 = 0.693147180559945309417232121458

  /// ln x for x > 0, within 4 units in the last place.
  ///
  /// x = 2^e m with m in [√½, √2); ln m = 2 artanh((m-1)/(m+1)), whose odd series ends below 2^-56.
  static func logarithm(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : (x > 0 ? .infinity : .nan) }
    guard x.isNormal else { return logarithm(x * 0x1p54) - 54 * ln2 }
    return normalLogarithms(SIMD4(repeating: x))[0]
  }

  /// The same in each lane.
  static func logarithms(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let areNormal = (x .>= Double.leastNormalMagnitude) .& (x .<= Double.greatestFiniteMagnitude)
    if all(areNormal) { return normalLogarithms(x) }
    return SIMD4(logarithm(x[0]), logarithm(x[1]), logarithm(x[2]), logarithm(x[3]))
  }

  private static func normalLogarithms(_ x: SIMD4<Double>) -> SIMD4<Double> {
    typealias Lanes = SIMD4<Double>
    // Safe: all are 4 lanes of 64 bits; every bit pattern is a lane.
    let bits = unsafe unsafeBitCast(x, to: SIMD4<UInt64>.self)
    // 2^52 with a whole number in its low bits is 2^52 plus that number.
    let biased = (bits &>> 52) | SIMD4<UInt64>(repeating: 0x4330_0000_0000_0000)
    var exponent = unsafe unsafeBitCast(biased, to: Lanes.self) - 4_503_599_627_371_519
    let fraction = bits & SIMD4<UInt64>(repeating: 0x000F_FFFF_FFFF_FFFF)
    var mantissa = unsafe unsafeBitCast(
      fraction | SIMD4<UInt64>(repeating: 0x3FF0_0000_0000_0000), to: Lanes.self)
    let isLarge = mantissa .> 1.4142135623730951
    mantissa.replace(with: mantissa * 0.5, where: isLarge)
    exponent.replace(with: exponent + 1, where: isLarge)
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    // Written out: a loop would divide at every step.
    var sum = Lanes(repeating: 1.0 / 21)
    sum = sum * square + 1.0 / 19
    sum = sum * square + 1.0 / 17
    sum = sum * square + 1.0 / 15
    sum = sum * square + 1.0 / 13
    sum = sum * square + 1.0 / 11
    sum = sum * square + 1.0 / 9
    sum = sum * square + 1.0 / 7
    sum = sum * square + 1.0 / 5
    sum = sum * square + 1.0 / 3
    sum = sum * square + 1
    return exponent * ln2 + 2 * s * sum
  }

  /// Four numbers after four through a function of vectors.
  static func inFours(_ numbers: [Double], _ function: (SIMD4<Double>) -> SIMD4<Double>) -> [Double] {
    var results = numbers
    for first in stride(from: 0, to: numbers.count, by: 4) {
      let count = min(4, numbers.count - first)
      var lanes = SIMD4<Double>(repeating: 1)
      for lane in 0..<count { lanes[lane] = numbers[first + lane] }
      lanes = function(lanes)
      for lane in 0..<count { results[first + lane] = lanes[lane] }
    }
    return results
  }

  /// e^x, within 8 units in the last place for |x| < 50.
  static func exponential(_ x: Double) -> Double { powersOfTwo(SIMD4(repeating: x / ln2))[0] }

  /// 2^x in each lane, within 4 units in the last place; 0 below 2^-1022, the greatest finite number from 2^1023 on.
  ///
  /// The fraction f in [-½, ½] gives e^(f ln 2) by its Taylor series to degree 14, below 2^-56.
  static func powersOfTwo(_ exponents: SIMD4<Double>) -> SIMD4<Double> {
    typealias Lanes = SIMD4<Double>
    let x = exponents.clamped(
      lowerBound: Lanes(repeating: -1022), upperBound: Lanes(repeating: 1023))
    // Adding 1.5 × 2^52 leaves the nearest whole number in the low bits.
    let shifted = x + 6_755_399_441_055_744
    let fraction = (x - (shifted - 6_755_399_441_055_744)) * ln2
    // The inverse factorials, written out: a loop would divide at every step.
    var sum = Lanes(repeating: 1.0 / 87178291200)
    sum = sum * fraction + 1.0 / 6_227_020_800
    sum = sum * fraction + 1.0 / 479_001_600
    sum = sum * fraction + 1.0 / 39_916_800
    sum = sum * fraction + 1.0 / 3_628_800
    sum = sum * fraction + 1.0 / 362880
    sum = sum * fraction + 1.0 / 40320
    sum = sum * fraction + 1.0 / 5040
    sum = sum * fraction + 1.0 / 720
    sum = sum * fraction + 1.0 / 120
    sum = sum * fraction + 1.0 / 24
    sum = sum * fraction + 1.0 / 6
    sum = sum * fraction + 1.0 / 2
    sum = sum * fraction + 1
    sum = sum * fraction + 1
    // Safe: both are 4 lanes of 64 bits; every bit pattern is a lane.
    let whole = unsafe unsafeBitCast(shifted, to: SIMD4<Int64>.self) &<< 52
    let powers = unsafe unsafeBitCast(whole &+ SIMD4(repeating: 1023 << 52), to: Lanes.self)
    return (sum * powers).replacing(with: 0, where: exponents .<= -1022)
      .replacing(with: .greatestFiniteMagnitude, where: exponents .>= 1023)
  }
}
