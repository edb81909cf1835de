package import Conversations

/// The conversations as rows: what their contacts sum up to.
package final class ConversationRepository {
  private static let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")

  private let store: Store
  private let connection: SQLiteConnection
  private let lookup: SQLiteStatement
  private let replacement: SQLiteStatement
  private let byKey: SQLiteStatement
  private let idOfKey: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    self.store = store
    connection = store.connection
    lookup = try connection.prepare(
      "SELECT key FROM conversation WHERE id = ?1 AND key < \(UnfinishedImport.conversationBorder)")
    let marks = repeatElement("?", count: Column.allCases.count).joined(separator: ", ")
    replacement = try connection.prepare(
      "UPDATE conversation SET (\(Self.columns)) = (\(marks)) WHERE key = ?\(Column.allCases.count + 1)")
    idOfKey = try connection.prepare("SELECT id FROM conversation WHERE key = ?1")
    byKey = try connection.prepare("SELECT \(Self.columns) FROM conversation WHERE key = ?1")
  }

  /// The key of the conversation with this id.
  package func key(of id: String) throws(SQLiteFault) -> Int64? {
    lookup.reset()
    lookup.bind(1, id)
    defer { lookup.reset() }
    return try lookup.step() ? lookup.integer(0) : nil
  }

  /// Calls `body` with every conversation, in the order in which they were taken in. O(conversations), one at a time.
  package func forEach(_ body: (_ key: Int64, _ id: String, ConversationSummary) throws -> Void) throws {
    let all = try connection.prepare(
      "SELECT \(Self.columns), key, id FROM conversation WHERE key < \(UnfinishedImport.conversationBorder) ORDER BY key"
    )
    let place = Int32(Column.allCases.count)
    while try all.step() {
      try body(all.integer(place) ?? 0, all.text(place + 1) ?? "", Self.summary(all))
    }
  }

  /// The id of the conversation with this key.
  package func id(of key: Int64) throws(SQLiteFault) -> String? {
    idOfKey.bind(1, key)
    defer { idOfKey.reset() }
    return try idOfKey.step() ? idOfKey.text(0) : nil
  }

  /// Adds a conversation; its key.
  package func insert(id: String, _ summary: ConversationSummary) throws(SQLiteFault) -> Int64 {
    let insertion = try ConversationInsertion(
      store, of: Column.allCases, firstKey: UnfinishedImport(store).nextConversationKey())
    let key = try insertion.insert(id: id, summary)
    try insertion.flush()
    return key
  }

  /// Replaces what a conversation sums up to.
  package func replace(key: Int64, _ summary: ConversationSummary) throws(SQLiteFault) {
    for (place, column) in Column.allCases.enumerated() {
      column.bind(summary, to: replacement, at: Int32(place + 1))
    }
    replacement.bind(Int32(Column.allCases.count + 1), key)
    try replacement.run()
  }

  /// The conversations of visitors. O(conversations): there is no index, because few questions name visitors.
  package func keys(ofVisitors visitors: [String]) throws(SQLiteFault) -> Set<Int64> {
    var keys: Set<Int64> = []
    for visitor in visitors {
      let rows = try connection.prepare(
        "SELECT key FROM conversation WHERE visitor = ? AND key < \(UnfinishedImport.conversationBorder)")
      rows.bind(1, visitor)
      while try rows.step() { keys.insert(rows.integer(0) ?? 0) }
    }
    return keys
  }

  /// The greatest key so far.
  package func lastKey() throws(SQLiteFault) -> Int64 {
    try connection.integer("SELECT coalesce(max(key), 0) FROM conversation")
  }

  /// What a conversation sums up to, but for what its contacts keep: first message and first reply.
  package func summary(of key: Int64) throws(SQLiteFault) -> ConversationSummary? {
    byKey.reset()
    byKey.bind(1, key)
    defer { byKey.reset() }
    return try byKey.step() ? Self.summary(byKey) : nil
  }

  private static func summary(_ from: SQLiteStatement) -> ConversationSummary {
    func number<Number: FixedWidthInteger>(_ column: Int32) -> Number? {
      from.integer(column).flatMap(Number.init(exactly:))
    }
    var summary = ConversationSummary(of: [])
    summary.channel = number(0)
    summary.category = number(1)
    summary.tags = from.text(2).map(TagList.tags) ?? []
    summary.state = number(3).flatMap(ConversationState.init) ?? .open
    summary.closing = number(4).flatMap(Closing.init)
    summary.endedAt = from.integer(5)
    summary.rating = number(6).flatMap(Rating.init(code:))
    summary.note = from.text(7)
    summary.visitor = from.text(8)
    summary.networkQuality = number(9)
    summary.productQuality = number(10)
    summary.reopens = number(11) ?? 0
    summary.isRequalified = from.integer(12) == 1
    return summary
  }
}
