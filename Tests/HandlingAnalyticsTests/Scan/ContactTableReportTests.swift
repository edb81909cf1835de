import CivilTime
import Conversations
import Testing

@testable import HandlingAnalytics

struct ContactTableReportTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func randomQuestionsAreAnsweredAsByTheirDefinition(seed: UInt64) throws {
    var generator = ContactGenerator(seed: seed)
    let contacts = generator.contacts(conversations: 1...90)
    let table = contacts.table()
    let calendars = Dictionary(
      uniqueKeysWithValues: QueryGenerator.zones.map { ($0, ReferenceCalendar(zone: $0)) })
    var questions = QueryGenerator(seed: seed)
    for _ in 0..<8 {
      let (query, zone) = questions.next()
      let report = try table.report(query, in: TimeZoneRules(identifier: zone), on: .serial())
      let expected = ReferenceAnswer(query, over: contacts, in: calendars[zone]!)
      #expect(expected.difference(from: report) == nil, "\(zone) \(query)")
      #expect(report.query == query)
      #expect(report.zone == zone)
      #expect(report.seq == 1)
    }
  }

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
      let report = try table.report(query, in: TimeZoneRules(identifier: zone), on: .serial())
      let expected = ReferenceAnswer(query, over: contacts, in: ReferenceCalendar(zone: zone))
      #expect(expected.difference(from: report) == nil, "\(zone)")
    }
  }

  @Test func withoutADimensionTheAnswerIsTheTotalAlone() throws {
    var generator = ContactGenerator(seed: 5)
    let contacts = generator.contacts(conversations: 1...50)
    let query = HandlingQuery(by: [], measures: QueryGenerator.allMeasures)
    let report = try contacts.table().report(query, in: .utc, on: .serial())
    #expect(report.rows.isEmpty)
    #expect(
      ReferenceAnswer(query, over: contacts, in: ReferenceCalendar(zone: "UTC")).difference(from: report)
        == nil)
  }

  @Test func aTableWithoutContactsAnswersWithZerosAndNothing() throws {
    let query = HandlingQuery(
      by: [.tag, .day], measures: [.contacts, .total, .mean, .sd, .min, .max, .quantile(permille: 500)])
    let report = try [Contact]().table().report(query, in: .utc, on: .serial(slices: 3))
    #expect(report.rows.isEmpty)
    #expect(report.total == [.whole(0), .whole(0), .none, .none, .none, .none, .none])
    #expect(report.scanned == 0)
    #expect(report.bases.isEmpty)
  }

  @Test func aConversationCountsInEachOfItsTagsAndOnceInTheTotal() throws {
    var first = Contact.simple(1, seconds: 100)
    first.tags = [1, 3]
    var second = Contact.simple(2, seconds: 50)
    second.tags = [3]
    let query = HandlingQuery(by: [.tag], measures: [.contacts, .conversations, .total])
    let report = try [first, second, .simple(3, seconds: 7)].table().report(query, in: .utc, on: .serial())
    #expect(report.rows.map(\.labels) == [[.name("apple")], [.name("refund")], [.missing]])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(2), .whole(2), .whole(150)], [.whole(1), .whole(1), .whole(100)],
        [.whole(1), .whole(1), .whole(7)],
      ])
    #expect(report.total == [.whole(3), .whole(3), .whole(157)])
  }

  @Test func instantsBefore1970FallInTheirBuckets() throws {
    let contacts = (0..<200).map { Contact.simple($0, seconds: 1, at: -8_000_000 + $0 * 80_003) }
    for dimension in [Dimension.day, .week, .hour, .weekday, .quarter] {
      let query = HandlingQuery(by: [dimension], measures: [.contacts])
      let report = try contacts.table().report(
        query, in: TimeZoneRules(identifier: "America/Sao_Paulo"), on: .serial())
      let expected = ReferenceAnswer(
        query, over: contacts, in: ReferenceCalendar(zone: "America/Sao_Paulo"))
      #expect(expected.difference(from: report) == nil)
    }
  }

  @Test func elapsedTimesAreAnnounced() throws {
    var contact = Contact.simple(1, seconds: 5)
    contact.basis = .derived
    let query = HandlingQuery(by: [])
    #expect(try [contact].table().report(query, in: .utc, on: .serial()).bases[.derived] != nil)
    contact.basis = .parts
    #expect(try [contact].table().report(query, in: .utc, on: .serial()).bases[.derived] == nil)
  }
}
