import Dispatch
import Foundation
import Testing

@testable import SQLiteStore

struct StoreOpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aStoreIsCreatedOnceAndOpenedEverAfter() throws {
    let uuid: String
    do {
      let store = try Store(path: folder.path(), whenMissing: .create(zone: "Europe/Paris"))
      uuid = store.uuid
      #expect(store.isWritable)
      #expect(store.zone == "Europe/Paris")
      #expect(uuid.utf8.count == 32 && uuid.allSatisfy { $0.isHexDigit && !$0.isUppercase })
      #expect(try store.connection.integer("PRAGMA synchronous") == 2)
      #expect(try store.connection.integer("PRAGMA foreign_keys") == 1)
      #expect(try store.connection.integer("PRAGMA application_id") == 0x5772_5570)
      #expect(try store.connection.integer("PRAGMA user_version") == Int64(StoreSchema.version))
      let mode = try store.connection.prepare("PRAGMA journal_mode")
      #expect(try mode.step() && mode.text(0) == "wal")
    }
    #expect(try folder.contents().keys.sorted() == ["s.db"])
    // The zone is settled at creation.
    let again = try Store(path: folder.path(), whenMissing: .create(zone: "Asia/Tokyo"))
    #expect(again.uuid == uuid)
    #expect(again.zone == "Europe/Paris")
    #expect(try Store(path: folder.path(), whenMissing: .fail).uuid == uuid)
    let other = try Store(path: folder.path("other.db"), whenMissing: .create(zone: "UTC"))
    #expect(other.uuid != uuid)
    try again.verify()
  }

  @Test func anEmptyFileBecomesAStoreAndAMissingOneOnlyOnRequest() throws {
    #expect(throws: StoreFault.missing) { try Store(path: folder.path(), whenMissing: .fail) }
    #expect(try folder.contents().isEmpty)
    try folder.write(Data(), to: "s.db")
    #expect(throws: StoreFault.missing) { try Store(path: folder.path(), whenMissing: .fail) }
    #expect(try folder.contents() == ["s.db": Data()])
    #expect(try Store(path: folder.path(), whenMissing: .create(zone: "UTC")).zone == "UTC")
  }

  @Test func aFolderIsForeignAndAMissingFolderCannotBeOpened() throws {
    #expect(throws: StoreFault.foreign) {
      try Store(path: folder.path(""), whenMissing: .create(zone: "UTC"))
    }
    #expect(throws: StoreFault.cantOpen) {
      try Store(path: folder.path("nowhere/s.db"), whenMissing: .create(zone: "UTC"))
    }
  }

  @Test func twoThatCreateTheSameStoreAgree() async throws {
    for round in 0..<10 {
      let path = folder.path("\(round).db")
      let uuids = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<2 {
          group.addTask { @concurrent in try Store(path: path, whenMissing: .create(zone: "UTC")).uuid }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(uuids.count == 1)
    }
  }

  @Test func aStoreThatAnotherProcessIsCreatingIsWaitedFor() throws {
    let path = folder.path()
    let other = try SQLiteConnection(path: path, mode: .create)
    try other.execute("BEGIN IMMEDIATE; CREATE TABLE first (x)")
    #expect(try folder.contents().keys.sorted() == ["s.db", "s.db-journal"])
    // A thread of its own: a task could wait for a free one longer than the store waits for the other.
    let opening = Opening(path: path)
    let thread = Thread { opening.run() }
    thread.start()
    // Long enough for the other to meet the journal; met later, there is nothing to wait for.
    Thread.sleep(forTimeInterval: 0.05)
    try other.execute("ROLLBACK")
    #expect(try opening.zone() == "UTC")
  }
}

/// A store being opened on another thread.
private final class Opening: @unchecked Sendable {
  // Safe: written before the signal, read after it.
  private var result: Result<String, any Error>?
  private let path: String
  private let done = DispatchSemaphore(value: 0)

  init(path: String) {
    self.path = path
  }

  func run() {
    result = Result { try Store(path: path, whenMissing: .create(zone: "UTC")).zone }
    done.signal()
  }

  func zone() throws -> String? {
    done.wait()
    return try result?.get()
  }
}
