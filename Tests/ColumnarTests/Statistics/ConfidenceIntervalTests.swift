import TestSupport
import Testing

@testable import Columnar

struct ConfidenceIntervalTests {
  /// The sums of some values, as a group adds them up.
  private struct Sums: Equatable {
    var n: UInt64 = 0
    var sum: UInt64 = 0
    var squares: UInt128 = 0

    init(n: UInt64, sum: UInt64, squares: UInt128) {
      (self.n, self.sum, self.squares) = (n, sum, squares)
    }

    init(_ values: [UInt64]) {
      for value in values {
        n += 1
        sum += value
        squares += UInt128(value) * UInt128(value)
      }
    }

    var interval: ConfidenceInterval? { .ofMean(n: n, sum: sum, squares: squares) }

    func deviation(over divisor: UInt64) -> Double? {
      ConfidenceInterval.standardDeviation(n: n, sum: sum, squares: squares, divisor: divisor)
    }
  }

  /// Whether a figure and a cell are both undefined, or as near as `allowed`.
  private static func agree(_ found: Double?, _ cell: String, within allowed: Double) -> Bool {
    guard let found, let expected = Double(cell) else { return found == nil && cell.isEmpty }
    return (found - expected).magnitude <= allowed
  }

  @Test("deviations and intervals are the true ones, beyond 128 bits too")
  func figuresAreTrue() throws {
    let rows = try IntervalTruth.rows("means")
    #expect(rows.count == 13)
    for row in rows {
      let sums = Sums(n: UInt64(row["n"]!)!, sum: UInt64(row["sum"]!)!, squares: UInt128(row["squares"]!)!)
      let set = row["set"]!
      for (divisor, column) in [(sums.n, "sd_pop"), (max(sums.n, 1) - 1, "sd")] {
        let cell = row[column]!
        let allowed = 1e-15 * (Double(cell) ?? 0)
        #expect(Self.agree(sums.deviation(over: divisor), cell, within: allowed), "\(set) \(column)")
      }
      let high = row["high"]!
      let allowed = 1e-12 * (Double(high) ?? 0)
      #expect(Self.agree(sums.interval?.low, row["low"]!, within: allowed), "\(set)")
      #expect(Self.agree(sums.interval?.high, high, within: allowed), "\(set)")
    }
  }

  @Test func setsAddUpToTheSumsOfTheirRows() throws {
    let rows = try IntervalTruth.rows("means")
    for (set, values) in try IntervalTruth.values() {
      let row = try #require(rows.first { $0["set"] == set })
      let sums = Sums(values)
      #expect(row["n"] == "\(sums.n)" && row["sum"] == "\(sums.sum)" && row["squares"] == "\(sums.squares)")
    }
  }

  @Test func deviationsAreThoseOfTheDefinition() throws {
    var generator = SeededGenerator(seed: 68)
    for count in [2, 3, 10, 1_000] {
      let values = (0..<count).map { _ in UInt64.random(in: 0...100_000, using: &generator) }
      let mean = Double(values.reduce(0, +)) / Double(count)
      let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let expected = (squares / Double(count - 1)).squareRoot()
      let found = try #require(Sums(values).deviation(over: UInt64(count - 1)))
      #expect((found - expected).magnitude < 1e-12 * expected)
    }
  }

  @Test func addingTheSameToEveryValueChangesNoDeviation() {
    var generator = SeededGenerator(seed: 95)
    for shift in [1, 1 << 20, 1 << 40, 1 << 54] as [UInt64] {
      let values = (0..<500).map { _ in UInt64.random(in: 0...900, using: &generator) }
      let moved = values.map { $0 + shift }
      #expect(Sums(moved).deviation(over: 499) == Sums(values).deviation(over: 499), "to the last bit")
    }
  }

  @Test func eachValueManyTimesHasTheDeviationOfThePopulation() {
    let values = Sums([3, 5, 1 << 33])
    for power in 1...29 as ClosedRange<UInt64> {
      let times: UInt64 = 1 << power
      let many = Sums(n: 3 * times, sum: values.sum * times, squares: values.squares * UInt128(times))
      #expect(many.deviation(over: many.n) == values.deviation(over: 3), "to the last bit")
    }
  }

  @Test func equalValuesLeaveNoDoubt() {
    let sums = Sums([UInt64](repeating: 240, count: 9))
    #expect(sums.deviation(over: 8) == 0)
    #expect(sums.interval == ConfidenceInterval(low: 240, high: 240))
  }

  @Test func fewerThanTwoValuesHaveNoInterval() {
    #expect(Sums([]).interval == nil)
    #expect(Sums([]).deviation(over: 0) == nil)
    #expect(Sums([7]).interval == nil)
    #expect(Sums([7]).deviation(over: 0) == nil)
    #expect(Sums([7]).deviation(over: 1) == 0)
  }
}
