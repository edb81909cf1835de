import Conversations
import SQLiteStore
import TestSupport
import Testing

struct ConversationRepositoryTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let conversations: ConversationRepository

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    conversations = try ConversationRepository(store)
    for table in ["category", "channel", "agent"] {
      try store.connection.execute("INSERT INTO \(table) VALUES (1, 'a', 'a'), (2, 'b', 'b')")
    }
  }

  private static func summary(_ random: inout SeededGenerator) -> ConversationSummary {
    func some<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    var summary = ConversationSummary(of: [])
    summary.channel = some(Int32.random(in: 1...2, using: &random))
    summary.category = some(Int32.random(in: 1...2, using: &random))
    summary.tags = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      Int32.random(in: 1...99, using: &random)
    }
    summary.state = [.open, .closed, .ended].randomElement(using: &random)!
    summary.closing = some(Closing.allCases.randomElement(using: &random)!)
    summary.endedAt = some(Int64.random(in: Bounds.instants, using: &random))
    summary.rating = some(Rating.allCases.randomElement(using: &random)!)
    summary.visitor = some(["", "Eve", "О'Ева 🙂"].randomElement(using: &random)!)
    summary.networkQuality = some(UInt8.random(in: 1...5, using: &random))
    summary.productQuality = some(UInt8.random(in: 1...5, using: &random))
    summary.reopens = Int.random(in: 0...3, using: &random)
    summary.isRequalified = Bool.random(using: &random)
    summary.note = some(
      ["", "it's \"fine\"; DROP TABLE conversation", "ноты 🎵"].randomElement(using: &random)!)
    return summary
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func everyFieldReadsBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ids = (0..<50).map { "\($0)'\"; é日🙂" }
    var expected: [ConversationSummary] = []
    try store.write {
      try store.dropIndexes()
      for (place, id) in ids.enumerated() {
        expected.append(Self.summary(&random))
        #expect(try conversations.insert(id: id, expected[place]) == Int64(place) + 1)
      }
      try store.createIndexes()
      for place in 0..<20 {
        expected[place] = Self.summary(&random)
        try conversations.replace(key: Int64(place) + 1, expected[place])
      }
    }
    for (place, id) in ids.enumerated() {
      let key = Int64(place) + 1
      #expect(try conversations.key(of: id) == key)
      #expect(try conversations.summary(of: key) == expected[place])
    }
    #expect(try conversations.lastKey() == 50)
    #expect(try conversations.key(of: "0") == nil)
    #expect(try conversations.summary(of: 51) == nil)
    #expect(throws: SQLiteFault.self) { _ = try conversations.insert(id: ids[3], expected[3]) }
  }

  @Test func feedsGiveContactsWithTheirConversationAndClosesWithTheirAgent() throws {
    let contacts = try ContactRepository(store)
    func contact(_ start: Int64, _ agent: Int32?, bot: Bool = false) -> ContactRecord {
      var contact = ContactRecord(startedAt: start)
      (contact.agent, contact.isBot, contact.endedAt, contact.endReason) = (agent, bot, start + 5, .closed)
      (contact.tags, contact.channel, contact.category) = ([7, 3], 2, 1)
      contact.handling = HandlingValue(seconds: 5, basis: .given)
      contact.isHandled = agent != nil
      return contact
    }
    let histories: [(String, [ContactRecord])] = [
      // Written out of order: the latest human contact that has an agent is agent 2's.
      ("b", [contact(50, 2), contact(10, 1), contact(60, nil), contact(70, 1, bot: true)]),
      ("a", [contact(70, 1)]), ("c", [contact(20, nil)]),
    ]
    try store.write {
      for (place, (id, records)) in histories.enumerated() {
        let key = Int64(place + 1)
        let summary = ConversationSummary(of: records.sorted { $0.startedAt < $1.startedAt })
        #expect(try conversations.insert(id: id, summary) == key)
        for record in records { _ = try contacts.insert(record, conversation: key, isLive: false) }
      }
      _ = try conversations.insert(id: "open", ConversationSummary(of: [ContactRecord(startedAt: 1)]))
      _ = try contacts.insert(ContactRecord(startedAt: 1), conversation: 4, isLive: true)
    }
    let feed = try CloseFeed(store)
    let closes = try feed.closes(1..<5)
    #expect(closes.map(\.id) == ["c", "a", "b"])
    #expect(closes.map(\.endedAt) == [25, 75, 75])
    #expect(closes.map(\.agent) == [nil, 1, 2])
    #expect(closes.allSatisfy { $0.tags == [7, 3] && $0.channel == 2 && $0.category == 1 })
    #expect(try feed.closes(2..<3).map(\.id) == ["a"])
    #expect(try feed.closes(3..<3).isEmpty)

    var rows: [ContactFeed.Row] = []
    let all = try ContactFeed(all: store)
    while let row = try all.next() { rows.append(row) }
    #expect(rows.map(\.contact) == [1, 2, 3, 4, 5, 6, 7])
    #expect(rows.map(\.conversation) == [1, 1, 1, 1, 2, 3, 4])
    #expect(rows.map(\.startedAt) == [50, 10, 60, 70, 70, 20, 1])
    #expect(rows.map(\.agent) == [2, 1, 0, 1, 1, 0, 0])
    #expect(rows.map(\.isBot) == [false, false, false, true, false, false, false])
    #expect(rows.map(\.isHandled) == [true, true, false, true, true, false, false])
    #expect(rows.map(\.conversationEndedAt) == [75, 75, 75, 75, 75, 25, nil])
    #expect(rows.map(\.state) == [.ended, .ended, .ended, .ended, .ended, .ended, .open])
    #expect(rows.map(\.tags) == Array(repeating: [7, 3], count: 6) + [[]])
    #expect(rows.map(\.handling.seconds) == [5, 5, 5, 5, 5, 5, nil])
    let one = try ContactFeed(byConversation: store)
    for (conversation, keys) in [(1, [1, 2, 3, 4]), (3, [6]), (9, []), (2, [5])] as [(Int64, [Int64])] {
      one.start(conversation: conversation)
      var found: [Int64] = []
      while let row = try one.next() { found.append(row.contact) }
      #expect(found == keys)
    }
  }
}
