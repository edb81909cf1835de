package import Conversations

/// Adds contacts that have values in some columns only, several rows a statement: an import binds what its file
/// has, not two dozen NULLs a row, and pays for a statement once in ``batchSize`` rows.
package final class ContactInsertion {
  /// Rows of one statement where rows come in bulk.
  package static let batchSize = 16

  private let connection: SQLiteConnection
  private let columns: [ContactRepository.Column]
  private let batch: SQLiteStatement
  private let single: SQLiteStatement
  private let batchSize: Int
  private var pending: [(record: ContactRecord, conversation: Int64)] = []
  private let isLive: Bool
  private var nextKey: Int64

  /// - Parameters:
  ///   - columns: every other column keeps its default, which is no value.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  package init(
    _ store: Store, of columns: [ContactRepository.Column], isLive: Bool, batchSize: Int = 1
  ) throws(SQLiteFault) {
    connection = store.connection
    self.columns = columns
    self.isLive = isLive
    self.batchSize = batchSize
    let names = columns.map(\.rawValue).joined(separator: ", ")
    let marks = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
    let rows = repeatElement(marks, count: batchSize).joined(separator: ", ")
    batch = try connection.prepare("INSERT INTO contact (\(names)) VALUES \(rows)")
    single = try connection.prepare("INSERT INTO contact (\(names)) VALUES \(marks)")
    nextKey = try connection.integer("SELECT coalesce(max(key), 0) + 1 FROM contact")
  }

  /// Adds a contact, at the latest with the next ``flush()``; its key.
  package func insert(_ record: ContactRecord, conversation: Int64) throws(SQLiteFault) -> Int64 {
    let key = nextKey + Int64(pending.count)
    pending.append((record, conversation))
    if pending.count == batchSize {
      for (row, contact) in pending.enumerated() { bind(contact, to: batch, from: row * columns.count) }
      try batch.run()
      nextKey += Int64(pending.count)
      pending.removeAll(keepingCapacity: true)
    }
    return key
  }

  /// Writes what was kept back.
  package func flush() throws(SQLiteFault) {
    for contact in pending {
      bind(contact, to: single, from: 0)
      try single.run()
    }
    nextKey += Int64(pending.count)
    pending.removeAll(keepingCapacity: true)
  }

  private func bind(
    _ contact: (record: ContactRecord, conversation: Int64), to statement: SQLiteStatement, from start: Int
  ) {
    for (place, column) in columns.enumerated() {
      column.bind(
        contact.record, conversation: contact.conversation, isLive: isLive, to: statement,
        at: Int32(truncatingIfNeeded: start + place + 1))
    }
  }
}
