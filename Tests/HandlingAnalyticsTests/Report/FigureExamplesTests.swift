import Testing

@testable import HandlingAnalytics

/// Figures of a few contacts, worked out by hand.
struct FigureExamplesTests {
  private static func total(
    _ measures: [Measure], of contacts: [Contact], _ change: (inout HandlingQuery) -> Void = { _ in }
  ) throws -> [HandlingReport.Figure] {
    var query = HandlingQuery(by: [], measures: measures)
    change(&query)
    return try contacts.table().answer(query).total
  }

  private static func contacts(_ seconds: [UInt32?], conversations: [Int64]? = nil) -> [Contact] {
    seconds.enumerated().map { number, seconds in
      var contact = Contact.simple(conversations?[number] ?? Int64(number), seconds: seconds)
      contact.key = Int64(number)
      return contact
    }
  }

  @Test func aTrimmedMeanDropsAsManyAtEitherEnd() throws {
    let contacts = Self.contacts([1_000, 1, 2, 3, 4, 5, 6, 7, 8, 0])
    // 10% of ten values is one at either end; 9.9% is none, 19.9% one, 49.9% four.
    for (trim, expected) in [(100, 4.5), (99, 103.6), (199, 4.5), (200, 4.5), (499, 4.5), (300, 4.5)] {
      #expect(
        try Self.total([.trimmedMean], of: contacts) { $0.trimPermille = trim } == [.real(expected)],
        "\(trim)")
    }
    let few = Self.contacts([9, 1])
    #expect(try Self.total([.trimmedMean], of: few) { $0.trimPermille = 499 } == [.real(5)])
    #expect(try Self.total([.trimmedMean], of: []) { $0.trimPermille = 100 } == [.none])
  }

  @Test func withinCountsValuesUpToTheTarget() throws {
    let contacts = Self.contacts([0, 60, 61, nil, 3_600])
    let shares: [(UInt32, Double)] = [(0, 0.25), (59, 0.25), (60, 0.5), (61, 0.75), (3_599, 0.75), (.max, 1)]
    for (target, expected) in shares {
      #expect(
        try Self.total([.within], of: contacts) { $0.target = target } == [.real(expected)], "\(target)")
    }
    #expect(try Self.total([.within], of: Self.contacts([nil])) { $0.target = 5 } == [.none])
  }

  @Test func perConversationEveryFigureIsOneOfSums() throws {
    // Conversation 1: 10 + 30; 2: 5 and a missing one; 3: 100; 4: nobody handled it.
    var contacts = Self.contacts([10, 30, 5, nil, 100, nil], conversations: [1, 1, 2, 2, 3, 4])
    contacts[5].isHandled = false
    let measures: [Measure] = [
      .contacts, .conversations, .n, .missing, .total, .hours, .mean, .min, .max, .quantile(permille: 500),
      .sdPopulation,
      .nConversation, .meanConversation, .handled,
    ]
    let figures = try Self.total(measures, of: contacts) { $0.unit = .conversation }
    let expected: [HandlingReport.Figure] = [
      .whole(6), .whole(4), .whole(2), .whole(1), .whole(140), .real(140.0 / 3600), .real(70), .whole(40),
      .whole(100),
      .whole(70), .real(30), .whole(2), .real(70), .whole(5),
    ]
    // The median of 40 and 100 lies between them and is a fraction for all that.
    #expect(figures.map(\.number) == expected.map(\.number))
  }

  @Test func partsAreThoseOfHandledContactsThatHadThem() throws {
    var contacts = Self.contacts([1, 2, 3, 4])
    (contacts[0].hold, contacts[1].hold, contacts[2].hold, contacts[3].hold) = (0, 30, 60, 600)
    contacts[3].isHandled = false
    (contacts[0].talk, contacts[1].wrapUp) = (7, 9)
    #expect(
      try Self.total(
        [.partCount(.hold), .partMean(.hold), .partCount(.talk), .partMean(.talk), .partMean(.wrapup)],
        of: contacts)
        == [.whole(2), .real(45), .whole(1), .real(7), .real(9)])
    #expect(try Self.total([.partCount(.hold), .partMean(.hold)], of: []) == [.whole(0), .none])
  }

  @Test func aResponseCountsForEveryHumanWhoHandledTheConversation() throws {
    // One conversation rated 5 with two agents, a bot and a contact that nobody handled; one rated good; one bad.
    var contacts = Self.contacts([1, 1, 1, nil, 1, 1], conversations: [1, 1, 1, 1, 2, 3])
    for (index, agent) in [1, 2, 3, 4, 1, 2].enumerated() { contacts[index].agent = agent }
    for index in 0...3 { (contacts[index].rating, contacts[index].networkQuality) = (.of(5), 2) }
    (contacts[4].rating, contacts[5].rating) = (.good, .bad)
    contacts[2].isBot = true
    contacts[3].isHandled = false
    var query = HandlingQuery(
      by: [.agent],
      measures: [
        .nRating, .rating, .nSatisfaction, .satisfaction, .surveyCount(.networkQuality),
        .surveyMean(.networkQuality),
      ])
    query.includesBots = true
    let report = try contacts.table().answer(query)
    #expect(report.total == [.whole(1), .real(5), .whole(3), .real(2.0 / 3), .whole(1), .real(2)])
    let none: [HandlingReport.Figure] = [.whole(0), .none, .whole(0), .none, .whole(0), .none]
    #expect(report.rows.map(\.labels[0].text) == ["adam", "Bob", "ÉVA", "Zoé"])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(1), .real(5), .whole(2), .real(0.5), .whole(1), .real(2)], none, none,
        [.whole(1), .real(5), .whole(2), .real(1), .whole(1), .real(2)],
      ])
  }

  @Test func reopeningsCountOncePerConversationAndRow() throws {
    var contacts = Self.contacts([1, 1, 1], conversations: [1, 1, 2])
    (contacts[0].reopens, contacts[1].reopens, contacts[2].reopens) = (2, 2, 3)
    (contacts[0].agent, contacts[1].agent, contacts[2].agent) = (1, 2, 2)
    let report = try contacts.table().answer(HandlingQuery(by: [.agent], measures: [.reopens]))
    #expect(report.total == [.whole(5)])
    #expect(report.rows.map(\.figures) == [[.whole(5)], [.whole(2)]])
  }

  @Test func anAgentIsEngagedWhileOneOfTheContactsIsOpen() throws {
    var contacts = Self.contacts([60, 60, 60, 60, 60, 60])
    let spans: [(Int?, Int64, Int64?)] = [
      (1, 0, 100), (1, 50, 150), (1, 200, 230), (2, 40, 90), (2, 10, nil), (nil, 0, 999),
    ]
    for (index, span) in spans.enumerated() {
      (contacts[index].agent, contacts[index].startedAt, contacts[index].endedAt) = span
    }
    let report = try contacts.table().answer(HandlingQuery(by: [.agent], measures: [.engaged, .concurrency]))
    // Zoé: 0 to 150 and 200 to 230; adam: 40 to 90. Who has no end or no agent still counts as handled.
    #expect(report.total == [.whole(230), .real(360.0 / 230)])
    #expect(
      report.rows.map(\.figures) == [
        [.whole(50), .real(2.4)], [.whole(180), .real(1)], [.whole(0), .none],
      ])
  }

  @Test func firstRepliesAreFiledUnderWhoGaveThem() throws {
    var contacts = Self.contacts([1, 1, 1])
    (contacts[0].firstReply, contacts[2].firstReply) = (0, 90)
    (contacts[0].agent, contacts[1].agent, contacts[2].agent) = (1, 1, 2)
    let report = try contacts.table().answer(
      HandlingQuery(by: [.agent], measures: [.nFirstReply, .firstReplyQuantile(permille: 500)]))
    #expect(report.total == [.whole(2), .real(45)])
    #expect(report.rows.map(\.figures) == [[.whole(1), .whole(90)], [.whole(1), .whole(0)]])
  }
}
