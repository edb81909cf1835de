import Testing

@testable import HandlingAnalytics

struct MeasureTests {
  @Test func everyNameIsThatOfAMeasureAndTheOtherWayRound() {
    let names = [
      "contacts", "handled", "unhandled", "conversations", "n", "missing", "total", "hours", "mean", "sd",
      "sd_pop", "min", "max", "trimmed_mean", "within", "histogram", "n_conversation", "mean_conversation",
      "share", "share_contacts", "n_talk", "mean_talk", "n_hold", "mean_hold", "n_wrapup", "mean_wrapup",
      "n_first_reply", "n_rating", "rating", "n_csat", "csat", "n_network_quality", "network_quality",
      "n_product_quality", "product_quality", "reopens", "engaged", "concurrency", "ci95", "first_reply_p50",
      "p50_ci95",
    ]
    #expect(Measure.names == names)
    for name in names {
      let measures = Measure.all(named: name)
      #expect(measures == Measure.all(named: name.uppercased()))
      if name.hasSuffix("ci95") {
        // An interval is two columns and so no single measure.
        #expect(measures?.map(\.name) == ["\(name)_low", "\(name)_high"])
        #expect(Measure(name: name) == nil)
        for bound in measures ?? [] { #expect(Measure(name: bound.name) == bound) }
      } else {
        #expect(measures?.map(\.name) == [name])
        #expect(Measure(name: name) == measures?.first)
      }
    }
  }

  @Test(arguments: [
    ("contacts", Measure.contacts), ("sd_pop", .sdPopulation), ("Mean_Conversation", .meanConversation),
    ("n_conversation", .nConversation), ("median", .quantile(permille: 500)),
    ("p50", .quantile(permille: 500)), ("P95", .quantile(permille: 950)), ("p5", .quantile(permille: 50)),
    ("p99.9", .quantile(permille: 999)), ("p0.1", .quantile(permille: 1)),
    ("p50.0", .quantile(permille: 500)), ("First_Reply_P99.9", .firstReplyQuantile(permille: 999)),
    ("ci95_HIGH", .meanInterval(.high)), ("p90_ci95_low", .quantileInterval(permille: 900, .low)),
    ("mean_wrapup", .partMean(.wrapup)), ("n_hold", .partCount(.hold)), ("csat", .satisfaction),
    ("network_quality", .surveyMean(.networkQuality)), ("n_product_quality", .surveyCount(.productQuality)),
  ])
  func aNameIsRead(name: String, measure: Measure) {
    #expect(Measure(name: name) == measure)
  }

  @Test(arguments: [
    "", "p", "p0", "p0.0", "p00", "p100", "p-1", "p.5", "p5.", "p5.55", "p5.5.5", "p+5", "p 5", "p5 ", "50",
    "means",
    "mean ", "sdpop", "p１", "p5.x", "first_reply_", "first_reply_p0", "first_reply_mean",
    "first_reply_p50_ci95", "p50_ci99",
    "p0_ci95", "ci95_", "mean_ci95", "_ci95", "median_ci95", "from_0",
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

  @Test func durationsSharesCountsAndOtherNumbersAreToldApart() {
    func names(_ kind: Measure.Kind) -> [String] {
      Measure.names.filter { Measure.all(named: $0)!.allSatisfy { $0.kind == kind } }
    }
    #expect(
      names(.duration) == [
        "total", "mean", "sd", "sd_pop", "min", "max", "trimmed_mean", "mean_conversation", "mean_talk",
        "mean_hold", "mean_wrapup", "engaged", "ci95", "first_reply_p50", "p50_ci95",
      ])
    #expect(names(.share) == ["within", "share", "share_contacts", "csat"])
    #expect(names(.number) == ["hours", "rating", "network_quality", "product_quality", "concurrency"])
    #expect(Measure.quantile(permille: 500).kind == .duration)
    #expect(Measure.bin(from: 0, through: 9).kind == .count)
  }

  @Test func onlySumsOverContactsCanBeDividedAmongTags() {
    let names = Measure.names.filter { Measure.all(named: $0)!.allSatisfy(\.isSplittable) }
    #expect(names == ["contacts", "n", "total", "mean"])
    #expect(HandlingQuery.splitMeasures.allSatisfy { $0.isSplittable })
  }

  @Test func aBinIsNamedByItsLowerEnd() {
    #expect(Measure.bin(from: 120, through: 179).name == "from_120")
    #expect(Measure.bin(from: 0, through: .max).name == "from_0")
  }
}
