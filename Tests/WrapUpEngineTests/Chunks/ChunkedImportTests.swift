import Conversations
import Foundation
import HandlingAnalytics
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// What others see and do while an import goes by chunks.
struct ChunkedImportTests {
  private static let oldRows =
    (0..<20).map { ChunkedImport.row("old-\($0)", "Old", seconds: $0 < 10 ? 60 : nil) }

  private static func withStore(_ body: (WrapUp) throws -> Void) throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(ChunkedImport.csv(oldRows), into: wrapup)
      try body(wrapup)
    }
  }

  @Test("nobody sees any of it before it is done, and everybody all of it then")
  func unseen() throws {
    try Self.withStore { wrapup in
      let before = try ChunkedImport.sights(of: wrapup)
      let during = Guarded<[WrapUp]>([])
      let rows = [
        ChunkedImport.row("old-1", "New", seconds: 90), ChunkedImport.row("old-2", "New", contact: 2),
      ]
      let ledger = try ChunkedImport.run(rows + ChunkedImport.newRows(), into: wrapup) { other in
        let sights = try ChunkedImport.sights(of: other)
        #expect(sights == before)
        #expect(try other.conversation("new-0") == nil && other.conversation("old-1")?.tags == ["Old"])
        #expect(throws: WrapUpError.unknownName(field: "tag", name: "New", nearest: [])) {
          try other.rename("New", to: "Newer", in: .tag)
        }
        during.withLock { $0.append(other) }
      }
      #expect(ledger.added == 3_001 && ledger.updated == 1 && ledger.conversations == 3_000)
      let after = try ChunkedImport.sights(of: try WrapUp(store: wrapup.path))
      #expect(after != before && after.contains { $0.contains("new-2999") })
      for other in [wrapup] + during.withLock({ $0 }) {
        #expect(try ChunkedImport.sights(of: other) == after, "names that were read too early are read again")
      }
      #expect(try wrapup.conversation("old-2")?.tags == ["Old", "New"])
      #expect(
        try wrapup.report(.init(by: [.agent], measures: [.contacts])).rows.map(\.labels) == [
          [.name("New")], [.name("Old")],
        ])
    }
  }

  @Test("conversations are opened and closed meanwhile; an id of the file has to wait")
  func closesGoOn() throws {
    try Self.withStore { wrapup in
      let during = Guarded<[WrapUp]>([])
      _ = try ChunkedImport.run(ChunkedImport.newRows(), into: wrapup) { other in
        for number in 0..<50 {
          try other.open("live-\(number)", channel: "chat", agent: "Ann")
          try other.close("live-\(number)", tags: ["Live"])
        }
        try other.close("old-15", tags: ["Late"])
        // Takes in the ids of names that are not to be seen yet.
        #expect(try ChunkedImport.sights(of: other).allSatisfy { !$0.contains("New") })
        during.withLock { $0.append(other) }
        #expect(throws: WrapUpError.beingImported(id: "new-3")) { try other.open("new-3", channel: "chat") }
        #expect(throws: WrapUpError.beingImported(id: "new-3")) { try other.close("new-3", tags: []) }
        #expect(throws: WrapUpError.unknownConversation(id: "new-2999")) {
          try other.close("new-2999", tags: [])
        }
      }
      for id in ["live-0", "live-49", "old-15", "new-3", "new-2999"] {
        #expect(try wrapup.conversation(id)?.state == .ended, "\(id)")
      }
      #expect(try ChunkedImport.sights(of: during.withLock { $0[0] }) == ChunkedImport.sights(of: wrapup))
      let live = try wrapup.report(.init(by: [.tag], measures: [.contacts])).rows.map(\.figures)
      #expect(live == [[.whole(1)], [.whole(50)], [.whole(3_000)], [.whole(10)]])
      // What is opened next comes behind all that was imported.
      try wrapup.open("next", channel: "chat")
      try wrapup.withState { state in
        let last = try state.conversations.lastKey()
        #expect(try state.conversations.key(of: "next") == last)
      }
    }
  }

  @Test("what was closed while its row waited stands, and is counted so")
  func keptLive() throws {
    try Self.withStore { wrapup in
      let rows = [10, 11].map { ChunkedImport.row("old-\($0)", "New", seconds: 7_000) }
      let ledger = try ChunkedImport.run(rows + ChunkedImport.newRows(), into: wrapup) { other in
        try other.close("old-10", tags: ["Late"])
      }
      #expect(ledger.updated == 1 && ledger.keptLive == 1 && ledger.added == 3_000)
      #expect(ledger.flagged[ContactFlags.names.firstIndex { $0.flag == .exceedsElapsed }!] == 1)
      #expect(try wrapup.conversation("old-10")?.tags == ["Late"])
      #expect(try wrapup.conversation("old-11")?.contacts.map(\.handlingSeconds) == [7_000])
    }
  }

  @Test("a conversation that was given many tags meanwhile has those of the file too")
  func manyTags() throws {
    try Self.withStore { wrapup in
      let row = ChunkedImport.row("old-10", "Old", contact: 2)
        .replacing("Old,Old,60", with: "Old,\((0..<30).map { "B\($0)" }.joined(separator: ";")),60")
      let ledger = try ChunkedImport.run([row] + ChunkedImport.newRows(), into: wrapup) { other in
        try other.close("old-10", tags: (0..<40).map { "A\($0)" })
      }
      #expect(ledger.added == 3_001 && ledger.rejected == 0)
      #expect(try wrapup.conversation("old-10")?.tags.count == 70)
      let report = try wrapup.report(.init(by: [.tag], measures: [.contacts]))
      #expect(report.rows.count == 72)
      #expect(try WrapUp(store: wrapup.path).report(.init(by: [.tag], measures: [.contacts])) == report)
    }
  }

  @Test("a name that nothing of the file uses in the end is a name all the same, also to who has met its id")
  func namesAlone() throws {
    try Self.withStore { wrapup in
      let during = Guarded<[WrapUp]>([])
      let known = (0..<3_000).map { ChunkedImport.row("known-\($0)", "Old") }
      _ = try Scratch.importCSV(ChunkedImport.csv(known), into: wrapup)
      let ledger = try ChunkedImport.run([ChunkedImport.row("old-10", "New")] + known, into: wrapup) {
        other in
        try other.close("old-10", tags: ["Old"])
        _ = try other.report(.init(by: [.tag, .category], measures: [.contacts]))
        during.withLock { $0.append(other) }
      }
      #expect(ledger.keptLive == 1 && ledger.unchanged == 3_000 && ledger.added + ledger.updated == 0)
      let other = during.withLock { $0[0] }
      try other.open("live", channel: "chat", category: "New")
      try other.close("live", tags: ["New"])
      for wrapup in [wrapup, other] {
        let report = try wrapup.report(.init(by: [.tag, .category], measures: [.contacts]))
        #expect(report.rows.map(\.labels).contains([.name("New"), .name("New")]))
        #expect(try wrapup.recommend(DialogContext(category: "Old")).list.map(\.tag).contains("New"))
      }
    }
  }

  @Test("a name of the file that is used here meanwhile is one and the same, spelt as here")
  func sharedNames() throws {
    try Self.withStore { wrapup in
      _ = try ChunkedImport.run(ChunkedImport.newRows("NEW"), into: wrapup) { other in
        // Another has taken in the ids of names that are not to be seen yet.
        let third = try WrapUp(store: other.path)
        try other.close("old-10", tags: [])
        _ = try third.report(.init(by: [.category], measures: [.contacts]))
        try other.open("live", channel: "new", category: "New", agent: "NEW")
        var open = HandlingQuery(by: [.category], measures: [.contacts])
        open.includesOpen = true
        #expect(try third.report(open).rows.map(\.labels) == [[.name("New")], [.name("Old")]])
        let receipt = try other.close("live", tags: ["new"])
        #expect(receipt.created.map(\.tag) == ["new"])
        #expect(
          try other.report(.init(by: [.category], measures: [.contacts])).rows.map(\.labels) == [
            [.name("New")], [.name("Old")],
          ])
      }
      for dimension in [Dimension.tag, .category, .channel, .agent] {
        let expected = [Dimension.tag: "new", .category: "New", .channel: "new", .agent: "NEW"][dimension]!
        let report = try wrapup.report(.init(by: [dimension], measures: [.contacts]))
        #expect(
          report.rows.first { $0.labels == [.name(expected)] }?.figures == [.whole(3_001)], "\(dimension)")
        #expect(report.rows.count == 2)
      }
    }
  }

  @Test("a name is not given away while a file that is being imported has it")
  func renamingMeanwhile() throws {
    try Self.withStore { wrapup in
      _ = try ChunkedImport.run(ChunkedImport.newRows(), into: wrapup) { other in
        #expect(throws: WrapUpError.storeBusy(path: other.path)) {
          try other.rename("Old", to: "new", in: .tag)
        }
        try other.rename("Old", to: "Ancient", in: .tag)
        _ = try other.add(["Other"], to: .tag)
      }
      let report = try wrapup.report(.init(by: [.tag], measures: [.contacts]))
      #expect(report.rows.map(\.labels) == [[.name("Ancient")], [.name("New")]])
      #expect(throws: WrapUpError.nameTaken(field: "tag", name: "New")) {
        try wrapup.rename("Ancient", to: "new", in: .tag)
      }
    }
  }

  @Test("a renaming meanwhile counts for the rows to come")
  func renamedMeanwhile() throws {
    try Self.withStore { wrapup in
      let rows = (0..<3_000).map { ChunkedImport.row("new-\($0)", "Old") }
      _ = try ChunkedImport.run(rows, into: wrapup) { other in
        try other.rename("Old", to: "Ancient", in: .tag)
        _ = try other.add(["Old"], to: .tag)
      }
      let report = try wrapup.report(.init(by: [.tag], measures: [.contacts]))
      let counts = Dictionary(uniqueKeysWithValues: report.rows.map { ($0.labels, $0.figures) })
      // The rows of the first chunk mean what was called so then.
      #expect(counts == [[.name("Ancient")]: [.whole(2_048 + 10)], [.name("Old")]: [.whole(3_000 - 2_048)]])
    }
  }

  @Test("more updates than a transaction takes are all there, and logged")
  func manyUpdates() throws {
    try Scratch.withStore { wrapup in
      func rows(_ seconds: Int) -> [String] {
        (0..<20_000).map { ChunkedImport.row("c\($0)", "Old", seconds: seconds) }
      }
      _ = try Scratch.importCSV(ChunkedImport.csv(rows(60)), into: wrapup)
      let ledger = try Scratch.importCSV(ChunkedImport.csv(rows(61)), into: wrapup)
      #expect(ledger.updated == 20_000 && ledger.added == 0)
      let question = HandlingQuery(by: [], measures: [.contacts, .total])
      #expect(try wrapup.report(question).total == [.whole(20_000), .whole(20_000 * 61)])
      #expect(try WrapUp(store: wrapup.path).report(question) == wrapup.report(question))
      try wrapup.withState { state in
        let changes = try state.changes.changes(after: 0)
        #expect(changes.count { $0.kind == .updated } == 20_000)
        #expect(try !UnfinishedImport(state.store).isThere())
        #expect(try state.store.connection.integer("SELECT count(*) FROM staged_contact") == 0)
      }
    }
  }
}
