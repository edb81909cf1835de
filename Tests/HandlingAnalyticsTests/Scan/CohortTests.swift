import Conversations
import Testing

@testable import HandlingAnalytics

/// Why contacts are left out, and what of a table is not even looked at.
struct CohortTests {
  /// One contact for every way of failing: `p` outside the period, `f` refused by the filter, `o` open, `b` a bot's.
  private static func contact(_ key: Int64, _ fails: String) -> Contact {
    var contact = Contact.simple(key, seconds: 1, at: fails.contains("p") ? 0 : 1_488_400_000)
    contact.agent = fails.contains("f") ? 1 : 2
    if fails.contains("o") { contact.reportedAt = nil }
    contact.isBot = fails.contains("b")
    return contact
  }

  private static let ways = [
    "", "p", "f", "o", "b", "pf", "po", "pb", "fo", "fb", "ob", "pfo", "pfb", "pob", "fob", "pfob",
  ]
  private static let contacts = ways.enumerated().map { contact(Int64($0.offset), $0.element) }

  private static func basis(_ attribution: HandlingQuery.Attribution, open: Bool, bots: Bool) throws
    -> HandlingReport.Basis
  {
    var query = HandlingQuery(by: [], measures: [.contacts])
    query.attribution = attribution
    (query.includesOpen, query.includesBots) = (open, bots)
    query.period = .named("2017-03")
    query.filter = .not(.oneOf(.agent, ["Zoé"]))
    let report = try contacts.table().answer(query)
    let leftOut = report.basis.leftOut
    #expect(report.basis.scanned == ways.count)
    #expect(
      report.total == [.whole(ways.count - leftOut.period - leftOut.filter - leftOut.open - leftOut.bots)])
    return report.basis
  }

  @Test func aContactIsLeftOutForTheFirstReasonThatApplies() throws {
    let basis = try Self.basis(.started, open: false, bots: false)
    // Eight ways start with p; of the others f, fo, fb, fob; then o, ob; then b.
    #expect(basis.leftOut.period == 8)
    #expect(basis.leftOut.filter == 4)
    #expect(basis.leftOut.open == 2)
    #expect(basis.leftOut.bots == 1)
    #expect(basis.provisional == 1, "the open one that is no bot's")
    #expect(basis.n == 1)
  }

  @Test func whatIsAskedForIsNotLeftOut() throws {
    let withBots = try Self.basis(.started, open: false, bots: true)
    #expect(withBots.leftOut.bots == 0)
    #expect(withBots.provisional == 2)
    let withOpen = try Self.basis(.started, open: true, bots: false)
    #expect(withOpen.leftOut.open == 0)
    #expect(withOpen.leftOut.bots == 2)
    #expect(withOpen.provisional == nil, "they are counted")
  }

  @Test func anOpenConversationIsNotOutsideThePeriodOfReports() throws {
    let basis = try Self.basis(.reported, open: false, bots: false)
    // Open ones have no reported instant; that they are open is the reason, after the filter.
    #expect(basis.leftOut.period == 4)
    #expect(basis.leftOut.filter == 6)
    #expect(basis.leftOut.open == 4)
    #expect(basis.leftOut.bots == 1)
    #expect(basis.provisional == nil)
    #expect(try Self.basis(.reported, open: true, bots: false).leftOut.period == 12)
  }

  @Test func contactsWithoutTheAttributedInstantAreOutsideEveryPeriod() throws {
    var contacts = [Contact.simple(1, seconds: 1), .simple(2, seconds: 1)]
    contacts[0].endedAt = nil
    var query = HandlingQuery(by: [.day], measures: [.contacts])
    query.attribution = .ended
    #expect(try contacts.table().answer(query).rows.map(\.labels) == [[.name("1970-01-01")], [.missing]])
    query.period = .between(from: nil, to: nil)
    let report = try contacts.table().answer(query)
    #expect(report.rows.map(\.labels) == [[.name("1970-01-01")]])
    #expect(report.basis.leftOut.period == 1)
  }

  @Test func blocksThatRangesDecideAreSkippedAndCountedAllTheSame() throws {
    let contacts = (0..<40 as Range<Int64>).map { number in
      var contact = Contact.simple(number, seconds: 1, at: 1_488_326_400 + number * 86_400)
      contact.channel = number < 20 ? 1 : 2
      return contact
    }
    let table = contacts.table(blockLimit: 10)
    var query = HandlingQuery(by: [], measures: [.contacts])
    query.period = .between(from: "2017-03-01", to: "2017-03-10")
    var basis = try table.answer(query).basis
    #expect(basis.effort.blocksRead == 1)
    #expect(basis.effort.blocksSkipped == 3)
    #expect(basis.leftOut.period == 30)
    #expect(basis.effort.columns["marks"] == 10, "one byte for each contact of the block that was read")
    #expect(basis.effort.columns["agent"] == nil)
    query.period = nil
    query.filter = .oneOf(.channel, ["call"])
    basis = try table.answer(query).basis
    #expect(basis.effort.blocksSkipped == 2)
    #expect(basis.leftOut.filter == 20)
    query.filter = .not(.missing(.channel))
    #expect(try table.answer(query).basis.effort.blocksSkipped == 0)
    query.filter = .any([])
    #expect(try table.answer(query).basis.effort.blocksSkipped == 4)
  }

  @Test func requalifiedConversationsAndThoseOfSeveralTagsAreCountedOnce() throws {
    var contacts = [Contact.simple(1, seconds: 1), .simple(1, seconds: 2), .simple(2, seconds: 3)]
    for index in contacts.indices { contacts[index].key = Int64(index) }
    for index in 0...1 { (contacts[index].isRequalified, contacts[index].tags) = (true, [1, 2]) }
    contacts[1].seconds = nil
    let basis = try contacts.table().answer(HandlingQuery(by: [.tag], measures: [.n])).basis
    #expect(basis.requalified == 1)
    #expect(basis.severalTags == 1)
    #expect(basis.n == 2)
    #expect(basis.missing == 1)
    #expect(try contacts.table().answer(HandlingQuery(by: [.agent])).basis.severalTags == 0)
  }
}
