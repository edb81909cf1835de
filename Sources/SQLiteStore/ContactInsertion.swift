package import Conversations

/// Adds contacts that have values in some columns only, several rows a statement: an import binds what its file
/// has, not two dozen NULLs a row, and pays for a statement once in several rows.
package final class ContactInsertion {
  /// What takes the values of a contact that is no record, in the order of ``columns``; see ``added()``.
  package let values: RowInsertion
  /// The columns that have values.
  package let columns: [ContactRepository.Column]
  private let isLive: Bool
  private let numbering: KeyNumbering

  /// - Parameters:
  ///   - columns: every other column keeps its default, which is no value.
  ///   - firstKey: the first one's key, further ones are numbered from there on; `nil` for those that SQLite gives.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  ///   - queue: what writes them; `nil` for the caller's thread.
  package init(
    _ store: Store, of columns: [ContactRepository.Column], isLive: Bool, firstKey: Int64? = nil,
    batchSize: Int = 1, queue: (any InsertionQueue)? = nil
  ) throws(SQLiteFault) {
    self.columns = columns
    self.isLive = isLive
    values = try RowInsertion(
      into: "contact", of: columns.map(\.rawValue) + KeyNumbering.columns(firstKey), on: store.connection,
      batchSize: batchSize, queue: queue)
    numbering = try KeyNumbering(
      from: firstKey, in: "contact", on: store.connection, place: columns.count + 1)
  }

  /// Adds a contact, at the latest with the next ``flush()``; its key.
  package func insert(_ record: ContactRecord, conversation: Int64) throws(SQLiteFault) -> Int64 {
    for (place, column) in columns.enumerated() {
      column.bind(
        record, conversation: conversation, isLive: isLive, to: values,
        at: Int32(truncatingIfNeeded: place + 1))
    }
    return try added()
  }

  /// Adds the contact whose ``values`` have been noted; its key.
  package func added() throws(SQLiteFault) -> Int64 {
    try numbering.endRow(of: values)
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    try values.flush()
  }
}
