import Columnar
import TestSupport
import Testing

@testable import HandlingAnalytics

struct SlicedReportTests {
  /// Three blocks: two of the base, with a conversation at the seam, and one of open contacts.
  private static let contacts: [Contact] = {
    var generator = SeededGenerator(seed: 8)
    var contacts: [Contact] = []
    var conversation: Int64 = 0
    while contacts.count < 66_000 {
      conversation += 1
      let isAtTheSeam = contacts.count > 65_500 && contacts.count < 65_536
      let instant = 1_483_000_000 + conversation * 90
      for _ in 0..<(isAtTheSeam ? 40 : conversation % 9 == 0 ? 3 : 1) {
        var contact = Contact.simple(
          conversation, seconds: UInt32.random(in: 0...900, using: &generator), at: instant)
        contact.key = Int64(contacts.count)
        contact.agent = Int.random(in: 1...4, using: &generator)
        contact.tags =
          [Int(conversation % 6) + 1] + (conversation % 11 == 0 ? [Int(conversation % 5) + 2] : [])
        if contact.tags.count == 2, contact.tags[0] == contact.tags[1] { contact.tags.removeLast() }
        if conversation > 60_000 { contact.seconds = nil }
        contacts.append(contact)
      }
    }
    for key in 1...300 as ClosedRange<Int64> {
      var contact = Contact.simple(key + 1_000_000, seconds: 60, at: 1_483_000_000 + key * 1_000)
      contact.reportedAt = nil
      contact.agent = 2
      contacts.append(contact)
    }
    return contacts
  }()

  private static let table = contacts.table()

  @Test func aConversationAtTheSeamOfTwoBlocksStaysWhole() throws {
    let table = Self.table
    #expect(table.base.count == 2)
    #expect(table.delta.count == 1)
    #expect(table.contactCount == Self.contacts.count)
    #expect(table.base[0].rowCount < 65_536)
    var (last, next): ([Int64], [Int64]) = ([], [])
    try table.base[0].offsets(.conversation).decode(into: &last)
    try table.base[1].offsets(.conversation).decode(into: &next)
    #expect(last.last! < next.first!)
    #expect(next.count { $0 == next[0] } == 40)
  }

  @Test func severalBlocksAnswerAsByTheDefinition() throws {
    var query = HandlingQuery(
      by: [.tag],
      measures: [.contacts, .n, .missing, .total, .sd, .quantile(permille: 950)]
        + [.conversations, .nConversation, .meanConversation])
    query.includesOpen = true
    let report = try Self.table.answer(query, on: .serial(slices: 2))
    let expected = ReferenceAnswer(query, over: Self.contacts, in: ReferenceCalendar(zone: "UTC"))
    #expect(expected.difference(from: report) == nil)
  }

  @Test(arguments: [[Dimension.tag, .agent], [.day, .hour]])
  func theAnswerDoesNotDependOnTheNumberOfSlices(dimensions: [Dimension]) throws {
    var query = HandlingQuery(
      by: dimensions, measures: [.contacts, .total, .sd, .quantile(permille: 500), .meanConversation])
    query.includesOpen = true
    let one = try Self.table.answer(query, in: "Europe/Paris")
    for slices in [2, 3, 7] {
      let several = try Self.table.answer(query, in: "Europe/Paris", on: .serial(slices: slices))
      #expect(several == one, "\(slices) slices")
    }
    #expect(one.total[0] == .whole(Self.contacts.count))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func noNumberOfSlicesOrPassesChangesAnyPartOfAReport(seed: UInt64) throws {
    var generator = ContactGenerator(seed: seed + 70)
    let contacts = generator.contacts(conversations: 1...60, openShare: 20)
    let table = contacts.table(blockLimit: 10)
    let calendar = ReferenceCalendar(zone: "Europe/Paris")
    var questions = QueryGenerator(seed: seed + 70, over: contacts, in: calendar)
    for _ in 0..<10 {
      var query = questions.next()
      (query.order, query.limit) = questions.order(of: query)
      let one = try table.answer(query, in: calendar.zone, over: contacts)
      for (slices, memory) in [(2, nil), (7, nil), (1, 12_000), (7, 12_000)] {
        let other = try table.answer(
          query, in: calendar.zone, over: contacts, on: .serial(slices: slices), memory: memory)
        #expect(other == one, "\(slices) slices, memory \(memory ?? 0): \(query)")
      }
    }
  }

  @Test func slicesMayRunInAnyOrder() throws {
    let backwards = SliceRunner(sliceCount: 3) { count, body in
      for slice in (0..<count).reversed() { body(slice) }
    }
    let query = HandlingQuery(by: [.agent], measures: [.n, .mean, .quantile(permille: 999)])
    let forwards = try Self.table.answer(query, on: .serial(slices: 3))
    #expect(try Self.table.answer(query, on: backwards) == forwards)
  }
}
