package import Conversations

/// Adds conversations of known keys that have values in some columns only, several rows a statement.
package final class ConversationInsertion {
  /// What takes the values of a conversation that is no summary: its key, its id, then the ``columns``.
  package let values: RowInsertion
  /// The columns that have values, but key and id.
  package let columns: [ConversationRepository.Column]

  /// - Parameters:
  ///   - columns: every other column keeps its default, which is no value, no reopening, not re-qualified.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  ///   - queue: what writes them; `nil` for the caller's thread.
  package init(
    _ store: Store, of columns: [ConversationRepository.Column], batchSize: Int = 1,
    queue: (any InsertionQueue)? = nil
  ) throws(SQLiteFault) {
    self.columns = columns
    values = try RowInsertion(
      into: "conversation", of: ["key", "id"] + columns.map(\.rawValue), on: store.connection,
      batchSize: batchSize, queue: queue)
  }

  /// Adds a conversation, at the latest with the next ``flush()``.
  package func insert(key: Int64, id: String, _ summary: ConversationSummary) throws(SQLiteFault) {
    values.bind(1, number: key)
    values.bind(2, id)
    for (place, column) in columns.enumerated() {
      column.bind(summary, to: values, at: Int32(truncatingIfNeeded: place + 3))
    }
    try values.endRow()
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    try values.flush()
  }
}
