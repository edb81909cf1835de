import CSQLite

/// Runs SQL on a store's file as the sqlite3 shell would.
enum StoreSQL {
  struct Failure: Error {
    let message: String
  }

  /// The header and the rows of one statement; NULL is an empty field, as in CSV.
  static func answer(to sql: String, of path: String) throws -> (header: [String], rows: [[String]]) {
    var opened: OpaquePointer?
    defer { unsafe sqlite3_close_v2(opened) }
    guard unsafe sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
      throw Failure(message: "can't open \(path)")
    }
    func failure() -> Failure { unsafe Failure(message: String(cString: sqlite3_errmsg(opened))) }
    var statement: OpaquePointer?
    defer { unsafe sqlite3_finalize(statement) }
    guard unsafe sqlite3_prepare_v2(opened, sql, -1, &statement, nil) == SQLITE_OK else { throw failure() }
    let columns = 0..<(unsafe sqlite3_column_count(statement))
    let header = columns.map { unsafe String(cString: sqlite3_column_name(statement, $0)) }
    var rows: [[String]] = []
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          columns.map { column in
            unsafe sqlite3_column_text(statement, column).map { unsafe String(cString: $0) } ?? ""
          })
      case SQLITE_DONE: return (header, rows)
      default: throw failure()
      }
    }
  }
}
