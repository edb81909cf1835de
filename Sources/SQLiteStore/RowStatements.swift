/// Writes staged rows to one table, several a statement: a statement costs as much as the values of several rows.
final class RowStatements: @unchecked Sendable {
  // Safe: whoever writes has the connection for itself; see `InsertionQueue`.
  private let batch: SQLiteStatement
  private let single: SQLiteStatement
  private let columnCount: Int
  private let batchSize: Int
  /// What each value of ``batch`` was when it was bound last: its kind, and its number if it is one.
  private var bound: [(kind: Int32, number: Int64)]

  /// - Parameter columns: every other column keeps its default.
  init(into table: String, of columns: [String], on connection: SQLiteConnection, batchSize: Int)
    throws(SQLiteFault)
  {
    columnCount = columns.count
    self.batchSize = batchSize
    let names = columns.joined(separator: ", ")
    let marks = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
    let rows = repeatElement(marks, count: batchSize).joined(separator: ", ")
    batch = try connection.prepare("INSERT INTO \(table) (\(names)) VALUES \(rows)")
    single = try connection.prepare("INSERT INTO \(table) (\(names)) VALUES \(marks)")
    bound = Array(repeating: (StagedRows.Kind.null, 0), count: columns.count * batchSize)
  }

  /// Writes all rows; those too few for a statement of several one by one.
  func write(_ rows: StagedRows) throws(SQLiteFault) {
    var row = 0
    while row + batchSize <= rows.count {
      try writeBatch(rows, from: row * columnCount)
      row += batchSize
    }
    while row < rows.count {
      for column in 0..<columnCount {
        rows.bind(row * columnCount + column, to: single, at: Int32(truncatingIfNeeded: column + 1))
      }
      try single.run()
      row += 1
    }
  }

  private func writeBatch(_ rows: StagedRows, from start: Int) throws(SQLiteFault) {
    var bound = bound.mutableSpan
    for place in bound.indices {
      let (kind, number) = rows.value(start + place)
      let last = bound[place]
      // NULL and a number stay bound, and many columns say the same in most rows; a text is bound anew wherever it
      // stands, for the last one's bytes are gone.
      if kind == last.kind,
        kind == StagedRows.Kind.null || kind == StagedRows.Kind.number && number == last.number
      {
        continue
      }
      let position = Int32(truncatingIfNeeded: place + 1)
      if kind == StagedRows.Kind.null {
        batch.bindNull(position)
      } else {
        rows.bind(start + place, to: batch, at: position)
      }
      bound[place] = (kind, number)
    }
    try batch.runKeepingValues()
  }
}
