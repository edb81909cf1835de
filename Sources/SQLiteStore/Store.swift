internal import Glibc

/// A store: the one SQLite file that is the truth, opened and checked.
///
/// Opening refuses, without changing a byte, what is foreign, newer or damaged. A new store is set up in one
/// transaction under a rollback journal, so that its header is whole before the write-ahead log is switched on.
package final class Store {
  /// Where the store lies.
  package let path: String
  /// The connection; everything on it happens under the caller's lock.
  package let connection: SQLiteConnection
  /// Tells this store from every other; derived files carry it.
  package let uuid: String
  /// The IANA zone of buckets unless a question names another.
  package let zone: String
  /// Whether this process can write.
  package let isWritable: Bool
  let migrations: [String]
  /// Whether this is a copy in memory; see ``init(frozenCopyOf:)``.
  package let isFrozen: Bool

  /// What to do when there is no store yet.
  package enum WhenMissing {
    case fail
    case create(zone: String)
  }

  /// Opens the store at `path`.
  package init(
    path: String, whenMissing: WhenMissing, migrations: [String] = StoreSchema.migrations
  ) throws(StoreFault) {
    self.path = path
    self.migrations = migrations
    isFrozen = false
    let isNew = try Self.inspect(path: path, whenMissing: whenMissing, supported: Int32(migrations.count))
    do {
      if isNew {
        guard case .create(let zone) = whenMissing else { throw StoreFault.missing }
        connection = try SQLiteConnection(path: path, mode: .create)
        isWritable = true
        try Self.create(on: connection, zone: zone, migrations: migrations)
      } else {
        (connection, isWritable) = try Self.connect(path: path)
      }
      try connection.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL")
      let version = try Self.checkedVersion(connection, supported: Int32(migrations.count))
      if isWritable {
        Self.restoreLog(connection)
        try Self.migrate(connection, from: version, path: path, migrations: migrations)
      } else if version < migrations.count {
        // An older store lacks columns that every question reads.
        throw StoreFault.readOnly
      }
      let row = try connection.prepare("SELECT uuid, zone FROM store")
      guard try row.step(), let uuid = row.text(0), let zone = row.text(1) else { throw StoreFault.damaged }
      self.uuid = uuid
      self.zone = zone
    } catch let fault as SQLiteFault {
      throw StoreFault(fault)
    } catch let fault as StoreFault {
      throw fault
    } catch {
      throw .damaged
    }
  }

  /// A copy in memory of a store as it is now, to be read while the original is written to: whoever wants to write
  /// is told that the store is busy.
  package init(frozenCopyOf store: Store) throws(StoreFault) {
    (path, uuid, zone, migrations) = (store.path, store.uuid, store.zone, store.migrations)
    isFrozen = true
    isWritable = false
    do {
      connection = try SQLiteConnection(path: ":memory:", mode: .create)
      try store.connection.copy(to: connection)
    } catch {
      throw StoreFault(error)
    }
  }

  /// Switches the write-ahead log on again where a first import was killed before it could; not at once if somebody
  /// else has the store open.
  private static func restoreLog(_ connection: SQLiteConnection) {
    guard (try? connection.text("PRAGMA journal_mode")) == "delete" else { return }
    connection.waitForOthers(0)
    try? connection.execute("PRAGMA journal_mode = WAL")
    connection.waitForOthers(SQLiteConnection.busyMilliseconds)
  }

  /// Looks at the file's bytes before SQLite does; true when there is no store yet.
  private static func inspect(path: String, whenMissing: WhenMissing, supported: Int32) throws(StoreFault)
    -> Bool
  {
    switch StoreHeader.read(path: path) {
    case .missing, .empty:
      // An empty file with a journal is a store that another process is creating at this moment.
      if case .fail = whenMissing { throw .missing }
      return true
    case .foreign: throw .foreign
    case .header(let header):
      // A store's first page is whole before anything else of it is written, so it can be trusted.
      guard header.applicationID == UInt32(bitPattern: StoreSchema.applicationID) else { throw .foreign }
      try check(version: Int64(Int32(bitPattern: header.userVersion)), supported: supported)
      if StoreHeader.hasRecovery(path: path) {
        try inspectLog(path: path, supported: supported)
      } else if header.isTruncated {
        throw .damaged
      }
      return false
    }
  }

  /// Looks at the version that may stand in a write-ahead log only, through a connection that can't move the log
  /// into the file.
  private static func inspectLog(path: String, supported: Int32) throws(StoreFault) {
    guard let reader = try? SQLiteConnection(path: path, mode: .readOnly),
      let version = try? reader.integer("PRAGMA user_version")
    else { return }
    try check(version: version, supported: supported)
  }

  private static func check(version: Int64, supported: Int32) throws(StoreFault) {
    guard version >= 1 else { throw .damaged }
    guard version <= Int64(supported) else {
      throw .newer(version: Int32(clamping: version), supported: supported)
    }
  }

  private static func connect(path: String) throws(SQLiteFault) -> (SQLiteConnection, Bool) {
    if unsafe access(path, W_OK) == 0, let connection = try? SQLiteConnection(path: path, mode: .readWrite) {
      return (connection, true)
    }
    // Reading beside a log needs files of its own; where none may be made and there is no log, none are needed.
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let isFrozen = unsafe access(folder, W_OK) != 0 && !StoreHeader.hasRecovery(path: path)
    return (try SQLiteConnection(path: path, mode: isFrozen ? .immutable : .readOnly), false)
  }

  private static func create(on connection: SQLiteConnection, zone: String, migrations: [String])
    throws(SQLiteFault)
  {
    // Two processes may create the same store at once: the second finds it made.
    try connection.execute("BEGIN IMMEDIATE")
    if try connection.integer("PRAGMA user_version") == 0 {
      try connection.execute("PRAGMA application_id = \(StoreSchema.applicationID)")
      for migration in migrations { try connection.execute(migration) }
      let insert = try connection.prepare(
        "INSERT INTO store (uuid, zone) VALUES (lower(hex(randomblob(16))), ?)")
      insert.bind(1, zone)
      try insert.run()
      try connection.execute("PRAGMA user_version = \(migrations.count)")
    }
    try connection.execute("COMMIT")
    try switchLogOn(connection)
  }

  /// Switches the write-ahead log on, which asks a reading transaction to become a writing one: SQLite does not wait for
  /// others with that, so this does.
  private static func switchLogOn(_ connection: SQLiteConnection) throws(SQLiteFault) {
    let pause: UInt32 = 10
    for _ in 0..<(UInt32(SQLiteConnection.busyMilliseconds) / pause) {
      do {
        return try connection.execute("PRAGMA journal_mode = WAL")
      } catch {
        guard error.isBusy else { throw error }
        usleep(pause * 1_000)
      }
    }
    try connection.execute("PRAGMA journal_mode = WAL")
  }

  private static func checkedVersion(_ connection: SQLiteConnection, supported: Int32) throws -> Int {
    guard try connection.integer("PRAGMA application_id") == Int64(StoreSchema.applicationID) else {
      throw StoreFault.foreign
    }
    let version = try connection.integer("PRAGMA user_version")
    try check(version: version, supported: supported)
    return Int(version)
  }

  /// Brings an older store up to date, after copying it to `PATH.bak-vN`.
  private static func migrate(
    _ connection: SQLiteConnection, from version: Int, path: String, migrations: [String]
  ) throws {
    guard version < migrations.count else { return }
    // The copy gets its name only once this process is known to be the one that migrates.
    let copyPath = "\(path).bak-v\(version).\(getpid()).tmp"
    defer { unsafe _ = unlink(copyPath) }
    let copy = try connection.prepare("VACUUM INTO ?")
    copy.bind(1, copyPath)
    try copy.run()
    try connection.execute("BEGIN IMMEDIATE")
    do {
      let current = Int(try connection.integer("PRAGMA user_version"))
      if current == version {
        guard unsafe rename(copyPath, "\(path).bak-v\(version)") == 0 else { throw StoreFault.readOnly }
      }
      for migration in migrations.dropFirst(current) { try connection.execute(migration) }
      try connection.execute("PRAGMA user_version = \(max(current, migrations.count))")
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }
}
