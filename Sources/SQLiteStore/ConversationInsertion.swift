package import Conversations

/// Adds conversations of known keys that have values in some columns only, several rows a statement.
package final class ConversationInsertion {
  /// Rows of one statement where rows come in bulk.
  package static let batchSize = 16

  private let columns: [ConversationRepository.Column]
  private let batch: SQLiteStatement
  private let single: SQLiteStatement
  private let batchSize: Int
  private var pending: [(key: Int64, id: String, summary: ConversationSummary)] = []

  /// - Parameters:
  ///   - columns: every other column keeps its default, which is no value, no reopening, not re-qualified.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  package init(_ store: Store, of columns: [ConversationRepository.Column], batchSize: Int = 1)
    throws(SQLiteFault)
  {
    self.columns = columns
    self.batchSize = batchSize
    let names = (["key", "id"] + columns.map(\.rawValue)).joined(separator: ", ")
    let marks = "(" + repeatElement("?", count: columns.count + 2).joined(separator: ", ") + ")"
    let rows = repeatElement(marks, count: batchSize).joined(separator: ", ")
    batch = try store.connection.prepare("INSERT INTO conversation (\(names)) VALUES \(rows)")
    single = try store.connection.prepare("INSERT INTO conversation (\(names)) VALUES \(marks)")
  }

  /// Adds a conversation, at the latest with the next ``flush()``.
  package func insert(key: Int64, id: String, _ summary: ConversationSummary) throws(SQLiteFault) {
    pending.append((key, id, summary))
    guard pending.count == batchSize else { return }
    for (row, conversation) in pending.enumerated() {
      bind(conversation, to: batch, from: row * (columns.count + 2))
    }
    try batch.run()
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    for conversation in pending {
      bind(conversation, to: single, from: 0)
      try single.run()
    }
    pending.removeAll(keepingCapacity: true)
  }

  private func bind(
    _ conversation: (key: Int64, id: String, summary: ConversationSummary), to statement: SQLiteStatement,
    from start: Int
  ) {
    let start = Int32(truncatingIfNeeded: start)
    statement.bind(start + 1, conversation.key)
    statement.bind(start + 2, conversation.id)
    for (place, column) in columns.enumerated() {
      column.bind(conversation.summary, to: statement, at: start + 3 + Int32(truncatingIfNeeded: place))
    }
  }
}
