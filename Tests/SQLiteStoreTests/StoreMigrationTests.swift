import Foundation
import Testing

@testable import SQLiteStore

struct StoreMigrationTests {
  private let folder: TemporaryFolder
  private let old: Store

  private static let version = StoreSchema.migrations.count
  private static let one = StoreSchema.migrations
  private static let two =
    one + ["ALTER TABLE conversation ADD COLUMN mood TEXT; UPDATE store SET zone = 'Asia/Tokyo'"]

  init() throws {
    folder = try TemporaryFolder()
    old = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"), migrations: Self.one)
    _ = try old.write { try NameRepository(.tag, of: old).add("Billing") }
  }

  @Test func theNextVersionKeepsTheDataAndACopyOfTheOldStore() throws {
    let new = try Store(path: folder.path(), whenMissing: .fail, migrations: Self.two)
    #expect(new.uuid == old.uuid)
    #expect(new.zone == "Asia/Tokyo")
    #expect(try new.connection.integer("PRAGMA user_version") == Int64(Self.version + 1))
    #expect(try NameRepository(.tag, of: new).names() == ["Billing"])
    _ = try new.write { try new.connection.execute("UPDATE conversation SET mood = 'v'") }

    let copy = try Store(
      path: folder.path("s.db.bak-v\(Self.version)"), whenMissing: .fail, migrations: Self.one)
    #expect(copy.uuid == old.uuid)
    #expect(copy.zone == "UTC")
    #expect(try NameRepository(.tag, of: copy).names() == ["Billing"])
    try copy.verify()

    // Opened again, there is nothing left to do.
    let backup = try folder.bytes("s.db.bak-v\(Self.version)")
    _ = try Store(path: folder.path(), whenMissing: .fail, migrations: Self.two)
    #expect(try folder.bytes("s.db.bak-v\(Self.version)") == backup)
    #expect(!FileManager.default.fileExists(atPath: folder.path("s.db.bak-v\(Self.version + 1)")))
  }

  @Test func aRunningOlderProgramStopsWriting() throws {
    _ = try Store(path: folder.path(), whenMissing: .fail, migrations: Self.two)
    #expect(throws: StoreFault.newer(version: Int32(Self.version + 1), supported: Int32(Self.version))) {
      _ = try old.write { try NameRepository(.tag, of: old).add("Late") }
    }
    #expect(old.connection.isIdle)
    #expect(try NameRepository(.tag, of: old).names() == ["Billing"])
    #expect(throws: StoreFault.newer(version: Int32(Self.version + 1), supported: Int32(Self.version))) {
      try Store(path: folder.path(), whenMissing: .fail, migrations: Self.one)
    }
  }

  @Test(arguments: ["NOT SQL", "CREATE TABLE extra (x); INSERT INTO missing VALUES (1)"])
  func aMigrationThatFailsLeavesTheOldStore(sql: String) throws {
    #expect(throws: StoreFault.self) {
      try Store(path: folder.path(), whenMissing: .fail, migrations: Self.one + [sql])
    }
    #expect(try old.connection.integer("PRAGMA user_version") == Int64(Self.version))
    #expect(try old.connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == 0)
    _ = try old.write { try NameRepository(.tag, of: old).add("Still here") }
    #expect(try NameRepository(.tag, of: old).names() == ["Billing", "Still here"])
  }

  @Test func severalVersionsAreClimbedInOneGo() throws {
    let steps = (2...4).map { "CREATE TABLE step\($0) (x)" }
    let new = try Store(path: folder.path(), whenMissing: .fail, migrations: Self.one + steps)
    #expect(try new.connection.integer("PRAGMA user_version") == Int64(Self.version + 3))
    #expect(try new.connection.integer("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'step%'") == 3)
    #expect(try folder.contents().keys.filter { $0.contains("bak") } == ["s.db.bak-v\(Self.version)"])
  }
}
