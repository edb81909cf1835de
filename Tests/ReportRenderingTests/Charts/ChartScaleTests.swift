import HandlingAnalytics
import TestSupport
import Testing

@testable import ReportRendering

struct ChartScaleTests {
  @Test(
    arguments: [
      (0, .duration, 1), (1.2, .duration, 2), (61, .duration, 120), (3601, .duration, 7200),
      (86_401, .duration, 180_000), (400_000, .duration, 720_000), (0.1, .count, 1), (3, .count, 5),
      (501, .count, 1000), (0.0001, .share, 0.001), (0.15, .share, 0.2), (0.3, .number, 0.5),
    ] as [(Double, Measure.Kind, Double)])
  func stepsAreRound(least: Double, kind: Measure.Kind, step: Double) {
    #expect(RoundSteps.step(atLeast: least, for: kind) == step)
  }

  @Test func ticksReachFromNothingToTheGreatest() {
    #expect(RoundSteps.ticks(through: 13, most: 5, for: .count) == [0, 5, 10])
    #expect(RoundSteps.ticks(through: 797, most: 4, for: .duration) == [0, 300, 600])
    #expect(RoundSteps.ticks(through: 0, most: 5, for: .count) == [0])
    #expect((5...6).contains(RoundSteps.ticks(through: 1e100, most: 5, for: .number).count))
  }

  @Test func classesBeginAtRoundValues() {
    func ends(_ values: [Double], _ measure: Measure, shades: Int = 5) -> [Double]? {
      HeatScale(values, of: measure, shades: shades)?.lowerEnds
    }
    // A sum starts at nothing, an average where its values do.
    #expect(ends([400, 500, 760], .total) == [0, 180, 360, 540, 720])
    #expect(ends([400, 500, 760], .mean) == [360, 450, 540, 630, 720])
    #expect(ends([7], .mean) == [7])
    #expect(ends([0, 0], .contacts) == [0])
    #expect(ends([0, 3], .contacts) == [0, 1, 2])
    #expect(ends([], .mean) == nil)
  }

  @Test func oddFieldsDoNotBleachTheOthers() throws {
    let usual = (1...40).map(Double.init)
    let scale = try #require(HeatScale(usual + [100_000], of: .contacts, shades: 5))
    #expect(scale.lowerEnds == [0, 20, 40, 60, 80])
    #expect(scale.shade(of: 100_000) == 4)
    #expect(scale.shade(of: 5) == 0)
  }

  @Test func theEndsOfTheShadesAreAlwaysUsed() throws {
    let scale = try #require(HeatScale([0, 3], of: .contacts, shades: 7))
    let shades = ([0, 1, 2, 3] as [Double]).map { scale.shade(of: $0) }
    #expect(shades == [0, 3, 6, 6])
  }

  @Test func everyValueHasAShade() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let top = ([1, 50, 4_000, 1e9, 1e18, 1e100] as [Double]).randomElement(using: &generator) ?? 1
      let values = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
        Double.random(in: 0...top, using: &generator).rounded()
      }
      for measure in [Measure.contacts, .mean, .share, .rating] {
        for shades in [4, 5, 7] {
          guard let scale = HeatScale(values, of: measure, shades: shades) else {
            Issue.record("no scale")
            continue
          }
          #expect((1...shades).contains(scale.lowerEnds.count))
          #expect(zip(scale.lowerEnds, scale.lowerEnds.dropFirst()).allSatisfy { $0 < $1 })
          #expect(values.allSatisfy { (0..<shades).contains(scale.shade(of: $0)) })
          let sorted = values.sorted().map(scale.shade)
          #expect(sorted == sorted.sorted())
        }
      }
    }
  }

  @Test func titlesOfTheCalendarStandAtRoundPlaces() {
    #expect(CalendarSteps.step(atLeast: 5, for: .hour) == 6)
    #expect(CalendarSteps.step(atLeast: 5, for: .month) == 6)
    #expect(CalendarSteps.step(atLeast: 13, for: .month) == 24)
    #expect(CalendarSteps.step(atLeast: 9, for: .year) == 16)
    #expect(CalendarSteps.firstMultiple(of: 12, from: 2016 * 12 + 1) == 2017 * 12)
    #expect(CalendarSteps.firstMultiple(of: 7, from: -10) == -7)
    #expect(CalendarSteps.firstMultiple(of: 7, from: 14) == 14)
  }
}
