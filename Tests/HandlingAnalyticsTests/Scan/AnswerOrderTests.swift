import Testing

@testable import HandlingAnalytics

struct AnswerOrderTests {
  /// Totals by tag: refund 30, Élan 10, apple 30, Zebra none of one contact; untagged 20.
  private static let table: ContactTable = {
    let tagged: [(Int?, UInt32?)] = [(1, 30), (2, 10), (3, 10), (3, 20), (4, nil), (nil, 20)]
    return tagged.enumerated().map { number, contact in
      var made = Contact.simple(Int64(number), seconds: contact.1)
      made.tags = contact.0.map { [$0] } ?? []
      return made
    }.table()
  }()

  private static func labels(
    by key: HandlingQuery.Order.Key?, descending: Bool = false, limit: Int? = nil
  ) throws -> [String] {
    var query = HandlingQuery(by: [.tag], measures: [.total, .mean])
    query.order = key.map { HandlingQuery.Order(by: $0, isDescending: descending) }
    query.limit = limit
    let report = try table.answer(query)
    #expect(report.rowCount == 5)
    return report.rows.map { $0.labels[0].text ?? "-" }
  }

  @Test func withoutAnOrderRowsStandByTheirLabels() throws {
    #expect(try Self.labels(by: nil) == ["apple", "Élan", "refund", "Zebra", "-"])
    #expect(try Self.labels(by: .dimension(.tag)) == ["apple", "Élan", "refund", "Zebra", "-"])
  }

  @Test func missingLabelsComeLastEitherWay() throws {
    #expect(
      try Self.labels(by: .dimension(.tag), descending: true) == ["Zebra", "refund", "Élan", "apple", "-"])
  }

  @Test func equalFiguresStandByTheirLabels() throws {
    #expect(try Self.labels(by: .measure(.total)) == ["Zebra", "Élan", "-", "apple", "refund"])
    #expect(
      try Self.labels(by: .measure(.total), descending: true) == ["apple", "refund", "-", "Élan", "Zebra"])
  }

  @Test func undefinedFiguresComeLastEitherWay() throws {
    #expect(try Self.labels(by: .measure(.mean)) == ["Élan", "apple", "-", "refund", "Zebra"])
    #expect(
      try Self.labels(by: .measure(.mean), descending: true) == ["refund", "-", "apple", "Élan", "Zebra"])
  }

  @Test func aLimitKeepsTheFirstAfterOrdering() throws {
    #expect(try Self.labels(by: .measure(.mean), descending: true, limit: 2) == ["refund", "-"])
    #expect(try Self.labels(by: nil, limit: 1) == ["apple"])
    #expect(try Self.labels(by: nil, limit: 5).count == 5)
    #expect(try Self.labels(by: nil, limit: 9).count == 5)
  }

  @Test func theTotalAndSharesAreOfAllRowsWhateverTheLimit() throws {
    var query = HandlingQuery(by: [.tag], measures: [.total, .share])
    query.order = .init(by: .measure(.share), isDescending: true)
    query.limit = 1
    let report = try Self.table.answer(query)
    #expect(report.total == [.whole(90), .real(1)])
    #expect(report.rows.map(\.figures) == [[.whole(30), .real(30.0 / 90)]])
  }

  @Test func ratingsOfTwoValuesStandBehindThoseOfFive() throws {
    let ratings: [Contact.Rating?] = [.good, nil, .of(5), .bad, .of(1)]
    let contacts = ratings.enumerated().map { number, rating in
      var contact = Contact.simple(Int64(number), seconds: 1)
      contact.rating = rating
      return contact
    }
    let report = try contacts.table().answer(HandlingQuery(by: [.rating], measures: [.contacts]))
    #expect(report.rows.map(\.labels[0]) == [.number(1), .number(5), .name("bad"), .name("good"), .missing])
  }
}
