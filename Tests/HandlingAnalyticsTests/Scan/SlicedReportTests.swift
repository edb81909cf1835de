import CivilTime
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
    let report = try Self.table.report(query, in: .utc, on: .serial(slices: 2))
    let expected = ReferenceAnswer(query, over: Self.contacts, in: ReferenceCalendar(zone: "UTC"))
    #expect(expected.difference(from: report) == nil)
  }

  @Test(arguments: [[Dimension.tag, .agent], [.day, .hour]])
  func theAnswerDoesNotDependOnTheNumberOfSlices(dimensions: [Dimension]) throws {
    var query = HandlingQuery(
      by: dimensions, measures: [.contacts, .total, .sd, .quantile(permille: 500), .meanConversation])
    query.includesOpen = true
    let zone = try TimeZoneRules(identifier: "Europe/Paris")
    let one = try Self.table.report(query, in: zone, on: .serial())
    for slices in [2, 3, 7] {
      #expect(try Self.table.report(query, in: zone, on: .serial(slices: slices)) == one, "\(slices) slices")
    }
    #expect(one.total[0] == .whole(Self.contacts.count))
  }

  @Test func slicesMayRunInAnyOrder() throws {
    let backwards = SliceRunner(sliceCount: 3) { count, body in
      for slice in (0..<count).reversed() { body(slice) }
    }
    let query = HandlingQuery(by: [.agent], measures: [.n, .mean, .quantile(permille: 999)])
    let forwards = try Self.table.report(query, in: .utc, on: .serial(slices: 3))
    #expect(try Self.table.report(query, in: .utc, on: backwards) == forwards)
  }
}
