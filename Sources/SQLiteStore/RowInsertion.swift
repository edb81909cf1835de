internal import CSQLite

/// Adds rows to one table, several a statement, on the caller's thread or on a queue's.
///
/// A row's values are noted first and handed to SQLite when there are enough of them.
package final class RowInsertion: BindingTarget {
  /// Rows that are handed to a queue at a time: enough that handing over costs nothing, few enough to stay in the
  /// processor's caches on their way.
  private static let queuedRows = 256

  /// Rows of one statement where rows come in bulk: the more, the cheaper is each, but those too few for one are
  /// written singly, which costs most where the store is read between rows.
  package static func bulkBatchSize(isQueued: Bool) -> Int { isQueued ? 64 : 16 }

  private let statements: RowStatements
  private let queue: (any InsertionQueue)?
  private var rows: StagedRows

  /// - Parameters:
  ///   - columns: every other column keeps its default.
  ///   - batchSize: rows of a statement. They are kept back until they fill one; see ``flush()``.
  ///   - queue: what writes them, in larger lots; `nil` for the caller's thread.
  init(
    into table: String, of columns: [String], on connection: SQLiteConnection, batchSize: Int,
    queue: (any InsertionQueue)? = nil
  ) throws(SQLiteFault) {
    self.queue = queue
    statements = try RowStatements(into: table, of: columns, on: connection, batchSize: batchSize)
    rows = StagedRows(
      columnCount: columns.count, capacity: queue == nil ? batchSize : max(batchSize, Self.queuedRows))
  }

  /// Notes a number of the current row, or NULL, by position from 1; what is not noted is NULL.
  package func bind(_ position: Int32, _ value: Int64?) {
    if let value { rows.note(position, number: value) }
  }

  /// Notes a number of the current row.
  package func bind(_ position: Int32, number: Int64) {
    rows.note(position, number: number)
  }

  /// Notes a text of the current row, or NULL.
  package func bind(_ position: Int32, _ value: String?) {
    guard var value else { return }
    value.withUTF8 { utf8 in
      unsafe rows.note(position, utf8: UnsafeRawBufferPointer(utf8))
    }
  }

  /// Notes a text of the current row, in UTF-8.
  @unsafe
  package func bind(_ position: Int32, utf8: UnsafeRawBufferPointer) {
    unsafe rows.note(position, utf8: utf8)
  }

  /// The row is complete.
  package func endRow() throws(SQLiteFault) {
    rows.endRow()
    guard rows.isFull else { return }
    guard let queue else {
      try statements.write(rows)
      return rows.removeAll()
    }
    let (full, statements) = (rows, statements)
    rows = StagedRows(columnCount: full.columnCount, capacity: full.capacity)
    try queue.run { () throws(SQLiteFault) in try statements.write(full) }
  }

  /// Writes the rows that were kept back; the connection is the caller's when this returns.
  package func flush() throws(SQLiteFault) {
    try queue?.finish()
    guard rows.count > 0 else { return }
    try statements.write(rows)
    rows.removeAll()
  }
}

/// What takes the values of a row by position from 1.
protocol BindingTarget {
  /// A number, or NULL.
  func bind(_ position: Int32, _ value: Int64?)
  /// A text, or NULL.
  func bind(_ position: Int32, _ value: String?)
}

extension SQLiteStatement: BindingTarget {}
