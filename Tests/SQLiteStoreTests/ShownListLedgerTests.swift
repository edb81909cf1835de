import Conversations
import TestSupport
import Testing

@testable import SQLiteStore

struct ShownListLedgerTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    try store.connection.execute(
      """
      INSERT INTO category VALUES (7, 'Delivery', 'delivery');
      INSERT INTO conversation (key, id, state) VALUES (1, 'c1', 2), (2, 'c2', 2);
      """)
  }

  @Test func listsComeBackAsTheyWereToTheBit() throws {
    var random = SeededGenerator(seed: 3)
    let ledger = ShownListLedger(store)
    var expected: [Int64: ShownListLedger.Entry] = [:]
    for number in 0..<200 {
      let scores = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        (
          tag: Int32.random(in: 1...65_534, using: &random),
          score: Double(bitPattern: UInt64.random(in: 0..<(0x7FF << 52), using: &random)) * -1
        )
      }
      let entry = ShownListLedger.Entry(
        conversation: Int64(number % 2 + 1), category: number % 3 == 0 ? 7 : nil, channel: nil, agent: nil,
        before: number % 5 == 0 ? [4] : [], shown: scores, chosen: [Int32(number), 9],
        modelSeq: Int64(number), rankingMicroseconds: 12, shownAt: -5, closedAt: .max)
      try store.write {
        let seq = try ChangeLog(store).append(.closed, conversations: 1..<2)
        try ledger.append(entry, change: seq)
        expected[seq] = entry
      }
    }
    var found: [Int64: ShownListLedger.Entry] = [:]
    var last: Int64 = 0
    try ledger.forEach { change, entry in
      #expect(change > last)
      last = change
      found[change] = entry
    }
    #expect(found == expected && found.count == 200)
  }

  @Test func aListNeedsItsClose() throws {
    let entry = ShownListLedger.Entry(
      conversation: 1, category: nil, channel: nil, agent: nil, before: [], shown: [], chosen: [],
      modelSeq: 0,
      rankingMicroseconds: 0, shownAt: 0, closedAt: 0)
    #expect(throws: StoreFault.self) {
      try store.write { try ShownListLedger(store).append(entry, change: 1) }
    }
  }

  @Test(arguments: [
    ("[[3,-0.25],[17,-1.5]]", [3, 17]), ("", []), ("[]", []), ("[[3,nan],[4,1e999],[5,2],[6]]", [5]),
    ("[[99999999999,1],[1,x],[2,0.5", [2]), ("[3,-0.25]", [3]),
  ])
  func damagedTextsGiveShorterLists(text: String, tags: [Int32]) {
    #expect(ScoredTagList.tags(text).map(\.tag) == tags)
  }

  @Test func aTextTakesTheOldOnesPlace() throws {
    let texts = try ConversationTexts(store)
    #expect(try texts.text(of: 1) == nil)
    let contacts = try ContactRepository(store)
    let keys = try store.write {
      try [30, 10, 20].map {
        try contacts.insert(ContactRecord(startedAt: $0), conversation: 1, isLive: false)
      }
    }
    try store.write { try texts.replace("of the first", ofContact: keys[1]) }
    #expect(try texts.text(of: 1) == "of the first")
    for text in ["where is my parcel", "", "'); DROP TABLE tag; --\u{0}é"] {
      try store.write { try texts.replace(text, of: 1) }
      #expect(try texts.text(of: 1) == text)
    }
    #expect(try texts.text(ofContact: keys[0]) == texts.text(of: 1))
    try store.write { try texts.replace(nil, ofContact: keys[0]) }
    #expect(try texts.text(of: 1) == "of the first")
    #expect(try texts.text(of: 2) == nil)
  }
}
