import Conversations
import Testing

@testable import HandlingAnalytics

struct ContactTableReportTests {
  @Test(arguments: Dimension.allCases, HandlingQuery.Attribution.allCases)
  func eachDimensionAloneIsAnsweredAsByItsDefinition(
    dimension: Dimension, attribution: HandlingQuery.Attribution
  ) throws {
    var generator = ContactGenerator(seed: 99)
    let contacts = generator.contacts(conversations: 1...60, openShare: 30)
    let table = contacts.table()
    for zone in QueryGenerator.zones {
      var query = HandlingQuery(by: [dimension], measures: [.contacts, .total, .conversations])
      query.attribution = attribution
      query.includesOpen = attribution == .ended
      let report = try table.answer(query, in: zone)
      let expected = ReferenceAnswer(query, over: contacts, in: ReferenceCalendar(zone: zone))
      #expect(expected.difference(from: report) == nil, "\(zone)")
    }
  }

  @Test(arguments: HandlingQuery.Unit.allCases, HandlingQuery.QuantileMethod.allCases)
  func everyMeasureAtOnceIsAnsweredAsByItsDefinition(
    unit: HandlingQuery.Unit, quantiles: HandlingQuery.QuantileMethod
  ) throws {
    var generator = ContactGenerator(seed: 5)
    let contacts = generator.contacts(conversations: 1...80)
    let calendar = ReferenceCalendar(zone: "UTC")
    for dimensions: [Dimension] in [[], [.tag], [.agent]] {
      var query = HandlingQuery(by: dimensions, measures: QueryGenerator.allMeasures)
      (query.unit, query.quantiles) = (unit, quantiles)
      (query.target, query.trimPermille) = (600, 125)
      let report = try contacts.table(blockLimit: 40).answer(query, on: .serial(slices: 2))
      #expect(report.rows.isEmpty == dimensions.isEmpty)
      #expect(ReferenceAnswer(query, over: contacts, in: calendar).difference(from: report) == nil)
    }
  }

  @Test func aTableWithoutContactsAnswersWithZerosAndNothing() throws {
    var query = HandlingQuery(by: [.tag, .day], measures: QueryGenerator.allMeasures)
    (query.target, query.trimPermille) = (600, 125)
    let report = try [Contact]().table().answer(query, on: .serial(slices: 3))
    #expect(report.rows.isEmpty)
    #expect(report.rowCount == 0)
    let expected = ReferenceAnswer(query, over: [], in: ReferenceCalendar(zone: "UTC"))
    #expect(expected.difference(from: report) == nil)
    for (measure, figure) in zip(query.measures, report.total) {
      #expect(figure == .whole(0) || figure == .none || figure == .real(0), "\(measure.name)")
    }
    #expect(report.basis == HandlingReport.Basis())
  }

  @Test func aConversationCountsInEachOfItsTagsAndOnceInTheTotal() throws {
    var first = Contact.simple(1, seconds: 100)
    first.tags = [1, 3]
    var second = Contact.simple(2, seconds: 50)
    second.tags = [3]
    let query = HandlingQuery(by: [.tag], measures: [.contacts, .conversations, .total])
    let report = try [first, second, .simple(3, seconds: 7)].table().answer(query)
    #expect(report.rows.map(\.labels) == [[.name("apple")], [.name("refund")], [.missing]])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(2), .whole(2), .whole(150)], [.whole(1), .whole(1), .whole(100)],
        [.whole(1), .whole(1), .whole(7)],
      ])
    #expect(report.total == [.whole(3), .whole(3), .whole(157)])
    #expect(report.basis.severalTags == 1)
  }

  @Test func instantsBefore1970FallInTheirBuckets() throws {
    let contacts = (0..<200).map { Contact.simple($0, seconds: 1, at: -8_000_000 + $0 * 80_003) }
    let calendar = ReferenceCalendar(zone: "America/Sao_Paulo")
    for dimension in [Dimension.day, .week, .hour, .weekday, .quarter] {
      let query = HandlingQuery(by: [dimension], measures: [.contacts])
      let report = try contacts.table().answer(query, in: calendar.zone)
      #expect(ReferenceAnswer(query, over: contacts, in: calendar).difference(from: report) == nil)
    }
  }

  @Test func elapsedTimesAreAnnounced() throws {
    var contact = Contact.simple(1, seconds: 5)
    contact.basis = .derived
    let query = HandlingQuery(by: [])
    #expect(try [contact].table().answer(query).basis.bases == [.derived: 1])
    contact.basis = .parts
    #expect(try [contact].table().answer(query).basis.bases == [.parts: 1])
    contact.isHandled = false
    #expect(
      try [contact].table().answer(query).basis.bases.isEmpty, "what nobody handled has no figure to rest on")
  }

  @Test func aPeriodIsShownOnTheClockOfItsZone() throws {
    var query = HandlingQuery(by: [], measures: [.contacts])
    query.period = .named("2017-03")
    let report = try [Contact.simple(1, seconds: 1)].table().answer(query, in: "Europe/Paris")
    #expect(report.limits == PeriodLimits(from: 1_488_322_800, to: 1_490_997_600))
    #expect(report.periodText.from == "2017-03-01T00:00:00+01:00")
    #expect(report.periodText.to == "2017-04-01T00:00:00+02:00")
    query.period = .between(from: nil, to: "2017-01-01T00:00:00Z")
    let open = try [Contact.simple(1, seconds: 1)].table().answer(query)
    #expect(open.limits == PeriodLimits(from: nil, to: 1_483_228_800))
    #expect(open.periodText.from == nil)
    #expect(open.total == [.whole(1)])
    query.period = nil
    #expect(try [Contact.simple(1, seconds: 1)].table().answer(query).limits == nil)
  }
}
