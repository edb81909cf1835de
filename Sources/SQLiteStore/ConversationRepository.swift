package import Conversations

/// The conversations as rows: what their contacts sum up to.
package final class ConversationRepository {
  private let connection: SQLiteConnection
  private let lookup: SQLiteStatement
  private let insertion: ConversationInsertion
  private let update: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    connection = store.connection
    insertion = try ConversationInsertion(store)
    lookup = try connection.prepare("SELECT key FROM conversation WHERE id = ?1")
    update = try connection.prepare(
      """
      UPDATE conversation SET channel = ?1, category = ?2, tags = ?3, state = ?4, closing = ?5, \
      ended_at = ?6, rating = ?7, note = ?8 WHERE key = ?9
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
    try insertion.insert(key: key, id: id, summary)
    try insertion.flush()
  }

  /// Replaces what a conversation sums up to.
  package func replace(key: Int64, _ summary: ConversationSummary) throws(SQLiteFault) {
    Self.bind(summary, to: update, from: 0)
    update.bind(9, key)
    try update.run()
  }

  /// The greatest key so far.
  package func lastKey() throws(SQLiteFault) -> Int64 {
    try connection.integer("SELECT coalesce(max(key), 0) FROM conversation")
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

  /// Binds the eight columns that a summary fills, after the first `start` places.
  static func bind(_ summary: ConversationSummary, to statement: SQLiteStatement, from start: Int32) {
    statement.bind(start + 1, summary.channel.map(Int64.init))
    statement.bind(start + 2, summary.category.map(Int64.init))
    statement.bind(start + 3, TagList.text(summary.tags))
    statement.bind(start + 4, Int64(summary.state.rawValue))
    statement.bind(start + 5, summary.closing.map { Int64($0.rawValue) })
    statement.bind(start + 6, summary.endedAt)
    statement.bind(start + 7, summary.rating.map(Int64.init))
    statement.bind(start + 8, summary.note)
  }
}
