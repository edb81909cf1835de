/// What conversations are about in the visitors' own words: for ranking and learning alone, never for an answer or a log.
///
/// A text belongs to a contact; a conversation's is that of its latest contact that has one.
package struct ConversationTexts {
  /// The contacts `t` of a conversation, the latest first: by start, then by key, which is the contact id, else the agent.
  private static let latestFirst = """
    WHERE t.conversation = ?1 ORDER BY t.started_at DESC, \
    coalesce(t.contact_id, (SELECT a.name FROM agent AS a WHERE a.id = t.agent), '') DESC LIMIT 1
    """

  private let insertion: SQLiteStatement
  private let deletion: SQLiteStatement
  private let latest: SQLiteStatement
  private let byContact: SQLiteStatement
  private let byConversation: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    insertion = try store.connection.prepare(
      "INSERT INTO contact_text (contact, text) VALUES (?1, ?2) "
        + "ON CONFLICT (contact) DO UPDATE SET text = excluded.text")
    deletion = try store.connection.prepare("DELETE FROM contact_text WHERE contact = ?1")
    latest = try store.connection.prepare("SELECT t.key FROM contact AS t \(Self.latestFirst)")
    byContact = try store.connection.prepare("SELECT text FROM contact_text WHERE contact = ?1")
    byConversation = try store.connection.prepare(
      "SELECT x.text FROM contact AS t CROSS JOIN contact_text AS x ON x.contact = t.key \(Self.latestFirst)")
  }

  /// Keeps a contact's text in place of what was kept before; `nil` takes it away. Part of the caller's transaction.
  package func replace(_ text: String?, ofContact contact: Int64) throws(SQLiteFault) {
    guard let text else {
      deletion.bind(1, contact)
      return try deletion.run()
    }
    insertion.bind(1, contact)
    insertion.bind(2, text)
    try insertion.run()
  }

  /// Keeps a text of a conversation's latest contact. Part of the caller's transaction.
  package func replace(_ text: String, of conversation: Int64) throws(SQLiteFault) {
    latest.bind(1, conversation)
    defer { latest.reset() }
    if try latest.step(), let contact = latest.integer(0) { try replace(text, ofContact: contact) }
  }

  /// Whether any conversation has a text. One step.
  package static func areKept(in store: Store) throws(SQLiteFault) -> Bool {
    try store.connection.prepare("SELECT 1 FROM contact_text LIMIT 1").step()
  }

  /// A contact's text; `nil` when none was given.
  package func text(ofContact contact: Int64) throws(SQLiteFault) -> String? {
    try Self.text(byContact, contact)
  }

  /// A conversation's text; `nil` when none was given.
  package func text(of conversation: Int64) throws(SQLiteFault) -> String? {
    try Self.text(byConversation, conversation)
  }

  private static func text(_ statement: SQLiteStatement, _ key: Int64) throws(SQLiteFault) -> String? {
    statement.bind(1, key)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }
}
