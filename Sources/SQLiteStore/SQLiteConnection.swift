internal import CSQLite
internal import Glibc

/// One connection to one database file, for one thread at a time.
@safe
package final class SQLiteConnection {
  // Safe: opened in `init`, closed in `deinit`, never handed out.
  fileprivate let handle: OpaquePointer

  /// How often a statement was stepped on this connection: what an answer has cost SQLite.
  package fileprivate(set) var stepCount = 0

  /// How long writers wait for each other.
  package static let busyMilliseconds: Int32 = 5_000

  /// How a file is opened.
  package enum Mode {
    case readOnly, readWrite, create
    /// For a file that nobody can be writing, in a folder where nothing may be made: no lock, no log.
    case immutable
  }

  /// Opens `path` without touching the file; writers wait up to `busyMilliseconds` for each other.
  package init(path: String, mode: Mode) throws(SQLiteFault) {
    let flags =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(
      mode == .immutable ? Self.immutableURI(path) : path, &opened,
      flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw SQLiteFault(code: code)
    }
    unsafe handle = unsafe opened
    waitForOthers(Self.busyMilliseconds)
  }

  /// How long to wait for who else is writing, milliseconds; 0 for not at all.
  ///
  /// SQLite's own way of waiting looks ever more seldom, every 100 ms in the end, and would miss the moments at which an
  /// import lets others in.
  package func waitForOthers(_ milliseconds: Int32) {
    // Safe: the address is no more than a number, which the function reads back.
    unsafe sqlite3_busy_handler(
      handle,
      { limit, count in
        guard Int(count) < Int(bitPattern: limit) else { return 0 }
        usleep(1_000)
        return 1
      }, UnsafeMutableRawPointer(bitPattern: Int(milliseconds)))
  }

  /// The path as an SQLite URI, its reserved characters escaped.
  private static func immutableURI(_ path: String) -> String {
    var uri = "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
        uri += "%" + String(byte, radix: 16, uppercase: true)
      case 0x80...: uri += "%" + String(byte, radix: 16, uppercase: true)
      default: uri.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return uri + "?immutable=1"
  }

  deinit {
    unsafe sqlite3_close_v2(handle)
  }

  /// The first bytes of the file as they are, without a lock; `nil` when there are not so many.
  func firstBytes(_ count: Int) -> [UInt8]? {
    var file: UnsafeMutablePointer<sqlite3_file>?
    let code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file)
    // Safe: the file is the connection's and open as long as that; its methods are set once it is open.
    guard code == SQLITE_OK, let file = unsafe file, let methods = unsafe file.pointee.pMethods,
      let read = unsafe methods.pointee.xRead
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    // Safe: `bytes` has room for `count`.
    return unsafe read(file, &bytes, Int32(count), 0) == SQLITE_OK ? bytes : nil
  }

  /// Runs statements that take no values and give no rows.
  package func execute(_ sql: String) throws(SQLiteFault) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    stepCount += 1
    guard code == SQLITE_OK else { throw SQLiteFault(code: code) }
  }

  /// Compiles one statement.
  package func prepare(_ sql: String) throws(SQLiteFault) -> SQLiteStatement {
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK, let compiled = unsafe compiled else { throw SQLiteFault(code: code) }
    return unsafe SQLiteStatement(compiled: compiled, connection: self)
  }

  /// The first column of the first row as a whole number; 0 for no row or NULL.
  package func integer(_ sql: String) throws(SQLiteFault) -> Int64 {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) ?? 0 : 0
  }

  /// The first column of the first row as text; `nil` for no row or NULL.
  package func text(_ sql: String) throws(SQLiteFault) -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Copies the whole database into that of another connection.
  package func copy(to other: SQLiteConnection) throws(SQLiteFault) {
    guard let copying = unsafe sqlite3_backup_init(other.handle, "main", handle, "main") else {
      throw SQLiteFault(code: unsafe sqlite3_extended_errcode(other.handle))
    }
    unsafe sqlite3_backup_step(copying, -1)
    let code = unsafe sqlite3_backup_finish(copying)
    guard code == SQLITE_OK else { throw SQLiteFault(code: code) }
  }

  /// The key of the row inserted last.
  var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// How many rows the last statement has changed.
  var changedRows: Int { Int(unsafe sqlite3_changes(handle)) }

  /// Whether the connection is outside a transaction.
  package var isIdle: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }
}

/// A compiled statement with its bound values.
///
/// Values are bound, never spliced into SQL. Bind by position from 1, step, read columns by position from 0.
@safe
package final class SQLiteStatement {
  // Safe: finalized in `deinit`; the connection is kept alive until then.
  private let compiled: OpaquePointer
  private let connection: SQLiteConnection

  /// Makes SQLite copy what is bound: the bytes are gone when the call returns.
  private static let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  fileprivate init(compiled: OpaquePointer, connection: SQLiteConnection) {
    unsafe self.compiled = unsafe compiled
    self.connection = connection
  }

  deinit {
    unsafe sqlite3_finalize(compiled)
  }

  /// Forgets the bound values and the row, ready for new ones.
  package func reset() {
    unsafe sqlite3_reset(compiled)
    unsafe sqlite3_clear_bindings(compiled)
  }

  /// Binds a number, or NULL.
  package func bind(_ position: Int32, _ value: Int64?) {
    if let value { unsafe sqlite3_bind_int64(compiled, position, value) }
  }

  /// Binds a text, or NULL.
  package func bind(_ position: Int32, _ value: String?) {
    guard var value else { return }
    _ = value.withUTF8 { utf8 in
      // Safe: SQLite copies the bytes before the call returns; an empty buffer still has an address here.
      unsafe sqlite3_bind_text(
        compiled, position, UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self),
        Int32(utf8.count), Self.transient)
    }
  }

  /// Binds a number.
  func bind(_ position: Int32, number: Int64) {
    unsafe sqlite3_bind_int64(compiled, position, number)
  }

  /// Binds NULL.
  func bindNull(_ position: Int32) {
    unsafe sqlite3_bind_null(compiled, position)
  }

  /// Runs a statement that gives no rows, and leaves its values as they are.
  func runKeepingValues() throws(SQLiteFault) {
    _ = try step()
    unsafe sqlite3_reset(compiled)
  }

  /// Binds a text in UTF-8 that stays where it is until the statement has been reset.
  @unsafe
  func bind(_ position: Int32, kept utf8: UnsafeRawBufferPointer) {
    // Safe: the caller vouches for the bytes; a nil address would be NULL, and an empty text still has one.
    let address = unsafe utf8.baseAddress ?? UnsafeRawPointer(compiled)
    _ = unsafe sqlite3_bind_text(
      compiled, position, address.assumingMemoryBound(to: CChar.self), Int32(utf8.count), nil)
  }

  /// Moves to the next row; false when there is none.
  package func step() throws(SQLiteFault) -> Bool {
    connection.stepCount += 1
    let code = unsafe sqlite3_step(compiled)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      reset()
      throw SQLiteFault(code: code)
    }
  }

  /// Runs a statement that gives no rows and makes it ready for the next values.
  package func run() throws(SQLiteFault) {
    _ = try step()
    reset()
  }

  /// A column as a whole number; `nil` for NULL.
  package func integer(_ column: Int32) -> Int64? {
    unsafe sqlite3_column_type(compiled, column) == SQLITE_NULL ? nil : sqlite3_column_int64(compiled, column)
  }

  /// A column as text; `nil` for NULL.
  package func text(_ column: Int32) -> String? {
    guard let bytes = unsafe sqlite3_column_text(compiled, column) else { return nil }
    // Safe: the pointer is good for `sqlite3_column_bytes` bytes until the next step.
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(compiled, column)))
    return unsafe String(decoding: buffer, as: UTF8.self)
  }
}
