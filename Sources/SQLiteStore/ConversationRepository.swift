package import Conversations

/// The conversations as rows: what their contacts sum up to.
package final class ConversationRepository {
  private let connection: SQLiteConnection
  private let lookup: SQLiteStatement
  private let insertion: SQLiteStatement
  private let update: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    connection = store.connection
    lookup = try connection.prepare("SELECT key FROM conversation WHERE id = ?1")
    insertion = try connection.prepare(
      """
      INSERT INTO conversation (id, channel, category, tags, state, closing, ended_at, rating, note, key) \
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    update = try connection.prepare(
      """
      UPDATE conversation SET channel = ?2, category = ?3, tags = ?4, state = ?5, closing = ?6, \
      ended_at = ?7, rating = ?8, note = ?9 WHERE key = ?10
      """)
  }

  /// The key of the conversation with this id.
  package func key(of id: String) throws(SQLiteFault) -> Int64? {
    lookup.reset()
    lookup.bind(1, id)
    defer { lookup.reset() }
    return try lookup.step() ? lookup.integer(0) : nil
  }

  /// Adds a conversation under a key of the caller's choice.
  package func insert(key: Int64, id: String, _ summary: ConversationSummary) throws(SQLiteFault) {
    insertion.bind(1, id)
    Self.bind(summary, key: key, to: insertion)
    try insertion.run()
  }

  /// Replaces what a conversation sums up to.
  package func replace(key: Int64, _ summary: ConversationSummary) throws(SQLiteFault) {
    Self.bind(summary, key: key, to: update)
    try update.run()
  }

  /// The greatest key so far.
  package func lastKey() throws(SQLiteFault) -> Int64 {
    try connection.integer("SELECT coalesce(max(key), 0) FROM conversation")
  }

  /// The id of a conversation.
  package func id(of key: Int64) throws(SQLiteFault) -> String? {
    let row = try connection.prepare("SELECT id FROM conversation WHERE key = ?")
    row.bind(1, key)
    return try row.step() ? row.text(0) : nil
  }

  /// What a conversation sums up to.
  package func summary(of key: Int64) throws(SQLiteFault) -> ConversationSummary? {
    let row = try connection.prepare(
      """
      SELECT channel, category, tags, state, closing, ended_at, rating, note FROM conversation WHERE key = ?
      """)
    row.bind(1, key)
    guard try row.step() else { return nil }
    var summary = ConversationSummary(of: [])
    summary.channel = row.integer(0).flatMap(Int32.init(exactly:))
    summary.category = row.integer(1).flatMap(Int32.init(exactly:))
    summary.tags = row.text(2).map(TagList.tags) ?? []
    summary.state = row.integer(3).flatMap { ConversationState(rawValue: Int($0)) } ?? .open
    summary.closing = row.integer(4).flatMap { Closing(rawValue: Int($0)) }
    summary.endedAt = row.integer(5)
    summary.rating = row.integer(6).flatMap(UInt8.init(exactly:))
    summary.note = row.text(7)
    return summary
  }

  /// Takes the index of ids away, for an import into an empty store that makes it again when all rows are in:
  /// sorting once costs a fraction of keeping it sorted. Part of the caller's transaction.
  package func dropIndex() throws(SQLiteFault) {
    try connection.execute("DROP INDEX conversation_id")
  }

  /// Makes the index of ids again.
  package func createIndex() throws(SQLiteFault) {
    try connection.execute("CREATE UNIQUE INDEX conversation_id ON conversation (id)")
  }

  private static func bind(_ summary: ConversationSummary, key: Int64, to statement: SQLiteStatement) {
    statement.bind(2, summary.channel.map(Int64.init))
    statement.bind(3, summary.category.map(Int64.init))
    statement.bind(4, TagList.text(summary.tags))
    statement.bind(5, Int64(summary.state.rawValue))
    statement.bind(6, summary.closing.map { Int64($0.rawValue) })
    statement.bind(7, summary.endedAt)
    statement.bind(8, summary.rating.map(Int64.init))
    statement.bind(9, summary.note)
    statement.bind(10, key)
  }
}
