package import Conversations

/// Adds conversations of known keys, several rows a statement.
package final class ConversationInsertion {
  private static let batchSize = 16
  private static let marks = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
  private static let columns =
    "INSERT INTO conversation (key, id, channel, category, tags, state, closing, ended_at, rating, note) VALUES "

  private let batch: SQLiteStatement
  private let single: SQLiteStatement
  private var pending: [(key: Int64, id: String, summary: ConversationSummary)] = []

  package init(_ store: Store) throws(SQLiteFault) {
    let rows = repeatElement(Self.marks, count: Self.batchSize).joined(separator: ", ")
    batch = try store.connection.prepare(Self.columns + rows)
    single = try store.connection.prepare(Self.columns + Self.marks)
  }

  /// Adds a conversation, at the latest with the next ``flush()``.
  package func insert(key: Int64, id: String, _ summary: ConversationSummary) throws(SQLiteFault) {
    pending.append((key, id, summary))
    guard pending.count == Self.batchSize else { return }
    for (row, conversation) in pending.enumerated() {
      Self.bind(conversation, to: batch, from: Int32(truncatingIfNeeded: row * 10))
    }
    try batch.run()
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    for conversation in pending {
      Self.bind(conversation, to: single, from: 0)
      try single.run()
    }
    pending.removeAll(keepingCapacity: true)
  }

  private static func bind(
    _ conversation: (key: Int64, id: String, summary: ConversationSummary), to statement: SQLiteStatement,
    from start: Int32
  ) {
    statement.bind(start + 1, conversation.key)
    statement.bind(start + 2, conversation.id)
    ConversationRepository.bind(conversation.summary, to: statement, from: start + 2)
  }
}
