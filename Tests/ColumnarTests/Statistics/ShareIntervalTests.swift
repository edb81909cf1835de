import Testing

@testable import Columnar

struct ShareIntervalTests {
  /// Each limit is a share from which the observed one lies exactly 1.96 of that share's standard errors away.
  @Test func limitsInvertTheScoreTest() throws {
    for n in 1...60 {
      for hits in 0...n {
        let interval = try #require(ConfidenceInterval.ofShare(hits, of: n))
        let share = Double(hits) / Double(n)
        #expect(interval.low <= share && share <= interval.high)
        for limit in [interval.low, interval.high] where limit > 0 && limit < 1 {
          let error = (limit * (1 - limit) / Double(n)).squareRoot()
          #expect(((limit - share).magnitude / error - 1.959963984540054).magnitude < 1e-9, "\(hits) of \(n)")
        }
      }
    }
  }

  @Test func fewCases() throws {
    #expect(ConfidenceInterval.ofShare(0, of: 0) == nil)
    let none = try #require(ConfidenceInterval.ofShare(0, of: 10))
    #expect(none.low == 0 && (none.high - 0.2775327998628892).magnitude < 1e-12)
    let all = try #require(ConfidenceInterval.ofShare(10, of: 10))
    #expect(all.high == 1 && (all.low - (1 - 0.2775327998628892)).magnitude < 1e-12)
  }
}
