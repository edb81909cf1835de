import Testing

@testable import HandlingAnalytics

struct MeasureTests {
  @Test func everyNameIsThatOfAMeasureAndTheOtherWayRound() {
    #expect(Set(Measure.names).count == 14)
    for name in Measure.names {
      #expect(Measure(name: name)?.name == name)
      #expect(Measure(name: name.uppercased())?.name == name)
    }
  }

  @Test(arguments: [
    ("contacts", Measure.contacts), ("sd_pop", .sdPopulation), ("Mean_Conversation", .meanConversation),
    ("n_conversation", .nConversation), ("median", .quantile(permille: 500)),
    ("p50", .quantile(permille: 500)), ("P95", .quantile(permille: 950)), ("p5", .quantile(permille: 50)),
    ("p99.9", .quantile(permille: 999)), ("p0.1", .quantile(permille: 1)),
    ("p50.0", .quantile(permille: 500)),
  ])
  func aNameIsRead(name: String, measure: Measure) {
    #expect(Measure(name: name) == measure)
  }

  @Test(arguments: [
    "", "p", "p0", "p0.0", "p00", "p100", "p-1", "p.5", "p5.", "p5.55", "p5.5.5", "p+5", "p 5", "p5 ", "50",
    "means",
    "mean ", "sdpop", "p１", "p5.x",
  ])
  func whatIsNoMeasureIsRefused(name: String) {
    #expect(Measure(name: name) == nil)
  }

  @Test func everyQuantileGoesThereAndBack() {
    let permilles = Array(1...999)
    #expect(
      permilles.map { Measure.quantile(permille: $0) }.map { Measure(name: $0.name) }
        == permilles.map { .quantile(permille: $0) })
    #expect(Measure.quantile(permille: 950).name == "p95")
    #expect(Measure.quantile(permille: 999).name == "p99.9")
    #expect(Measure.quantile(permille: 5).name == "p0.5")
  }

  @Test func durationsAreToldFromCounts() {
    let durations = Measure.names.filter { Measure(name: $0)!.isDuration }
    #expect(durations == ["total", "mean", "sd", "sd_pop", "min", "max", "mean_conversation"])
    #expect(Measure.quantile(permille: 500).isDuration)
  }
}
