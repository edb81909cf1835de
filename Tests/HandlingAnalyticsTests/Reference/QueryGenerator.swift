import Conversations
import TestSupport

@testable import HandlingAnalytics

/// Random questions about some contacts.
struct QueryGenerator {
  static let zones = ["UTC", "Europe/Paris", "America/Sao_Paulo"]
  /// Every fixed measure but the histogram, which becomes others, and some of each form with a number.
  static let allMeasures: [Measure] = {
    var measures = Measure.names.flatMap { Measure.all(named: $0) ?? [] }.filter { $0 != .histogram }
    for permille in [1, 250, 900, 950, 999] {
      measures += [.quantile(permille: permille), .firstReplyQuantile(permille: permille)]
      measures += Measure.Bound.allCases.map { .quantileInterval(permille: permille, $0) }
    }
    measures += [.bin(from: 0, through: 99), .bin(from: 100, through: 100), .bin(from: 101, through: .max)]
    return measures + [.bin(from: 5, through: .max - 1)]
  }()

  private var generator: SeededGenerator
  private var filters: CohortFilterGenerator

  init(seed: UInt64, over contacts: [Contact], in calendar: ReferenceCalendar) {
    generator = SeededGenerator(seed: seed)
    filters = CohortFilterGenerator(seed: seed, over: contacts, in: calendar)
  }

  /// In every row, without an order and a limit.
  mutating func next() -> HandlingQuery {
    let count = [0, 1, 1, 2, 2, 3].randomElement(using: &generator)!
    var query = HandlingQuery(by: Array(Dimension.allCases.shuffled(using: &generator).prefix(count)))
    query.tagCounting = HandlingQuery.TagCounting.allCases.randomElement(using: &generator)!
    let isDivided = query.tagCounting == .split && query.dimensions.contains(.tag)
    let measures = isDivided ? HandlingQuery.splitMeasures : Self.allMeasures
    // A question of few measures takes other ways through the scan than one of many.
    query.measures = Array(
      measures.shuffled(using: &generator).prefix(Int.random(in: 1...12, using: &generator)))
    query.attribution = HandlingQuery.Attribution.allCases.randomElement(using: &generator)!
    query.quantiles = HandlingQuery.QuantileMethod.allCases.randomElement(using: &generator)!
    query.unit = HandlingQuery.Unit.allCases.randomElement(using: &generator)!
    query.includesOpen = Bool.random(using: &generator)
    query.includesBots = Bool.random(using: &generator)
    query.target = [0, 60, 900, 2_000, .max - 1, .max].randomElement(using: &generator)
    query.trimPermille = [1, 25, 50, 100, 333, 499].randomElement(using: &generator)
    if Int.random(in: 0..<5, using: &generator) < 3 { query.filter = filters.next() }
    if Bool.random(using: &generator) { query.period = filters.period() }
    return query
  }

  /// An order by one of the question's columns, and mostly a limit.
  mutating func order(of query: HandlingQuery) -> (HandlingQuery.Order?, limit: Int?) {
    let keys =
      query.dimensions.map { HandlingQuery.Order.Key.dimension($0) }
      + query.measures.map { .measure($0) }
    let order = HandlingQuery.Order(
      by: keys.randomElement(using: &generator)!, isDescending: Bool.random(using: &generator))
    return (
      Int.random(in: 0..<6, using: &generator) == 0 ? nil : order,
      [nil, 1, 2, 5, 1_000].randomElement(using: &generator)!
    )
  }

  /// Questions that between them read every column but the contacts' keys.
  static var everyColumn: [HandlingQuery] {
    let measures = allMeasures.filter { Measure.names.contains($0.name) }
    var first = HandlingQuery(by: [.tag, .category, .hour], measures: measures)
    first.attribution = .started
    first.includesOpen = true
    first.includesBots = true
    (first.target, first.trimPermille) = (300, 50)
    var second = HandlingQuery(by: [.agent, .month, .closing], measures: measures)
    second.attribution = .ended
    second.unit = .conversation
    second.filter = .not(.flags([.overlap]))
    (second.target, second.trimPermille) = (900, 100)
    var third = HandlingQuery(by: [.group, .channel, .week], measures: HandlingQuery.defaultMeasures)
    third.period = .named("2017")
    return [first, second, third]
  }
}
