/// What conversations are about in the visitors' own words: for ranking and learning alone, never for an answer or a log.
package struct ConversationTexts {
  private let insertion: SQLiteStatement
  private let byKey: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    insertion = try store.connection.prepare(
      "INSERT INTO conversation_text (conversation, text) VALUES (?1, ?2) "
        + "ON CONFLICT (conversation) DO UPDATE SET text = excluded.text")
    byKey = try store.connection.prepare("SELECT text FROM conversation_text WHERE conversation = ?1")
  }

  /// Keeps a conversation's text in place of what was kept before. Part of the caller's transaction.
  package func replace(_ text: String, of conversation: Int64) throws(SQLiteFault) {
    insertion.bind(1, conversation)
    insertion.bind(2, text)
    try insertion.run()
  }

  /// A conversation's text; `nil` when none was given.
  package func text(of conversation: Int64) throws(SQLiteFault) -> String? {
    byKey.bind(1, conversation)
    defer { byKey.reset() }
    return try byKey.step() ? byKey.text(0) : nil
  }
}
