import Testing

@testable import HandlingAnalytics

/// Which values of a filter are names that the store must know, and in which spelling.
struct FilterNamesTests {
  private static let table: ContactTable = {
    var contact = Contact.simple(1, seconds: 30)
    (contact.tags, contact.category, contact.channel) = ([2], 3, 1)
    (contact.agent, contact.group) = (1, 2)
    return [contact].table()
  }()

  private static func mistake(_ filter: Filter) -> QueryMistake? {
    var query = HandlingQuery(by: [], measures: [.contacts])
    query.filter = filter
    do {
      _ = try table.answer(query)
      return nil
    } catch QueryFault.mistake(let mistake) {
      return mistake
    } catch {
      Issue.record(error)
      return nil
    }
  }

  private static func count(_ filter: Filter) throws -> HandlingReport.Figure {
    var query = HandlingQuery(by: [], measures: [.contacts])
    query.filter = filter
    return try table.answer(query).total[0]
  }

  @Test func tagsCategoriesAndChannelsMatchWithoutCaseAndAccents() throws {
    for (dimension, spellings) in [
      (Dimension.tag, ["Élan", "elan", "ÉLAN"]), (.category, ["ärger", "ARGER"]), (.channel, ["CHAT"]),
    ] {
      for spelling in spellings {
        #expect(try Self.count(.oneOf(dimension, [spelling])) == .whole(1), "\(spelling)")
      }
    }
  }

  @Test func agentsAndGroupsMatchLetterByLetter() throws {
    #expect(try Self.count(.oneOf(.agent, ["Zoé"])) == .whole(1))
    #expect(
      Self.mistake(.oneOf(.agent, ["zoé"])) == .unknownName(.agent, name: "zoé", nearest: ["Zoé"]))
    #expect(
      Self.mistake(.oneOf(.group, ["south"])) == .unknownName(.group, name: "south", nearest: ["South"]))
  }

  @Test func anUnknownNameIsAMistakeWhereverItStands() {
    let unknown = QueryMistake.unknownName(.tag, name: "refnd", nearest: ["refund"])
    let filter = Filter.oneOf(.tag, ["elan", "refnd", "nothing like it"])
    #expect(Self.mistake(filter) == unknown)
    #expect(Self.mistake(.any([.isBot, .all([.not(filter)])])) == unknown)
    #expect(
      Self.mistake(.oneOf(.channel, ["nothing like it"]))
        == .unknownName(.channel, name: "nothing like it", nearest: []))
  }

  @Test func whatIsNoNameIsNeverUnknown() throws {
    let filters: [Filter] = [
      .oneOf(.closing, ["agents"]), .oneOf(.rating, ["6"]), .oneOf(.hour, ["24"]),
      .oneOf(.day, ["2017-02-30"]),
      .visitor(["nobody"]), .oneOf(.tag, []), .range(.year, from: "1900", through: "1901"),
    ]
    for filter in filters {
      #expect(try Self.count(filter) == .whole(0), "\(filter)")
      #expect(try Self.count(.not(filter)) == .whole(1), "\(filter)")
    }
  }

  @Test func aPeriodThatCannotBeReadIsAMistake() {
    let fault = PeriodFault.impossible(.name, "2017-13")
    #expect(Self.mistake(.period(.named("2017-13"))) == .period(fault))
    var query = HandlingQuery(by: [])
    query.period = .named("2017-13")
    #expect(throws: QueryFault.mistake(.period(fault))) { try Self.table.answer(query) }
  }
}
