import Conversations
import Foundation
import HandlingAnalytics
import MappedFiles
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// What is left of an import by chunks that was given up, and what of one that was killed.
struct StoppedImportTests {
  private static func withStore(_ body: (WrapUp) throws -> Void) throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        ChunkedImport.csv((0..<10).map { ChunkedImport.row("old-\($0)", "Old") }), into: wrapup)
      try body(wrapup)
    }
  }

  private static let rows =
    [ChunkedImport.row("old-1", "New", seconds: 90), ChunkedImport.row("old-2", "New", contact: 2)]
    + ChunkedImport.newRows()

  private static func giveUp(_ wrapup: WrapUp) throws {
    #expect(throws: WrapUpError.cancelled) {
      try ChunkedImport.run(rows, into: wrapup, isCancelled: true) { _ in }
    }
  }

  @Test("given up, it leaves nothing that anybody sees, and not a row in the file")
  func givenUp() throws {
    try Self.withStore { wrapup in
      let before = try ChunkedImport.sights(of: wrapup)
      let position = try wrapup.withState { try $0.changes.position() }
      try Self.giveUp(wrapup)
      #expect(try ChunkedImport.sights(of: wrapup) == before)
      try wrapup.withState { state in
        let isLeft = try UnfinishedImport(state.store).isThere()
        #expect(try state.changes.position() == position && !isLeft)
        for (table, count) in [("conversation", 10), ("contact", 10), ("staged_contact", 0)] {
          #expect(
            try state.store.connection.integer("SELECT count(*) FROM \(table)") == Int64(count), "\(table)")
        }
      }
      // Its ids and names are free again.
      try wrapup.open("new-0", channel: "chat")
      try wrapup.rename("Old", to: "nEw", in: .tag)
      _ = try wrapup.add(["New"], to: .category)
      _ = try wrapup.add(["Fresh"], to: .tag)
      #expect(try wrapup.withState { try $0.names(.tag).allFolds() } == ["new", "fresh"], "no id is lost")
      #expect(
        try wrapup.categories().map(\.name) == ["New", "Old"]
          && wrapup.tags().map(\.name) == ["Fresh", "nEw"])
    }
  }

  @Test("taken up again, it makes the same store as without the first attempt")
  func again() throws {
    let expected = try {
      var sights: [String] = []
      try Self.withStore { wrapup in
        _ = try Scratch.importCSV(ChunkedImport.csv(Self.rows), into: wrapup)
        sights = try ChunkedImport.sights(of: wrapup)
      }
      return sights
    }()
    try Self.withStore { wrapup in
      try Self.giveUp(wrapup)
      let ledger = try Scratch.importCSV(ChunkedImport.csv(Self.rows), into: wrapup)
      #expect(ledger.added == 3_001 && ledger.updated == 1)
      #expect(try ChunkedImport.sights(of: wrapup) == expected)
      #expect(try wrapup.withState { try $0.names(.tag).unusedIDs() } == [])
    }
  }

  /// Leaves a store as a killed process would: with what was written before.
  private static func kill(_ wrapup: WrapUp, at state: String) throws -> WrapUp {
    let copy = Guarded("")
    _ = try ChunkedImport.run(rows, into: wrapup) { other in
      copy.withLock { $0 = other.path + "." + state }
      let path = copy.withLock { $0 }
      try other.withState { state in
        let insert = try state.store.connection.prepare("VACUUM INTO ?")
        insert.bind(1, path)
        try insert.run()
      }
    }
    return try WrapUp(store: copy.withLock { $0 }, createInZone: nil)
  }

  @Test("killed, it is taken back by who opens the store next")
  func killed() throws {
    try Self.withStore { wrapup in
      let before = try ChunkedImport.sights(of: wrapup)
      let left = try Self.kill(wrapup, at: "killed")
      #expect(try ChunkedImport.sights(of: left) == before)
      try left.withState { state in
        let isLeft = try UnfinishedImport(state.store).isThere()
        #expect(!isLeft)
        #expect(try state.store.connection.integer("SELECT count(*) FROM conversation") == 10)
      }
    }
  }

  @Test(
    "where more is left than an opening takes back, an id of it is free all the same, and an import ends it")
  func muchLeft() throws {
    try Self.withStore { wrapup in
      try wrapup.withState { state in
        try state.store.write {
          let border = try UnfinishedImport(state.store).begin()
          let record = ContactRecord(startedAt: 1_767_607_200)
          let conversations = try ConversationInsertion(
            state.store, of: ConversationRepository.Column.allCases, firstKey: border.conversation)
          let contacts = try ContactInsertion(
            state.store, of: ContactRepository.Column.allCases, isLive: false, firstKey: border.contact)
          for number in 0..<300_000 {
            let key = try conversations.insert(id: "left-\(number)", ConversationSummary(of: [record]))
            _ = try contacts.insert(record, conversation: key)
          }
        }
      }
      let next = try WrapUp(store: wrapup.path)
      #expect(try next.withState { try UnfinishedImport($0.store).isThere() })
      try next.open("left-5", channel: "chat")
      try next.close("left-5", tags: ["Here"])
      #expect(throws: WrapUpError.unknownConversation(id: "left-6")) { try next.close("left-6", tags: []) }
      #expect(try next.report(.init(by: [], measures: [.contacts])).total == [.whole(11)])
      _ = try Scratch.importCSV(ChunkedImport.csv([ChunkedImport.row("left-7", "New")]), into: next)
      try next.withState { state in
        let isLeft = try UnfinishedImport(state.store).isThere()
        #expect(!isLeft)
        #expect(try state.store.connection.integer("SELECT count(*) FROM conversation") == 12)
        #expect(try state.store.connection.integer("SELECT count(*) FROM contact") == 12)
      }
    }
  }

  @Test("decided, it is gone on with by who opens the store next, where it had stopped", arguments: [0, 4])
  func decided(writtenBefore: Int) throws {
    try Self.withStore { wrapup in
      var border = UnfinishedImport.Border(conversation: 0, contact: 0)
      try wrapup.withState { state in
        try state.store.write {
          let unfinished = UnfinishedImport(state.store)
          border = try unfinished.begin()
          let record = ContactRecord(startedAt: 1_767_607_200)
          let conversations = try ConversationInsertion(
            state.store, of: ConversationRepository.Column.allCases, firstKey: border.conversation)
          let contacts = try ContactInsertion(
            state.store, of: ContactRepository.Column.allCases, isLive: false, firstKey: border.contact)
          _ = try contacts.insert(
            record, conversation: conversations.insert(id: "new", ConversationSummary(of: [record])))
          let staged = try StagedContacts(state.store)
          for number in 1...8 {
            let key = try #require(try state.conversations.key(of: "old-\(number)"))
            var row = try state.contacts.contacts(of: key)[0]
            row.record.handling = HandlingValue(seconds: 600, basis: .given)
            try staged.put(row)
            if number == 3 { try staged.put("hello", ofContact: row.key) }
            row.record.contactID = "2"
            try staged.put(.init(key: staged.newKey(), conversation: key, isLive: false, record: row.record))
          }
          try unfinished.decide()
          if writtenBefore > 0 {
            let key = try #require(try state.conversations.key(of: "old-\(writtenBefore)"))
            try unfinished.setWritten(key + 1)
          }
        }
      }
      // Who has the store open goes on with it too, rather than take an id of it.
      #expect(throws: WrapUpError.conversationExists(id: "new")) { try wrapup.open("new", channel: "chat") }
      let next = try WrapUp(store: wrapup.path)
      let written = 8 - writtenBefore
      let report = try next.report(.init(by: [], measures: [.contacts, .total]))
      #expect(report.total == [.whole(10 + written), .whole((10 - written) * 60 + 2 * written * 600)])
      try next.withState { state in
        let isLeft = try UnfinishedImport(state.store).isThere()
        #expect(!isLeft)
        #expect(try state.store.connection.integer("SELECT count(*) FROM staged_contact") == 0)
        #expect(
          try state.changes.changes(after: 1).map(\.kind) == [.imported]
            + Array(repeating: .updated, count: 8))
        // However many there are, keys for what is opened meanwhile are left.
        let last = try #require(try state.conversations.key(of: "old-8"))
        #expect(try state.contacts.contacts(of: last).map(\.key).max()! > border.contact)
        let key = try #require(try state.conversations.key(of: "old-3"))
        #expect(try ConversationTexts(state.store).text(of: key) == (writtenBefore == 0 ? "hello" : nil))
      }
    }
  }

  @Test("who imports waits for who is at what was left, even when that is all gone")
  func waitsForCleaning() throws {
    try Self.withStore { wrapup in
      let (lock, begun, done) = (wrapup.path + ".settling-lock", Guarded(false), Guarded(false))
      let cleaner = try WorkerThread {
        let held: Void? = FileLock.whileHolding(lock) {
          begun.withLock { $0 = true }
          usleep(200_000)
          done.withLock { $0 = true }
        }
        if held == nil { begun.withLock { $0 = true } }
      }
      while !begun.withLock({ $0 }) { usleep(1_000) }
      _ = try Scratch.importCSV(ChunkedImport.csv([ChunkedImport.row("new", "New")]), into: wrapup)
      #expect(done.withLock { $0 })
      cleaner.join()
    }
  }

  @Test("an import that somebody has taken for a stopped one fails, rather than go on without what is gone")
  func takenBackMeanwhile() throws {
    try Self.withStore { wrapup in
      let before = try ChunkedImport.sights(of: wrapup)
      #expect(throws: WrapUpError.storeBusy(path: wrapup.path)) {
        try ChunkedImport.run(Self.rows, into: wrapup) { other in
          try other.withState { state in
            try state.store.inBulk {
              while try state.store.write({ try UnfinishedImport(state.store).removeLast(10_000) }) {}
            }
          }
        }
      }
      #expect(try ChunkedImport.sights(of: wrapup) == before)
    }
  }
}
