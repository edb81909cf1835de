internal import CSQLite

/// A call into SQLite that did not work: the extended result code, and nothing of the data involved.
package struct SQLiteFault: Error, Equatable, Sendable {
  /// SQLite's extended result code.
  package let code: Int32

  /// Somebody else is writing.
  static let busy = SQLiteFault(code: SQLITE_BUSY)

  /// The primary result code: the low byte.
  private var primary: Int32 { code & 0xFF }

  /// Another process holds the lock and kept it past the busy timeout.
  package var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }
  /// The file is not, or no longer, a sound database.
  package var isDamage: Bool { primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB }
  /// The disk, or a limit on the file's size, is full: SQLite reports the latter as a write that failed, of the file or
  /// of the memory that its users share.
  package var isFull: Bool {
    primary == SQLITE_FULL || code == SQLITE_IOERR | (3 << 8) || code == SQLITE_IOERR | (19 << 8)
  }
  /// The file or its folder can't be written.
  package var isReadOnly: Bool { primary == SQLITE_READONLY || primary == SQLITE_PERM }
  /// The file can't be opened at all.
  package var isCantOpen: Bool { primary == SQLITE_CANTOPEN }

  /// SQLite's general words for the code.
  package var reason: String {
    // Safe: sqlite3_errstr returns a static NUL-terminated string for every code.
    unsafe String(cString: sqlite3_errstr(code))
  }
}
