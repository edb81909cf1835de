import Testing

@testable import HandlingAnalytics

/// A conversation of several tags in the answer by tag.
struct TagCountingTests {
  /// Conversation 1 chose refund, then apple, over two contacts; 2 apple only; 3 nothing.
  private static let contacts: [Contact] = {
    var contacts = [Contact.simple(1, seconds: 100), .simple(1, seconds: 50), .simple(2, seconds: 50)]
    contacts.append(.simple(3, seconds: 7))
    for index in contacts.indices { contacts[index].key = Int64(index) }
    (contacts[0].tags, contacts[1].tags, contacts[2].tags) = ([1, 3], [1, 3], [3])
    return contacts
  }()

  private static func report(
    _ counting: HandlingQuery.TagCounting, _ unit: HandlingQuery.Unit = .contact,
    by dimensions: [Dimension] = [.tag], of contacts: [Contact] = contacts
  ) throws -> HandlingReport {
    var query = HandlingQuery(by: dimensions, measures: HandlingQuery.splitMeasures)
    (query.tagCounting, query.unit) = (counting, unit)
    return try contacts.table().answer(query)
  }

  private static let total: [HandlingReport.Figure] = [.whole(4), .whole(4), .real(51.75), .whole(207)]

  @Test func eachTagCountsTheWholeConversation() throws {
    let report = try Self.report(.each)
    #expect(report.rows.map(\.labels) == [[.name("apple")], [.name("refund")], [.missing]])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(3), .whole(3), .real(200.0 / 3), .whole(200)],
        [.whole(2), .whole(2), .real(75), .whole(150)],
        [.whole(1), .whole(1), .real(7), .whole(7)],
      ])
    #expect(report.total == Self.total)
    #expect(report.basis.severalTags == 1)
  }

  @Test func splitTagsCountAPartEachAndTogetherTheWhole() throws {
    let report = try Self.report(.split)
    #expect(
      report.rows.map(\.figures) == [
        [.real(2), .real(2), .real(62.5), .real(125)], [.real(1), .real(1), .real(75), .real(75)],
        [.real(1), .real(1), .real(7), .real(7)],
      ])
    #expect(report.total == Self.total)
    #expect(report.basis.severalTags == 1)
  }

  @Test func splitSumsOfConversationsAreDividedToo() throws {
    let report = try Self.report(.split, .conversation)
    #expect(
      report.rows.map(\.figures) == [
        [.real(2), .real(1.5), .real(125 / 1.5), .real(125)], [.real(1), .real(0.5), .real(150), .real(75)],
        [.real(1), .real(1), .real(7), .real(7)],
      ])
    #expect(report.total == [.whole(4), .whole(3), .real(69), .whole(207)])
  }

  @Test func primaryTagsAreThoseThatWereChosenFirst() throws {
    let report = try Self.report(.primary)
    #expect(report.rows.map(\.labels) == [[.name("apple")], [.name("refund")], [.missing]])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(1), .whole(1), .real(50), .whole(50)], [.whole(2), .whole(2), .real(75), .whole(150)],
        [.whole(1), .whole(1), .real(7), .whole(7)],
      ])
    #expect(report.total == Self.total)
  }

  @Test func thirdsAddUpToWholesExactly() throws {
    let contacts = (0..<30 as Range<Int64>).map { number in
      var contact = Contact.simple(number, seconds: 10)
      contact.tags = [1, 2, 3]
      return contact
    }
    let report = try Self.report(.split, of: contacts)
    let row: [HandlingReport.Figure] = [.real(10), .real(10), .real(10), .real(100)]
    #expect(report.rows.map(\.figures) == [row, row, row])
  }

  @Test func aFilterByTagHidesNoOtherTagAndChangesNoShare() throws {
    var query = HandlingQuery(by: [.tag], measures: [.contacts])
    query.tagCounting = .split
    query.filter = .oneOf(.tag, ["refund"])
    let report = try Self.contacts.table().answer(query)
    #expect(report.rows.map(\.labels) == [[.name("apple")], [.name("refund")]])
    #expect(report.rows.map(\.figures) == [[.real(1)], [.real(1)]])
    #expect(report.total == [.whole(2)])
  }

  @Test func withoutTagsInTheAnswerNothingIsDivided() throws {
    var query = HandlingQuery(by: [.channel], measures: [.contacts, .max])
    query.tagCounting = .split
    let report = try Self.contacts.table().answer(query)
    #expect(report.rows.map(\.figures) == [[.whole(4), .whole(100)]])
    #expect(report.basis.severalTags == 0)
  }
}
