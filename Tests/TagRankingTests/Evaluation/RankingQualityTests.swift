import Foundation
import TestSupport
import Testing

@testable import TagRanking

struct RankingQualityTests {
  private func values(_ quality: RankingQuality) -> [Double] {
    RankingQuality.Measure.allCases.map { quality[$0]!.value }
  }

  private func isClose(_ one: [Double], _ other: [Double], within tolerance: Double = 1e-12) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= tolerance }
  }

  @Test func figuresAddedUpByHand() {
    #expect(RankingQuality()[.hit1] == nil)
    var quality = RankingQuality()
    quality.judge(places: [0], chosen: 1)
    #expect(isClose(values(quality), [1, 1, 1, 1, 1]))
    // Second and fourth of two right ones: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3).
    quality.judge(places: [1, 3], chosen: 2)
    let (log3, log5) = (1.584962500721156, 2.321928094887362)
    let gain = (1 / log3 + 1 / log5) / (1 + 1 / log3)
    let half: Double = (1 + gain) / 2
    #expect(isClose(values(quality), [0.5, 1, 1, 0.75, half]))
    quality.judge(places: [9], chosen: 1)
    quality.judge(places: [], chosen: 3)
    #expect(isClose(values(quality), [0.25, 0.5, 0.5, 0.4, half / 2]))
    #expect(quality.n == 4)
    // Wilson's interval of one of four, from the formula's roots.
    let hit = quality[.hit1]!
    #expect(abs(hit.low - 0.04559) < 1e-5 && abs(hit.high - 0.69936) < 1e-5)
    for measure in RankingQuality.Measure.allCases {
      let figure = quality[measure]!
      #expect(
        0 <= figure.low && figure.low <= figure.value && figure.value <= figure.high && figure.high <= 1)
    }
  }

  @Test(arguments: [(1, 7, 1), (2, 7, 2), (3, 9, 3), (1, 1, 1), (2, 2, 2), (2, 12, 4), (0, 6, 1)])
  func randomListsAreWhatDrawingThemGives(right: Int, listed: Int, chosen: Int) {
    var random = SeededGenerator(seed: 3)
    var exact = RankingQuality()
    exact.judgeRandom(right: right, of: listed, chosen: chosen)
    var drawn = RankingQuality()
    for _ in 0..<20_000 {
      let list = Array(0..<listed).shuffled(using: &random)
      drawn.judge(places: list.indices.filter { list[$0] < right }, chosen: chosen)
    }
    #expect(isClose(values(exact), values(drawn), within: 0.015))
  }
}
