import TestSupport
import Testing

@testable import Columnar

struct QuantileIntervalTests {
  @Test("every pair of ranks is SciPy's, up to a hundred million values")
  func ranksAreThoseOfSciPy() throws {
    let rows = try IntervalTruth.rows("ranks")
    #expect(rows.count > 500)
    for row in rows {
      let n = try #require(Int(row["n"]!))
      let permille = try #require(Int(row["permille"]!))
      let found = QuantileInterval.ranks(n: n, permille: permille)
      #expect(found == (Int(row["low"]!), Int(row["high"]!)), "\(n) values, \(permille) permille")
    }
  }

  @Test("p0.1, p50 and p99.9 of 1 to 2,000 values have SciPy's ranks")
  func eachSizeHasSciPysRanks() throws {
    for row in try IntervalTruth.rows("rank_steps") {
      let permille = try #require(Int(row["permille"]!))
      let steps = row["steps"]!.utf8
      #expect(steps.count == 2_000)
      var expected = 0
      for (n, step) in zip(1..., steps) {
        expected += step == UInt8(ascii: "1") ? 1 : 0
        let ranks = QuantileInterval.ranks(n: n, permille: permille)
        let found = row["bound"] == "low" ? (ranks.low ?? -1) + 1 : ranks.high ?? n
        #expect(found == expected, "\(n) values, \(permille) permille")
      }
    }
  }

  @Test func boundsOfSetsAreTheValuesThatSciPyNames() throws {
    let sets = try IntervalTruth.values()
    for row in try IntervalTruth.rows("quantiles") {
      let values = try #require(sets[row["set"]!])
      let ranks = QuantileInterval.ranks(n: values.count, permille: Int(row["permille"]!)!)
      #expect(ranks.low.map { values[$0] } == UInt64(row["low"]!), "\(row)")
      #expect(ranks.high.map { values[$0] } == UInt64(row["high"]!), "\(row)")
    }
  }

  /// The ranks by the definition, between whole numbers: 40 P(X <= k) 4^n against 4^n for a quantile in quarters.
  private static func exactRanks(n: Int, quarters: Int) -> (low: Int?, high: Int?) {
    let whole = UInt128(1) << UInt128(2 * n)
    var chosen: UInt128 = 1
    var below: UInt128 = 0
    var bounds: (low: Int?, high: Int?) = (nil, nil)
    for k in 0...n {
      var ways = chosen
      for _ in 0..<k { ways *= UInt128(quarters) }
      for _ in k..<n { ways *= UInt128(4 - quarters) }
      below += ways
      if bounds.low == nil, 40 * below >= whole { bounds.low = k }
      if bounds.high == nil, 40 * (whole - below) <= whole { bounds.high = k }
      chosen = chosen * UInt128(n - k) / UInt128(k + 1)
    }
    return (bounds.low! > 0 ? bounds.low! - 1 : nil, bounds.high! < n ? bounds.high : nil)
  }

  // 40 × 4^60 is below 2^126, so no whole number overflows.
  @Test func quartilesHaveTheRanksOfTheDefinition() {
    for n in 0...60 {
      for quarters in 1...3 {
        let found = QuantileInterval.ranks(n: n, permille: quarters * 250)
        #expect(found == Self.exactRanks(n: n, quarters: quarters), "\(n) values, \(quarters) quarters")
      }
    }
  }

  @Test func theTwoTiesFallAsTheDefinitionHasThem() {
    // One value, P(X > 0) = 0.025 and P(X <= 0) = 0.025: both "at most" and "at least" include it.
    #expect(QuantileInterval.ranks(n: 1, permille: 25) == (nil, 0))
    #expect(QuantileInterval.ranks(n: 1, permille: 975) == (nil, nil))
  }

  @Test func theMirroredQuantileHasTheMirroredRanks() {
    var generator = SeededGenerator(seed: 1999)
    for _ in 0..<300 {
      let n = Int.random(in: 2...200_000, using: &generator)
      let permille = Int.random(in: 1...999, using: &generator)
      let ranks = QuantileInterval.ranks(n: n, permille: permille)
      let mirrored = QuantileInterval.ranks(n: n, permille: 1000 - permille)
      #expect(ranks.low == mirrored.high.map { n - 1 - $0 }, "\(n) values, \(permille) permille")
      #expect(ranks.high == mirrored.low.map { n - 1 - $0 }, "\(n) values, \(permille) permille")
    }
  }

  @Test func greaterQuantilesHaveNoSmallerRanks() {
    for n in [7, 100, 12_345] {
      let ranks = (0...1000).map { QuantileInterval.ranks(n: n, permille: $0) }
      let bounds = ranks.map { (low: $0.low ?? -1, high: $0.high ?? n) }
      #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0.low <= $1.low && $0.high <= $1.high })
      #expect(bounds.allSatisfy { $0.low <= $0.high })
    }
  }

  @Test func withoutValuesThereAreNoBounds() {
    for permille in [0, 1, 500, 999, 1000] {
      #expect(QuantileInterval.ranks(n: 0, permille: permille) == (nil, nil))
    }
  }

  @Test func leastAndGreatestValueAreBoundedFromOneSide() {
    #expect(QuantileInterval.ranks(n: 50, permille: 0) == (nil, 0))
    #expect(QuantileInterval.ranks(n: 50, permille: 1000) == (49, nil))
  }
}
