package import Conversations

/// Adds contacts that have values in some columns only: an import binds what its file has, not two dozen NULLs
/// a row.
package final class ContactInsertion {
  private let connection: SQLiteConnection
  private let columns: [ContactRepository.Column]
  private let statement: SQLiteStatement

  /// - Parameter columns: every other column keeps its default, which is no value.
  package init(_ store: Store, of columns: [ContactRepository.Column]) throws(SQLiteFault) {
    connection = store.connection
    self.columns = columns
    let names = columns.map(\.rawValue).joined(separator: ", ")
    let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
    statement = try connection.prepare("INSERT INTO contact (\(names)) VALUES (\(marks))")
  }

  /// Adds a contact; its key.
  package func insert(_ record: ContactRecord, conversation: Int64, isLive: Bool) throws(SQLiteFault) -> Int64
  {
    for (place, column) in columns.enumerated() {
      column.bind(
        record, conversation: conversation, isLive: isLive, to: statement,
        at: Int32(truncatingIfNeeded: place + 1))
    }
    try statement.run()
    return connection.lastInsertedKey
  }
}
