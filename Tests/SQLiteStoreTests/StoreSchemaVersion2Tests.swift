import Conversations
import Testing

@testable import SQLiteStore

/// A store of version 1, written as that version wrote, and what the second makes of it.
struct StoreSchemaVersion2Tests {
  private let folder: TemporaryFolder
  private let store: Store

  /// What tells contacts apart, and what version 2 works out.
  private static let contacts: [(row: String, seconds: UInt32?, flags: UInt16)] = [
    // key, conversation, contact_id, agent, is_bot, started_at, first_reply_at, ended_at, end_reason, wrapup, flags
    // A bot hands over; its reply is none, its start is the conversation's.
    ("1, 1, NULL, NULL, 1, 100, 101, 110, 1, NULL, 0", nil, 0),
    ("2, 1, NULL, 1, 0, 120, 130, 140, 0, 900, 0", 30, 0),
    // Closed, then taken up: a reopening. Then a transfer, which makes none.
    ("3, 1, NULL, 2, 0, 140, 145, 150, 1, 901, 3", nil, 259),
    ("4, 1, NULL, 2, 0, 160, NULL, 170, 0, NULL, 16", nil, 16),
    // Equal starts and replies: the key decides, which is the contact id, else the agent's name. The first was over
    // at once, so that the second reopens.
    ("5, 2, 'm', 1, 0, 10, 15, 10, 0, 5000, 0", 5, 256),
    ("6, 2, NULL, 2, 0, 10, 15, 30, 0, NULL, 0", nil, 0),
    // The second to start replied first; it was still open when the third came.
    ("7, 3, NULL, 1, 0, 10, 50, 20, 0, NULL, 0", nil, 0),
    ("8, 3, NULL, 2, 0, 15, 25, 60, 0, NULL, 0", 15, 0),
    ("9, 3, NULL, 1, 0, 40, NULL, NULL, NULL, NULL, 0", nil, 0),
    // Nobody replied; a reason without an end is no close.
    ("10, 4, NULL, NULL, 0, 10, NULL, NULL, 0, NULL, 0", nil, 0),
    ("11, 4, NULL, NULL, 0, 20, NULL, 20, 0, NULL, 0", nil, 0),
    // A wait without room in a column.
    ("12, 5, NULL, 1, 0, -2208988800, 4294967295, NULL, NULL, NULL, 0", nil, 0),
  ]

  init() throws {
    folder = try TemporaryFolder()
    let first = Array(StoreSchema.migrations.prefix(1))
    do {
      let old = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"), migrations: first)
      try old.connection.execute("INSERT INTO agent VALUES (1, 'Zoe', 'zoe'), (2, 'Ánna', 'anna')")
      for key in 1...5 {
        try old.connection.execute(
          "INSERT INTO conversation (key, id, state, rating) VALUES (\(key), 'c\(key)', 0, \(key))")
      }
      for (row, _, _) in Self.contacts {
        try old.connection.execute(
          """
          INSERT INTO contact (key, conversation, contact_id, agent, is_bot, started_at, first_reply_at, \
          ended_at, end_reason, wrapup_seconds, flags, handling_basis, is_handled) VALUES (\(row), 0, 0)
          """)
      }
    }
    store = try Store(path: folder.path(), whenMissing: .fail)
  }

  @Test func contactsGetFirstRepliesAndFlags() throws {
    let repository = try ContactRepository(store)
    let records = try (1...Int64(Self.contacts.count)).map { try #require(try repository.contact($0)).record }
    #expect(records.map(\.firstReplySeconds) == Self.contacts.map(\.seconds))
    #expect(records.map(\.flags.rawValue) == Self.contacts.map(\.flags))
    #expect(records.allSatisfy { $0.visitor == nil && $0.firstMessageAt == nil && $0.networkQuality == nil })
  }

  @Test func conversationsGetReopenings() throws {
    let repository = try ConversationRepository(store)
    let summaries = try (1...5 as ClosedRange<Int64>).map { try #require(try repository.summary(of: $0)) }
    #expect(summaries.map(\.reopens) == [1, 1, 0, 0, 0])
    #expect(summaries.map { $0.rating?.score } == [1, 2, 3, 4, 5])
    #expect(summaries.allSatisfy { !$0.isRequalified && $0.visitor == nil })
  }

  @Test func theFeedOfAMigratedStore() throws {
    let feed = try ContactFeed(all: store)
    var rows: [ContactFeed.Row] = []
    while let row = try feed.next() { rows.append(row) }
    #expect(rows.map(\.firstReplySeconds) == Self.contacts.map(\.seconds))
    #expect(rows.map(\.reopens) == [1, 1, 1, 1, 1, 1] + Array(repeating: 0, count: 6))
  }
}
