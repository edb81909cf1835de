import Foundation
import TestSupport
import Testing

@testable import TagRanking

struct CalibrationTests {
  private static func logistic(_ score: Double) -> Double { 1 / (1 + exp(-score)) }

  @Test func beforeAnyListChancesAreThoseOfTheLogisticFunction() {
    let calibration = ScoreCalibration()
    for step in -24...24 {
      let score = Double(step) / 2
      #expect(abs(calibration.chance(of: score) - Self.logistic(score)) < 1e-12)
      // Between the middles of bins in a straight line.
      #expect(abs(calibration.chance(of: score + 0.2) - Self.logistic(score + 0.2)) < 0.01)
    }
    #expect(calibration.chance(of: -1e300) < 1e-5 && calibration.chance(of: .infinity) > 0.99999)
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func chancesBecomeWhatHappens(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Scores that promise more than they keep.
    func truth(_ score: Double) -> Double { Self.logistic(0.4 * score - 0.5) }
    func list() -> [(score: Double, isChosen: Bool)] {
      (0..<5).map { _ in
        let score = Double.random(in: -6...6, using: &random)
        return (score, Double.random(in: 0..<1, using: &random) < truth(score))
      }
    }
    var calibration = ScoreCalibration()
    for _ in 0..<2000 { calibration.learn(list()) }
    var reliability = Reliability()
    for _ in 0..<2000 {
      for (score, isChosen) in list() {
        reliability.judge(calibration.chance(of: score), isChosen: isChosen)
      }
    }
    #expect(reliability.n == 10_000)
    #expect(reliability.expectedCalibrationError! < 0.03)
    let chances = stride(from: -13.0, through: 13, by: 0.1).map(calibration.chance)
    #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(chances.allSatisfy { 0...1 ~= $0 })
    let restored = ScoreCalibration(shown: calibration.shown, chosen: calibration.chosen)
    #expect(restored == calibration)
  }

  @Test func countsThatCannotBeACalibrations() {
    let none = [Double](repeating: 0, count: ScoreCalibration.binCount)
    #expect(ScoreCalibration(shown: none, chosen: none) == ScoreCalibration())
    #expect(ScoreCalibration(shown: Array(none.dropLast()), chosen: none) == nil)
    for (shown, chosen) in [(1.0, 2.0), (.nan, 0), (1, .nan), (.infinity, 1), (1, -1)] {
      var (one, other) = (none, none)
      (one[7], other[7]) = (shown, chosen)
      #expect(ScoreCalibration(shown: one, chosen: other) == nil)
    }
  }

  @Test func theErrorIsTheMeanDistanceOfTheBins() {
    var reliability = Reliability()
    #expect(reliability.expectedCalibrationError == nil)
    for isChosen in [true, false, false, false] { reliability.judge(0.25, isChosen: isChosen) }
    #expect(reliability.expectedCalibrationError == 0)
    for chance in [0.5, 0.5, 0.56, 1] { reliability.judge(chance, isChosen: true) }
    // Three tags are 0.48 off on average, one that was sure is not.
    #expect(abs(reliability.expectedCalibrationError! - (3 - 1.56) / 8) < 1e-12)
    #expect(reliability.bins.map(\.n) == [0, 0, 4, 0, 0, 3, 0, 0, 0, 1])
    #expect(reliability.bins[2].observed == 0.25 && reliability.bins[5].expected == 1.56 / 3)
  }

  @Test func whatIsCountedIsTheListBeforeItsCloseWasLearnt() {
    // Two tags, each with its word: after some closes the right one is first by far, and sure.
    let learner = TagLearner(mapping: [(1, 1), (1, 2)])
    for place in 0..<200 as Range<Int32> {
      let tag = place % 2 + 1
      learner.learn(
        UsageModel.Close(tags: [tag], category: 1, channel: nil, agent: nil, endedAt: Int64(place)),
        text: tag == 1 ? "refund" : "parcel")
    }
    let calibration = learner.model.calibration
    #expect(calibration.chance(of: 3) > 0.9 && calibration.chance(of: -3) < 0.1)
    let (shown, chosen) = (calibration.shown.reduce(0, +), calibration.chosen.reduce(0, +))
    #expect(abs(chosen / shown - 0.5) < 1e-9, "one of two is chosen each time")
  }
}
