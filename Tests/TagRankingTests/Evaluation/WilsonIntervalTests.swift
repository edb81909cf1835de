import Testing

@testable import TagRanking

struct WilsonIntervalTests {
  /// Each limit is a share from which the observed one lies exactly 1.96 of that share's standard errors away.
  @Test func limitsInvertTheScoreTest() {
    for n in 1...60 {
      for hits in 0...n {
        let share = Double(hits) / Double(n)
        let interval = WilsonInterval.of(share, n: n)
        #expect(interval.contains(share))
        for limit in [interval.lowerBound, interval.upperBound] where limit > 1e-12 && limit < 1 - 1e-12 {
          let error = (limit * (1 - limit) / Double(n)).squareRoot()
          #expect(((limit - share).magnitude / error - 1.959963984540054).magnitude < 1e-9, "\(hits) of \(n)")
        }
      }
    }
  }

  @Test func noneAndAllOfTen() {
    let none = WilsonInterval.of(0, n: 10)
    #expect(none.lowerBound == 0 && (none.upperBound - 0.2775327998628892).magnitude < 1e-12)
    let all = WilsonInterval.of(1, n: 10)
    #expect(all.upperBound == 1 && (all.lowerBound - (1 - 0.2775327998628892)).magnitude < 1e-12)
  }
}
