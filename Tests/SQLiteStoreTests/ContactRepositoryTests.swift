import Conversations
import SQLiteStore
import TestSupport
import Testing

struct ContactRepositoryTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let contacts: ContactRepository

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    contacts = try ContactRepository(store)
    for table in ["tag", "category", "channel", "agent", "agent_group"] {
      try store.connection.execute("INSERT INTO \(table) VALUES (1, 'a', 'a'), (2, 'b', 'b'), (3, 'c', 'c')")
    }
    let conversations = try ConversationRepository(store)
    for key in 1...3 as ClosedRange<Int64> {
      _ = try conversations.insert(id: "c\(key)", ConversationSummary(of: []))
    }
  }

  private static let texts = [
    "", "'; DROP TABLE contact;--", "say \"hi\"", "日本 🙂\n\tü", "?1", "NULL", "a\u{0}b",
  ]

  /// A record of which each field is there or not.
  private static func record(_ random: inout SeededGenerator) -> ContactRecord {
    func some<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    func code() -> Int32 { Int32.random(in: 1...3, using: &random) }
    func instant() -> Int64 { Int64.random(in: Bounds.instants, using: &random) }
    func seconds() -> UInt32 { UInt32.random(in: 0..<UInt32.max, using: &random) }
    var record = ContactRecord(startedAt: instant())
    record.contactID = some(texts.randomElement(using: &random)!)
    record.channel = some(code())
    record.category = some(code())
    record.tags = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Int32.random(in: 1...65_534, using: &random)
    }
    record.agent = some(code())
    record.group = some(code())
    record.isBot = Bool.random(using: &random)
    record.firstReplyAt = some(instant())
    record.endedAt = some(instant())
    record.endReason = some(EndReason.allCases.randomElement(using: &random)!)
    record.closing = some(Closing.allCases.randomElement(using: &random)!)
    record.state = some([ConversationState.open, .closed, .ended].randomElement(using: &random)!)
    record.handling = HandlingValue(
      seconds: some(seconds()), basis: [.given, .parts, .derived].randomElement(using: &random)!)
    record.talkSeconds = some(seconds())
    record.holdSeconds = some(seconds())
    record.wrapUpSeconds = some(seconds())
    record.rating = some(Rating.allCases.randomElement(using: &random)!)
    record.visitor = some(texts.randomElement(using: &random)!)
    record.firstMessageAt = some(instant())
    record.networkQuality = some(UInt8.random(in: 1...5, using: &random))
    record.productQuality = some(UInt8.random(in: 1...5, using: &random))
    record.firstReplySeconds = some(seconds())
    record.isHandled = Bool.random(using: &random)
    record.note = some(texts.randomElement(using: &random)!)
    record.flags = ContactFlags(rawValue: UInt16.random(in: 0..<512, using: &random))
    return record
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func everyFieldReadsBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var expected: [Int64: (conversation: Int64, isLive: Bool, record: ContactRecord)] = [:]
    try store.write {
      for _ in 0..<60 {
        let value = (
          Int64.random(in: 1...3, using: &random), Bool.random(using: &random), Self.record(&random)
        )
        expected[try contacts.insert(value.2, conversation: value.0, isLive: value.1)] = value
      }
      for key in expected.keys.sorted().prefix(20) {
        let value = (
          Int64.random(in: 1...3, using: &random), Bool.random(using: &random), Self.record(&random)
        )
        try contacts.replace(.init(key: key, conversation: value.0, isLive: value.1, record: value.2))
        expected[key] = value
      }
      for key in expected.keys.sorted().suffix(20) {
        expected[key]?.record.flags = [.zero, .overlap]
        expected[key]?.record.firstReplySeconds = key.isMultiple(of: 2) ? UInt32(key) : nil
        try contacts.setDerived(
          [.zero, .overlap], firstReplySeconds: key.isMultiple(of: 2) ? UInt32(key) : nil, of: key)
      }
    }
    #expect(expected.count == 60)
    for (key, value) in expected {
      let row = try #require(try contacts.contact(key))
      #expect(row.key == key && row.conversation == value.conversation && row.isLive == value.isLive)
      #expect(row.record == value.record)
    }
    for conversation in 1...3 as ClosedRange<Int64> {
      let rows = try contacts.contacts(of: conversation)
      #expect(Set(rows.map(\.key)) == Set(expected.filter { $0.value.conversation == conversation }.keys))
      #expect(rows.allSatisfy { expected[$0.key]?.record == $0.record })
    }
    #expect(try contacts.contact(61)?.key == nil)
    #expect(try contacts.contacts(of: 4).isEmpty)
  }

  @Test func aContactNeedsItsConversation() throws {
    #expect(throws: StoreFault.self) {
      try store.write {
        _ = try contacts.insert(ContactRecord(startedAt: 0), conversation: 99, isLive: false)
      }
    }
    #expect(try contacts.contact(1)?.key == nil)
  }

  /// What a refused contact held must not turn up in the next one.
  @Test func aRefusedContactLeavesNothingBehind() throws {
    var full = ContactRecord(startedAt: 0)
    (full.agent, full.note, full.rating, full.endedAt) = (2, "someone else's", .good, 7)
    #expect(throws: SQLiteFault.self) { try contacts.insert(full, conversation: 99, isLive: true) }
    let bare = ContactRecord(startedAt: 3)
    let key = try contacts.insert(bare, conversation: 1, isLive: false)
    let kept = try contacts.contact(key)?.record
    #expect(kept == bare)
  }
}
