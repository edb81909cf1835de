package import Conversations

/// Adds conversations that have values in some columns only, several rows a statement.
package final class ConversationInsertion {
  /// What takes the values of a conversation that is no summary: its id, then the ``columns``; see ``added()``.
  package let values: RowInsertion
  /// The columns that have values, but key and id.
  package let columns: [ConversationRepository.Column]
  // What SQLite gives a row without one: appending is cheaper than looking up whether a key is taken.
  private var nextKey: Int64

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
      into: "conversation", of: ["id"] + columns.map(\.rawValue), on: store.connection,
      batchSize: batchSize, queue: queue)
    nextKey = try store.connection.integer("SELECT coalesce(max(key), 0) + 1 FROM conversation")
  }

  /// Adds a conversation, at the latest with the next ``flush()``; its key.
  package func insert(id: String, _ summary: ConversationSummary) throws(SQLiteFault) -> Int64 {
    values.bind(1, id)
    for (place, column) in columns.enumerated() {
      column.bind(summary, to: values, at: Int32(truncatingIfNeeded: place + 2))
    }
    return try added()
  }

  /// Adds the conversation whose ``values`` have been noted; its key.
  package func added() throws(SQLiteFault) -> Int64 {
    try values.endRow()
    nextKey += 1
    return nextKey - 1
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    try values.flush()
  }
}
