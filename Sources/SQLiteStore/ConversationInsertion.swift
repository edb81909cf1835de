package import Conversations

/// Adds conversations that have values in some columns only, several rows a statement.
package final class ConversationInsertion {
  /// What takes the values of a conversation that is no summary: its id, then the ``columns``; see ``added()``.
  package let values: RowInsertion
  /// The columns that have values, but key and id.
  package let columns: [ConversationRepository.Column]
  private let numbering: KeyNumbering

  /// - Parameters:
  ///   - columns: every other column keeps its default, which is no value, no reopening, not re-qualified.
  ///   - firstKey: the first one's key, further ones are numbered from there on; `nil` for those that SQLite gives.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  ///   - queue: what writes them; `nil` for the caller's thread.
  package init(
    _ store: Store, of columns: [ConversationRepository.Column], firstKey: Int64? = nil,
    batchSize: Int = 1, queue: (any InsertionQueue)? = nil
  ) throws(SQLiteFault) {
    self.columns = columns
    values = try RowInsertion(
      into: "conversation", of: ["id"] + columns.map(\.rawValue) + KeyNumbering.columns(firstKey),
      on: store.connection, batchSize: batchSize, queue: queue)
    numbering = try KeyNumbering(
      from: firstKey, in: "conversation", on: store.connection, place: columns.count + 2)
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
    try numbering.endRow(of: values)
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    try values.flush()
  }
}
