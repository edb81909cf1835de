import Foundation
import Testing

@testable import SQLiteStore

/// The first writing of many rows, under a rollback journal where nobody else has the store open.
struct FirstWriteTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    // Nobody waits five seconds in a test.
    try store.connection.execute("PRAGMA busy_timeout = 10")
  }

  private func journalMode() throws -> String? { try store.connection.text("PRAGMA journal_mode") }

  private func fill(_ count: Int) throws {
    _ = try NameRepository(.agent, of: store).add(
      (1...count).map { "agent \($0) " + String(repeating: "x", count: 100) }, from: 1)
  }

  @Test func aloneItIsWrittenWithoutTheLogWhichIsOnAgainAfterwards() throws {
    try store.writeInBulk(isFirst: true) {
      #expect(try journalMode() == "delete")
      try fill(10)
    }
    #expect(try journalMode() == "wal")
    #expect(try NameRepository(.agent, of: store).names().count == 10)
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try store.writeInBulk(isFirst: true) {
        _ = try NameRepository(.tag, of: store).add("dropped")
        throw Refusal()
      }
    }
    #expect(try journalMode() == "wal")
    #expect(try NameRepository(.tag, of: store).names() == [])
  }

  @Test func besideAnotherConnectionItGoesToTheLog() throws {
    let other = try Store(path: folder.path(), whenMissing: .fail)
    try store.writeInBulk(isFirst: true) {
      #expect(try journalMode() == "wal")
      try fill(10)
      #expect(try NameRepository(.agent, of: other).names() == [])
    }
    #expect(try NameRepository(.agent, of: other).names().count == 10)
  }

  @Test func whoComesMeanwhileIsToldThatItIsBusyOrFindsItAsItWas() throws {
    var other: Store?
    try store.writeInBulk(isFirst: true) {
      try fill(10)
      let late = try Store(path: folder.path(), whenMissing: .fail)
      try late.connection.execute("PRAGMA busy_timeout = 10")
      #expect(try NameRepository(.agent, of: late).names() == [])
      #expect(throws: StoreFault.busy) {
        try late.write { _ = try NameRepository(.tag, of: late).add("late") }
      }
      other = late
    }
    let late = try #require(other)
    #expect(try NameRepository(.agent, of: late).names().count == 10)
    try late.write { _ = try NameRepository(.tag, of: late).add("late") }
    #expect(try NameRepository(.tag, of: store).names() == ["late"])
    // The log could not be switched on again while both were there, but is by the next who is alone.
    try store.verify()
  }

  /// What a killed process leaves behind is what lies in the files at that moment.
  @Test func aKillInTheMiddleLeavesTheStoreAsItWas() throws {
    let left = try TemporaryFolder()
    try store.writeInBulk(isFirst: true) {
      // Too small for what is written, so that pages go to the file before the commit.
      try store.connection.execute("PRAGMA cache_size = 10")
      let before = try folder.bytes("s.db").count
      try fill(20_000)
      #expect(try folder.bytes("s.db").count > before + 1_000_000)
      for (name, bytes) in try folder.contents() { try left.write(bytes, to: name) }
    }
    #expect(try left.bytes("s.db-journal").count > 0)
    let found = try Store(path: left.path(), whenMissing: .fail)
    try found.verify()
    #expect(found.uuid == store.uuid)
    #expect(try NameRepository(.agent, of: found).names() == [])
    #expect(try found.connection.text("PRAGMA journal_mode") == "wal")
    _ = try found.write { try NameRepository(.tag, of: found).add("next") }
    #expect(try NameRepository(.tag, of: found).names() == ["next"])
  }

  @Test func aFrozenCopyIsReadAndNeverWritten() throws {
    _ = try store.write { try NameRepository(.tag, of: store).add("before") }
    let copy = try Store(frozenCopyOf: store)
    _ = try store.write { try NameRepository(.tag, of: store).add("after") }
    #expect(copy.uuid == store.uuid && copy.zone == store.zone)
    #expect(try NameRepository(.tag, of: copy).names() == ["before"])
    #expect(throws: StoreFault.busy) { try copy.write {} }
  }
}
