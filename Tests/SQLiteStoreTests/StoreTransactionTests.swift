import Testing

@testable import SQLiteStore

struct StoreTransactionTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let tags: NameRepository

  private struct Refusal: Error, Equatable {}

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    tags = NameRepository(.tag, of: store)
    // Nobody waits five seconds in a test.
    try store.connection.execute("PRAGMA busy_timeout = 10")
  }

  @Test func aTransactionIsAllOrNothing() throws {
    _ = try store.write { try tags.add("kept") }
    #expect(throws: Refusal()) {
      try store.write {
        _ = try tags.add("dropped")
        #expect(try tags.names() == ["kept", "dropped"])
        throw Refusal()
      }
    }
    #expect(try tags.names() == ["kept"])
    #expect(store.connection.isIdle)
    // SQLite's own refusals roll back too, and say what they are.
    #expect(throws: StoreFault.sqlite(code: 2067, reason: "constraint failed")) {
      try store.write {
        _ = try tags.add("dropped")
        _ = try tags.add("KEPT")
      }
    }
    #expect(try tags.names() == ["kept"])
    _ = try store.write { try tags.add("next") }
    #expect(try tags.id(of: "next") == 2)
  }

  @Test func theLastStepBeforeTheCommitSeesEverythingWritten() throws {
    var seen: [String]?
    let other = try Store(path: folder.path(), whenMissing: .fail)
    var seenByOthers: [String]?
    _ = try store.write(
      beforeCommit: {
        seen = try? tags.names()
        seenByOthers = try? NameRepository(.tag, of: other).names()
      }, { try tags.add("a") })
    #expect(seen == ["a"])
    #expect(seenByOthers == [])
    #expect(try NameRepository(.tag, of: other).names() == ["a"])
  }

  @Test func aReaderSeesOneStateThroughout() throws {
    let other = try Store(path: folder.path(), whenMissing: .fail)
    try store.read {
      #expect(try tags.names() == [])
      _ = try other.write { try NameRepository(.tag, of: other).add("new") }
      #expect(try tags.names() == [])
    }
    #expect(try tags.names() == ["new"])
    #expect(throws: Refusal()) { try store.read { throw Refusal() } }
    #expect(store.connection.isIdle)
  }

  @Test func aSecondWriterIsToldThatTheStoreIsBusy() throws {
    let other = try Store(path: folder.path(), whenMissing: .fail)
    try other.write {
      #expect(throws: StoreFault.busy) { _ = try store.write { try tags.add("a") } }
      // Readers are not kept waiting.
      let names = try store.read { try tags.names() }
      #expect(names == [])
    }
    let id = try store.write { try tags.add("a") }
    #expect(id == 1)
  }

  @Test func aFullStoreSaysSo() throws {
    try store.connection.execute("PRAGMA max_page_count = 1")
    #expect(throws: StoreFault.full) {
      try store.write {
        for number in 0..<2000 { _ = try tags.add("a name of some length, number \(number)") }
      }
    }
    #expect(try tags.names() == [])
  }

  @Test func aReadOnlyStatementIsRefused() throws {
    try store.connection.execute("PRAGMA query_only = ON")
    #expect(throws: StoreFault.readOnly) { _ = try store.write { try tags.add("a") } }
  }

  @Test func aWriterWaitsNoLongerThanItIsTold() throws {
    let quick = try SQLiteConnection(path: folder.path(), mode: .readWrite)
    quick.waitForOthers(0)
    try store.write {
      do throws(SQLiteFault) {
        try quick.execute("BEGIN IMMEDIATE")
        Issue.record("two writers at once")
      } catch {
        #expect(error.isBusy && !error.isDamage && !error.isFull && !error.isReadOnly)
        #expect(StoreFault(error) == .busy)
      }
    }
  }
}
