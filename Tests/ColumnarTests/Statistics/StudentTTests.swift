import Foundation
import Testing

@testable import Columnar

struct StudentTTests {
  private static func relativeError(_ found: Double, _ expected: Double) -> Double {
    ((found - expected) / expected).magnitude
  }

  @Test("every quantile is SciPy's, for 1 to 300 degrees and some up to a billion")
  func quantilesAreThoseOfSciPy() throws {
    let rows = try IntervalTruth.rows("t")
    #expect(rows.count > 320)
    for row in rows {
      let degrees = try #require(Int(row["degrees"]!))
      let expected = try #require(Double(row["t"]!))
      let found = StudentT.quantile975(degreesOfFreedom: degrees)
      #expect(Self.relativeError(found, expected) < 1e-13, "\(degrees) degrees")
    }
  }

  @Test func oneAndTwoDegreesAreClosedForms() {
    // tan(0.475 π) for the Cauchy distribution; p √2 / √(1 - p²) with p = 0.95 for two degrees.
    #expect(Self.relativeError(StudentT.quantile975(degreesOfFreedom: 1), 12.706_204_736_174_704) < 1e-14)
    let two = 0.95 * (2 / (1 - 0.95 * 0.95)).squareRoot()
    #expect(Self.relativeError(StudentT.quantile975(degreesOfFreedom: 2), two) < 1e-14)
  }

  @Test func sumAndExpansionAgreeAroundTheirCrossover() {
    for degrees in (StudentT.lastSummed - 50)...(StudentT.lastSummed + 250) {
      let summed = StudentT.inverted(degrees)
      #expect(Self.relativeError(StudentT.expanded(Double(degrees)), summed) < 1e-13, "\(degrees) degrees")
    }
  }

  @Test func moreDegreesAlwaysMeanASmallerQuantile() {
    let quantiles = (1...1_500).map { StudentT.quantile975(degreesOfFreedom: $0) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test(arguments: [1 << 56, 1 << 62, Int.max]) func countlessDegreesAreTheNormalDistribution(degrees: Int) {
    #expect(StudentT.quantile975(degreesOfFreedom: degrees) == 1.959963984540054)
  }

  @Test func theArctangentIsThatOfTheSystem() {
    #expect(StudentT.arctangent(0) == 0)
    for step in 1...4_000 {
      let x = Double(step * step) / 1e6
      #expect(Self.relativeError(StudentT.arctangent(x), atan(x)) < 1e-15, "\(x)")
    }
  }
}
