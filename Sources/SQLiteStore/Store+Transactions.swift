extension Store {
  /// Runs `body` as one writing transaction: all of it is on disk when this returns, or none of it ever.
  ///
  /// - Parameter beforeCommit: called when everything is written and only the commit is missing.
  package func write<Result>(
    beforeCommit: () -> Void = {}, _ body: () throws -> Result
  ) throws -> Result {
    guard isWritable else { throw isFrozen ? StoreFault.busy : StoreFault.readOnly }
    do {
      try connection.execute("BEGIN IMMEDIATE")
      // A newer program may have migrated the store under this process: from then on it must not write.
      let version = try connection.integer("PRAGMA user_version")
      guard version == Int64(migrations.count) else {
        throw StoreFault.newer(version: Int32(clamping: version), supported: Int32(migrations.count))
      }
      let result = try body()
      beforeCommit()
      try connection.execute("COMMIT")
      return result
    } catch {
      if !connection.isIdle { try? connection.execute("ROLLBACK") }
      throw (error as? SQLiteFault).map(StoreFault.init) ?? error
    }
  }

  /// Runs `body` as one writing transaction of many rows: more cache, and no look-up of every reference.
  ///
  /// The caller vouches for references: each id it writes has been looked up or made within `body`.
  ///
  /// - Parameter isFirst: whether most of what `body` writes is new to the file. Such pages are better written to
  ///   their places at once than to the write-ahead log, with checksums, and from there once more: the transaction
  ///   then runs under a rollback journal, unless another connection is open. Who comes meanwhile waits, or is told
  ///   that the store is busy; after a crash, whoever opens the store next finds it as it was before.
  package func writeInBulk<Result>(
    isFirst: Bool = false, beforeCommit: () -> Void = {}, _ body: () throws -> Result
  ) throws -> Result {
    if isFirst { _ = try? connection.text("PRAGMA journal_mode = DELETE") }
    defer { if isFirst { _ = try? connection.text("PRAGMA journal_mode = WAL") } }
    return try inBulk(cacheKilobytes: isFirst ? 49_152 : 131_072) {
      try write(beforeCommit: beforeCommit, body)
    }
  }

  /// Has `body` write many rows, in transactions of its own: more cache, and no look-up of every reference, for which the
  /// caller vouches.
  package func inBulk<Result>(cacheKilobytes: Int = 131_072, _ body: () throws -> Result) throws -> Result {
    do {
      // New pages are written once and hardly looked at again; only updates far apart gain by more. A commit under a
      // rollback journal is that journal's removal, which only EXTRA brings to the disk before it is acknowledged.
      try connection.execute(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -\(cacheKilobytes)")
    } catch {
      throw StoreFault(error)
    }
    defer {
      connection.waitForOthers(SQLiteConnection.busyMilliseconds)
      try? connection.execute(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; "
          + "PRAGMA cache_size = -8192; PRAGMA shrink_memory"
      )
    }
    return try body()
  }

  /// How long a chunk waits for others, milliseconds.
  private static let patience: Int32 = 60_000

  /// Prepares for the chunks of an import, or for what comes after them. A chunk need not be on the disk before that
  /// is; who has come far waits longer for others; and pages that further chunks write again are copied from the log into the file once for all of them.
  package func setGoesByChunks(_ goesByChunks: Bool) throws {
    do {
      connection.waitForOthers(goesByChunks ? Self.patience : SQLiteConnection.busyMilliseconds)
      try connection.execute(
        goesByChunks
          ? "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384"
          : "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000")
    } catch {
      throw StoreFault(error)
    }
  }

  /// Takes the indexes away, for an import into an empty store that makes them again when all rows are in: sorting
  /// once costs a fraction of keeping sorted. Part of the caller's transaction.
  package func dropIndexes() throws(SQLiteFault) {
    try connection.execute("DROP INDEX conversation_id; DROP INDEX contact_conversation")
  }

  /// Makes the indexes again.
  package func createIndexes() throws(SQLiteFault) {
    try connection.execute(StoreSchema.indexes)
  }

  /// Runs `body` on one unchanging state of the store.
  package func read<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      try connection.execute("BEGIN")
      let result = try body()
      try connection.execute("COMMIT")
      return result
    } catch {
      if !connection.isIdle { try? connection.execute("ROLLBACK") }
      throw (error as? SQLiteFault).map(StoreFault.init) ?? error
    }
  }

  /// Looks through the whole file for damage. O(file).
  package func verify() throws(StoreFault) {
    do {
      let check = try connection.prepare("PRAGMA quick_check(1)")
      guard try check.step(), check.text(0) == "ok" else { throw StoreFault.damaged }
    } catch let fault as SQLiteFault {
      throw StoreFault(fault)
    } catch {
      throw .damaged
    }
  }
}
