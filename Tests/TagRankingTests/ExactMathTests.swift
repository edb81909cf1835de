import Foundation
import TestSupport
import Testing

@testable import TagRanking

struct ExactMathTests {
  /// In the third lane; the others hold other numbers.
  private static func powerOfTwo(_ x: Double) -> Double { ExactMath.powersOfTwo(SIMD4(-2000, 1, x, 0.5))[2] }

  /// How far two numbers lie apart in units of the last place of the right one.
  private func units(_ one: Double, _ right: Double) -> Double {
    one == right ? 0 : abs(one - right) / right.ulp
  }

  @Test func logarithmsAreThoseOfTheLibrary() {
    var random = SeededGenerator(seed: 1)
    var worst = 0.0
    for _ in 0..<30_000 {
      let exponent = Int.random(in: -1074...1023, using: &random)
      let x = Double(sign: .plus, exponent: exponent, significand: Double.random(in: 1..<2, using: &random))
      worst = max(worst, units(ExactMath.logarithm(x), log(x)))
    }
    for _ in 0..<30_000 {
      let x = Double.random(in: 0.25...4, using: &random)
      worst = max(worst, units(ExactMath.logarithm(x), log(x)))
    }
    var near = 1.0
    for _ in 0..<1000 {
      near = near.nextUp
      worst = max(worst, units(ExactMath.logarithm(near), log(near)))
      worst = max(worst, units(ExactMath.logarithm(2 - near), log(2 - near)))
    }
    #expect(worst <= 4)
    #expect(ExactMath.logarithm(1) == 0)
    #expect(ExactMath.logarithm(0) == -.infinity)
    #expect(ExactMath.logarithm(.infinity) == .infinity)
    #expect(ExactMath.logarithm(-1).isNaN && ExactMath.logarithm(.nan).isNaN)
  }

  @Test func powersAreThoseOfTheLibrary() {
    var random = SeededGenerator(seed: 2)
    var worst = 0.0
    for range in [-1021.9...1022.9, -1...1, -20...20] as [ClosedRange<Double>] {
      for _ in 0..<20_000 {
        let x = Double.random(in: range, using: &random)
        worst = max(worst, units(Self.powerOfTwo(x), exp2(x)))
      }
    }
    #expect(worst <= 2)
    // Whole powers are exact: scaling by them loses no bit.
    for exponent in -1021...1022 {
      #expect(
        Self.powerOfTwo(Double(exponent)) == Double(sign: .plus, exponent: exponent, significand: 1))
    }
    for low in [-1022, -1e300, -.infinity] as [Double] { #expect(Self.powerOfTwo(low) == 0) }
    for high in [1023, 1e300, .infinity] as [Double] {
      #expect(Self.powerOfTwo(high) == .greatestFiniteMagnitude)
    }
  }
}
