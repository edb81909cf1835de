import Foundation
import TestSupport
import Testing

@testable import SQLiteStore

/// What is not a store of this program's is refused, and not a byte of it or beside it changes.
struct StoreRefusalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(_ fault: StoreFault, _ comment: Comment? = nil) throws {
    let before = try folder.contents()
    #expect(throws: fault, comment) { try Store(path: folder.path(), whenMissing: .create(zone: "UTC")) }
    #expect(throws: fault, comment) { try Store(path: folder.path(), whenMissing: .fail) }
    #expect(try folder.contents() == before, comment)
  }

  /// The bytes of a store with a row in it, closed.
  private func store() throws -> Data {
    do {
      let store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
      _ = try store.write { try NameRepository(.tag, of: store).add("Billing") }
    }
    return try folder.bytes("s.db")
  }

  private func make(_ sql: String) throws {
    try SQLiteConnection(path: folder.path(), mode: .create).execute(sql)
  }

  @Test(arguments: [
    "CREATE TABLE store (uuid TEXT, zone TEXT); INSERT INTO store VALUES ('u', 'UTC')",
    "CREATE TABLE t (x); PRAGMA application_id = 1; PRAGMA user_version = 1",
    "CREATE TABLE t (x); PRAGMA user_version = 99",
    "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)",
  ])
  func aForeignDatabase(sql: String) throws {
    try make(sql)
    try expectRefusal(.foreign)
  }

  @Test(arguments: [
    "not a database\n", "SQLite format 3", "SQLite format 3\0" + String(repeating: "x", count: 83),
    String(repeating: "id,startedAt\n", count: 1000), "\0",
  ])
  func aFileOfAnotherKind(text: String) throws {
    try folder.write(Data(text.utf8), to: "s.db")
    try expectRefusal(.foreign)
  }

  /// A foreign database that crashed: its log must stay for its owner.
  @Test func aForeignDatabaseWithItsLogBesideIt() throws {
    let owner = try SQLiteConnection(path: folder.path("owner.db"), mode: .create)
    try owner.execute(
      "PRAGMA journal_mode = WAL; CREATE TABLE t (x); PRAGMA wal_checkpoint; INSERT INTO t VALUES (7)")
    try withExtendedLifetime(owner) {
      try folder.write(try folder.bytes("owner.db"), to: "s.db")
      try folder.write(try folder.bytes("owner.db-wal"), to: "s.db-wal")
    }
    try expectRefusal(.foreign)
  }

  @Test(arguments: [StoreSchema.version + 1, 1000, .max])
  func aStoreOfANewerProgram(version: Int32) throws {
    _ = try store()
    try make("PRAGMA user_version = \(version)")
    try expectRefusal(.newer(version: version, supported: StoreSchema.version))
  }

  /// The newer version stands in the log alone.
  @Test func aStoreOfANewerProgramThatCrashed() throws {
    _ = try store()
    let owner = try SQLiteConnection(path: folder.path(), mode: .readWrite)
    try owner.execute("PRAGMA user_version = \(StoreSchema.version + 1)")
    let (main, log) = try withExtendedLifetime(owner) {
      (try folder.bytes("s.db"), try folder.bytes("s.db-wal"))
    }
    let crashed = try TemporaryFolder()
    try crashed.write(main, to: "s.db")
    try crashed.write(log, to: "s.db-wal")
    #expect(throws: StoreFault.newer(version: StoreSchema.version + 1, supported: StoreSchema.version)) {
      try Store(path: crashed.path(), whenMissing: .fail)
    }
    let (newMain, newLog) = (try crashed.bytes("s.db"), try crashed.bytes("s.db-wal"))
    #expect(newMain == main && newLog == log)
  }

  /// Ours by its mark, but never set up: what is not understood is not filled in either.
  @Test func aStoreWithoutAVersion() throws {
    try make("CREATE TABLE t (x); PRAGMA application_id = \(StoreSchema.applicationID)")
    try expectRefusal(.damaged)
  }

  @Test(arguments: [100, 4095, 4096, 4097, 20_000])
  func aTruncatedStore(length: Int) throws {
    try folder.write(try store().prefix(length), to: "s.db")
    try expectRefusal(.damaged, "\(length) bytes")
  }

  @Test(
    arguments: [
      (16, [0, 0]), (16, [0, 3]), (18, [9, 9]), (21, [1, 2, 3]), (44, [0, 0, 0, 9]), (100, [0xFF]),
      (100, Array(repeating: 0xAA, count: 3996)),
    ] as [(Int, [UInt8])])
  func aDamagedHeader(offset: Int, garbage: [UInt8]) throws {
    var bytes = try store()
    bytes.replaceSubrange(offset..<(offset + garbage.count), with: garbage)
    try folder.write(bytes, to: "s.db")
    let before = try folder.contents()
    #expect(throws: StoreFault.self) { try Store(path: folder.path(), whenMissing: .create(zone: "UTC")) }
    #expect(try folder.contents() == before)
  }

  @Test func randomDamageIsFoundByAThoroughLookAndNeverTraps() throws {
    let sound = try store()
    var random = SeededGenerator(seed: 1)
    for _ in 0..<40 {
      var bytes = sound
      for _ in 0..<3 {
        bytes[Int.random(in: 100..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try folder.write(bytes, to: "s.db")
      if let store = try? Store(path: folder.path(), whenMissing: .fail) { try? store.verify() }
    }
    var bytes = sound
    bytes.replaceSubrange(4096..<8192, with: Data(repeating: 0x55, count: 4096))
    try folder.write(bytes, to: "s.db")
    #expect(throws: StoreFault.damaged) { try Store(path: folder.path(), whenMissing: .fail).verify() }
  }
}
