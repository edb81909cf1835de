/// Takes what people have written and who they are out of a store: texts, endnotes and visitors. Ids, tags, times and all
/// that figures are made of stay.
package struct WordErasure {
  /// How much of it there is.
  package struct Found: Equatable, Sendable {
    /// Conversations that have any of it.
    package var conversations = 0
    package var texts = 0
    package var notes = 0
    /// Conversations whose visitor is known.
    package var visitors = 0

    package init() {}

    package var isEmpty: Bool { conversations == 0 }

    package static func += (sum: inout Found, other: Found) {
      sum.conversations += other.conversations
      sum.texts += other.texts
      sum.notes += other.notes
      sum.visitors += other.visitors
    }
  }

  private let store: Store
  private let search: SQLiteStatement
  private let erasures: [SQLiteStatement]

  package init(_ store: Store) throws(SQLiteFault) {
    self.store = store
    let connection = store.connection
    search = try connection.prepare(
      """
      SELECT count(x.contact), count(t.note), count(t.visitor), c.note IS NOT NULL, c.visitor IS NOT NULL \
      FROM conversation AS c LEFT JOIN contact AS t ON t.conversation = c.key \
      LEFT JOIN contact_text AS x ON x.contact = t.key WHERE c.key = ?1
      """)
    var erasures: [SQLiteStatement] = []
    for sql in [
      "DELETE FROM contact_text WHERE contact IN (SELECT key FROM contact WHERE conversation = ?1)",
      "UPDATE contact SET note = NULL, visitor = NULL WHERE conversation = ?1",
      "UPDATE conversation SET note = NULL, visitor = NULL WHERE key = ?1",
    ] {
      erasures.append(try connection.prepare(sql))
    }
    self.erasures = erasures
  }

  /// What a conversation has of it. O(its contacts).
  package func found(in conversation: Int64) throws(SQLiteFault) -> Found {
    search.bind(1, conversation)
    defer { search.reset() }
    var found = Found()
    guard try search.step() else { return found }
    found.texts = Int(search.integer(0) ?? 0)
    found.notes = max(Int(search.integer(1) ?? 0), Int(search.integer(3) ?? 0))
    found.visitors = search.integer(2) != 0 || search.integer(4) != 0 ? 1 : 0
    found.conversations = found.texts + found.notes + found.visitors > 0 ? 1 : 0
    return found
  }

  /// Others between two that had any, so many that both are logged in one change: who reads the log reads them again in
  /// vain, and the log stays short.
  package static let gap: Int64 = 64

  /// Takes it out of conversations, ascending, and logs those that had any; how much it was. Part of the caller's
  /// transaction. O(their contacts).
  package func erase(_ conversations: some Sequence<Int64>) throws(SQLiteFault) -> Found {
    var sum = Found()
    var run: Range<Int64> = 0..<0
    let log = ChangeLog(store)
    for conversation in conversations {
      let found = try found(in: conversation)
      if found.isEmpty { continue }
      for erasure in erasures {
        erasure.bind(1, conversation)
        try erasure.run()
      }
      sum += found
      if run.isEmpty || conversation - run.upperBound > Self.gap {
        if !run.isEmpty { try log.append(.forgotten, conversations: run) }
        run = conversation..<conversation
      }
      run = run.lowerBound..<(conversation + 1)
    }
    if !run.isEmpty { try log.append(.forgotten, conversations: run) }
    return sum
  }

  /// The conversations of a visitor, ascending, those included that had another one later. O(contacts).
  package func conversations(ofVisitor visitor: String) throws(SQLiteFault) -> [Int64] {
    let rows = try store.connection.prepare(
      "SELECT DISTINCT conversation FROM contact WHERE visitor = ?1 AND key < \(UnfinishedImport.contactBorder) "
        + "ORDER BY conversation")
    rows.bind(1, visitor)
    return try Self.keys(rows)
  }

  /// The conversations that ended before an instant, in unix seconds; ascending. O(conversations).
  package func conversations(endedBefore instant: Int64) throws(SQLiteFault) -> [Int64] {
    let rows = try store.connection.prepare(
      "SELECT key FROM conversation WHERE ended_at < ?1 AND state = 2 AND key < \(UnfinishedImport.conversationBorder) "
        + "ORDER BY key")
    rows.bind(1, instant)
    return try Self.keys(rows)
  }

  private static func keys(_ rows: SQLiteStatement) throws(SQLiteFault) -> [Int64] {
    var keys: [Int64] = []
    while try rows.step() { keys.append(rows.integer(0) ?? 0) }
    return keys
  }
}

extension Store {
  /// From now on this connection overwrites what it deletes.
  package func overwriteWhatIsDeleted() throws(SQLiteFault) {
    _ = try connection.text("PRAGMA secure_delete = ON")
  }

  /// Writes the file anew without what was deleted in it: pages that were freed or divided keep old bytes otherwise. Who
  /// writes waits meanwhile. O(file).
  package func rewrite() throws(SQLiteFault) {
    try connection.execute("VACUUM")
  }

  /// Copies the write-ahead log into the file and empties it; false when somebody still reads from it.
  package func emptyLog() throws(SQLiteFault) -> Bool {
    try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
  }
}
