/// The rows of an import that is not finished, or was stopped: those with keys from a border on.
///
/// Imports go by chunks, so that others write meanwhile; what they have written is seen by nobody until the last of
/// their transactions takes the border away. Who opens conversations meanwhile takes keys below it.
package struct UnfinishedImport {
  /// The least keys of the import's own rows.
  package struct Border: Equatable, Sendable {
    package let conversation: Int64
    package let contact: Int64
  }

  /// In SQL: the key from which on conversations are to be seen by nobody, and contacts.
  static let conversationBorder = "(SELECT conversation FROM import_border)"
  static let contactBorder = "(SELECT contact FROM import_border)"

  /// Keys left to those who open conversations while an import goes on.
  private static let room: Int64 = 1 << 18
  private static let none = Int64.max

  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Where an import's rows begin; `nil` when there are none. One step.
  package func border() throws(SQLiteFault) -> Border? {
    let row = try connection.prepare("SELECT conversation, contact FROM import_border")
    guard try row.step(), let conversation = row.integer(0), let contact = row.integer(1),
      conversation != Self.none
    else { return nil }
    return Border(conversation: conversation, contact: contact)
  }

  /// Whether there is one, be it decided or not, or something is left over of one. One step.
  package func isThere() throws(SQLiteFault) -> Bool {
    try connection.integer(
      "SELECT conversation < 9223372036854775807 OR EXISTS (SELECT 1 FROM staged_contact) FROM import_border")
      == 1
  }

  /// Begins an import: rows from the border on, which is the caller's, are seen by nobody. Part of the caller's
  /// transaction; there must be no unfinished import.
  package func begin() throws(SQLiteFault) -> Border {
    try set(
      Border(
        conversation: try connection.integer("SELECT coalesce(max(key), 0) FROM conversation") + 1
          + Self.room,
        contact: try connection.integer("SELECT coalesce(max(key), 0) FROM contact") + 1 + Self.room))
  }

  /// From now on nothing is taken back: what is staged is written, then everybody sees all of it. Part of the caller's
  /// transaction.
  package func decide() throws(SQLiteFault) { try setWritten(0) }

  /// Has everybody see the rows and names of a decided import, and logs them and the conversations that were staged. Part
  /// of the caller's transaction. O(names + staged).
  package func publish() throws(SQLiteFault) {
    guard let border = try border() else { throw .busy }
    let last = try connection.integer("SELECT coalesce(max(key), 0) FROM conversation")
    let log = ChangeLog(connection)
    let before = try log.position()
    try connection.execute("DELETE FROM unused_name WHERE is_decided = 1")
    let hasNames = connection.changedRows > 0
    if last >= border.conversation {
      try log.append(.imported, conversations: border.conversation..<(last + 1))
    }
    try log.appendUpdatesOfStaged()
    // Ids may have been read without their names.
    if hasNames, try log.position() == before { try log.append(.taxonomy) }
    try end()
  }

  /// Takes the border away. Part of the caller's transaction.
  private func end() throws(SQLiteFault) {
    _ = try set(Border(conversation: Self.none, contact: Self.none))
    try setWritten(nil)
  }

  /// Of a decided import, below which key staged conversations are written; `nil` when none is decided.
  package func written() throws(SQLiteFault) -> Int64? {
    let row = try connection.prepare("SELECT written FROM import_border")
    return try row.step() ? row.integer(0) : nil
  }

  /// Notes how far staged conversations are written. Part of the caller's transaction.
  package func setWritten(_ conversation: Int64?) throws(SQLiteFault) {
    let update = try connection.prepare("UPDATE import_border SET written = ?1")
    update.bind(1, conversation)
    try update.run()
  }

  /// The key of a conversation with this id that nobody sees yet.
  package func key(of id: String) throws(SQLiteFault) -> Int64? {
    let row = try connection.prepare(
      "SELECT key FROM conversation WHERE id = ?1 AND key >= \(Self.conversationBorder)")
    row.bind(1, id)
    return try row.step() ? row.integer(0) : nil
  }

  /// The next key of a conversation that everybody is to see, and of a contact.
  ///
  /// - Throws: that the store is busy, when an import has been going on for so long that none is left.
  func nextConversationKey() throws(SQLiteFault) -> Int64 {
    try nextKey(in: "conversation", below: Self.conversationBorder)
  }

  func nextContactKey() throws(SQLiteFault) -> Int64 {
    try nextKey(in: "contact", below: Self.contactBorder)
  }

  /// The next key of a contact of the import's.
  func nextOwnContactKey() throws(SQLiteFault) -> Int64 {
    try connection.integer(
      "SELECT max(contact, (SELECT coalesce(max(key), 0) FROM contact) + 1) FROM import_border")
  }

  private func nextKey(in table: String, below border: String) throws(SQLiteFault) -> Int64 {
    let row = try connection.prepare(
      "SELECT coalesce((SELECT max(key) FROM \(table) WHERE key < \(border)), 0) + 1, \(border)")
    guard try row.step(), let key = row.integer(0), let border = row.integer(1), key < border else {
      throw SQLiteFault.busy
    }
    return key
  }

  private func set(_ border: Border) throws(SQLiteFault) -> Border {
    let update = try connection.prepare("UPDATE import_border SET conversation = ?1, contact = ?2")
    update.bind(1, border.conversation)
    update.bind(2, border.contact)
    try update.run()
    return border
  }
}

/// Taking back.
extension UnfinishedImport {
  /// Takes the last rows of an import that is not decided back, and the border with the last of them; false when there were
  /// none left. Part of the caller's transaction, without look-up of references. O(count).
  package func removeLast(_ count: Int) throws(SQLiteFault) -> Bool {
    guard let border = try border() else { return false }
    if try removeStaged(count) { return true }
    let last = try connection.integer("SELECT coalesce(max(key), 0) FROM contact")
    if last >= border.contact {
      let first = max(border.contact, last - Int64(count) + 1)
      try delete("contact_text", "contact", from: first)
      try delete("contact", "key", from: first)
      return true
    }
    let lastConversation = try connection.integer("SELECT coalesce(max(key), 0) FROM conversation")
    let first = max(border.conversation, lastConversation - Int64(count) + 1)
    try delete("conversation", "key", from: first)
    if first == border.conversation { try end() }
    return true
  }

  /// Forgets some of what is staged; false when there was nothing. Part of the caller's transaction. O(count).
  package func removeStaged(_ count: Int) throws(SQLiteFault) -> Bool {
    try connection.execute(
      """
      DELETE FROM staged_text WHERE contact IN (SELECT key FROM staged_contact ORDER BY key LIMIT \(count));
      DELETE FROM staged_contact WHERE key IN (SELECT key FROM staged_contact ORDER BY key LIMIT \(count));
      """)
    return connection.changedRows > 0
  }

  /// Takes back one conversation of an import that was stopped. Part of the caller's transaction.
  package func remove(_ conversation: Int64) throws(SQLiteFault) {
    for sql in [
      "DELETE FROM contact_text WHERE contact IN (SELECT key FROM contact WHERE conversation = ?1)",
      "DELETE FROM contact WHERE conversation = ?1", "DELETE FROM conversation WHERE key = ?1",
    ] {
      let delete = try connection.prepare(sql)
      delete.bind(1, conversation)
      try delete.run()
    }
  }

  private func delete(_ table: String, _ column: String, from key: Int64) throws(SQLiteFault) {
    let delete = try connection.prepare("DELETE FROM \(table) WHERE \(column) >= ?1")
    delete.bind(1, key)
    try delete.run()
  }
}
