/// Contacts of conversations that everybody sees, as an unfinished import wants them: apart, so that nobody sees them
/// before it is finished.
package final class StagedContacts {
  /// Keys from here on are those of contacts that the store does not have yet.
  package static let firstKey: Int64 = 1 << 62

  private let connection: SQLiteConnection
  private let replacement: SQLiteStatement
  private let ofConversation: SQLiteStatement
  private let byKey: SQLiteStatement
  private let textReplacement: SQLiteStatement
  private let textByKey: SQLiteStatement
  private var nextKey = StagedContacts.firstKey

  package init(_ store: Store) throws(SQLiteFault) {
    connection = store.connection
    let columns = ContactRepository.columns
    let marks = repeatElement("?", count: ContactRepository.Column.allCases.count + 1).joined(separator: ", ")
    replacement = try connection.prepare(
      "INSERT OR REPLACE INTO staged_contact (\(columns), key) VALUES (\(marks))")
    ofConversation = try connection.prepare(
      "SELECT key, \(columns) FROM staged_contact WHERE conversation = ?1 ORDER BY key")
    byKey = try connection.prepare("SELECT key, \(columns) FROM staged_contact WHERE key = ?1")
    textReplacement = try connection.prepare(
      "INSERT OR REPLACE INTO staged_text (contact, text) VALUES (?1, ?2)")
    textByKey = try connection.prepare("SELECT text FROM staged_text WHERE contact = ?1")
  }

  /// A key for a contact that the store does not have yet.
  package func newKey() -> Int64 {
    nextKey += 1
    return nextKey - 1
  }

  /// Keeps a contact in place of what was kept of it before.
  package func put(_ row: ContactRepository.Row) throws(SQLiteFault) {
    row.bind(to: replacement)
    try replacement.run()
  }

  /// Keeps a contact's text, or that it has none.
  package func put(_ text: String?, ofContact key: Int64) throws(SQLiteFault) {
    textReplacement.bind(1, key)
    textReplacement.bind(2, text)
    try textReplacement.run()
  }

  /// What is kept of a conversation's contacts, by key.
  package func contacts(of conversation: Int64) throws(SQLiteFault) -> [ContactRepository.Row] {
    ofConversation.bind(1, conversation)
    defer { ofConversation.reset() }
    var rows: [ContactRepository.Row] = []
    while try ofConversation.step() { rows.append(ContactRepository.row(ofConversation)) }
    return rows
  }

  /// What is kept of a contact.
  package func contact(_ key: Int64) throws(SQLiteFault) -> ContactRepository.Row? {
    byKey.bind(1, key)
    defer { byKey.reset() }
    return try byKey.step() ? ContactRepository.row(byKey) : nil
  }

  /// The text that is kept of a contact: `nil` when nothing is, `.some(nil)` when it is to have none.
  package func text(ofContact key: Int64) throws(SQLiteFault) -> String?? {
    textByKey.bind(1, key)
    defer { textByKey.reset() }
    return try textByKey.step() ? .some(textByKey.text(0)) : nil
  }

  /// Conversations of which something is kept, by key, from one key on; at most `limit`.
  package func conversations(from first: Int64, limit: Int) throws(SQLiteFault) -> [Int64] {
    let rows = try connection.prepare(
      "SELECT DISTINCT conversation FROM staged_contact WHERE conversation >= ?1 ORDER BY conversation LIMIT ?2"
    )
    rows.bind(1, first)
    rows.bind(2, Int64(limit))
    var keys: [Int64] = []
    while try rows.step() { keys.append(rows.integer(0) ?? 0) }
    return keys
  }
}
