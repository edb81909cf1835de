/// Single precision by polynomials of our own, for the scorer: a few nanoseconds each, and the same bits on every
/// machine of an architecture. Products and sums are never fused, for the compiler must not and the code does not.
extension ExactMath {
  /// ln x in each lane for normal x > 0, within 3 units in the last place of max(|ln x|, 1).
  ///
  /// x = 2^e m with m in [√½, √2); ln m = 2 artanh s, s = (m-1)/(m+1), |s| < 0.172, whose odd series ends below 2^-27.
  @inline(__always)
  static func logarithm(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // Safe: all are 16 lanes of 32 bits; every bit pattern is a lane.
    let bits = unsafe unsafeBitCast(x, to: SIMD16<Int32>.self)
    // Subtracting the bits of √½ first makes the exponent count from there.
    let exponent = (bits &- SIMD16(repeating: 0x3F35_04F3)) &>> 23
    let m = unsafe unsafeBitCast(bits &- (exponent &<< 23), to: SIMD16<Float>.self)
    let s = (m - 1) / (m + 1)
    let square = s * s
    var series = square * (1 / 9) + (1 / 7)
    series = series * square + (1 / 5)
    series = series * square + (1 / 3)
    series = series * square + 1
    // A whole number of few bits in the low bits of 1.5 × 2^23 is that number more.
    let shifted = exponent &+ SIMD16(repeating: 0x4B40_0000)
    let whole = unsafe unsafeBitCast(shifted, to: SIMD16<Float>.self) - 12_582_912
    return whole * 0.693_147_18 + 2 * s * series
  }

  /// 1 / (1 + e^-x) for each lane, within 1e-6; x beyond ±30 counts as ±30.
  ///
  /// e^-x = 2^n e^r with r in [-½ ln 2, ½ ln 2], whose Taylor series to degree 6 ends below 2e-7.
  @inline(__always)
  static func logistic(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let clamped = -x.clamped(
      lowerBound: SIMD16(repeating: -30), upperBound: SIMD16(repeating: 30))
    // Adding 1.5 × 2^23 leaves the nearest whole number in the low bits.
    let shifted = clamped * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    let r = (clamped - whole * 0.693_359_375) + whole * 2.121_944_4e-4
    var sum = r * (1 / 720) + (1 / 120)
    sum = sum * r + (1 / 24)
    sum = sum * r + (1 / 6)
    sum = sum * r + 0.5
    sum = sum * r + 1
    sum = sum * r + 1
    // Safe: both are 16 lanes of 32 bits; every bit pattern is a lane.
    let exponents = unsafe unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23
    let power = unsafe unsafeBitCast(exponents &+ SIMD16(repeating: 0x3F80_0000), to: SIMD16<Float>.self)
    return 1 / (1 + sum * power)
  }

  /// 1 / √x for each lane of normal x > 0, within 0.2%.
  ///
  /// The library's root of a vector calls one root a lane. Halving the exponent by an integer shift gives a first guess
  /// within 4%, which a step of Newton's y(3 - x y²)/2 brings to 2e-3.
  @inline(__always)
  static func roughInverseRoot(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // Safe: both are 16 lanes of 32 bits; every bit pattern is a lane.
    let bits = unsafe unsafeBitCast(x, to: SIMD16<UInt32>.self)
    let y = unsafe unsafeBitCast(
      SIMD16<UInt32>(repeating: 0x5F37_5A86) &- (bits &>> 1), to: SIMD16<Float>.self)
    return y * (1.5 - x * 0.5 * y * y)
  }

  /// 1 / √x for each lane of normal x > 0, within 4 units in the last place: two steps more, to 5e-6 and below 2^-23.
  @inline(__always)
  static func inverseRoot(_ x: SIMD16<Float>) -> SIMD16<Float> {
    var y = roughInverseRoot(x)
    let half = x * 0.5
    y *= 1.5 - half * y * y
    y *= 1.5 - half * y * y
    return y
  }
}
