import Foundation
import HandlingAnalytics
import MappedFiles
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// Words and visitors are forgotten for good, figures stay, and what was learnt from them goes.
struct ForgettingTests {
  private static let day: Int64 = 1_767_571_200

  /// A contact that began so many minutes after the day did.
  private static func row(
    _ id: String, _ minute: Int, _ tag: String, contact: Int = 0, visitor: String = "", note: String = "",
    text: String = ""
  ) -> String {
    let start = day + Int64(minute) * 60
    let (from, to) = (WrapUp.text(ofInstant: start), WrapUp.text(ofInstant: start + 50))
    return "\(id),k\(contact),\(from),\(to),Delivery,\(tag),Ann,40,\(visitor),\(note),\(text)\n"
  }

  private static func csv(_ rows: [String]) -> String {
    "id,contactId,startedAt,endedAt,category,tags,agent,handlingSeconds,visitor,note,text\n" + rows.joined()
  }

  private static let tags = ["Refund", "Late", "Lost", "Address"]

  /// A history whose first conversations have words only if they are wanted.
  private static func history(_ count: Int, silent: Int) -> String {
    csv(
      (0..<count).map { number in
        let tag = tags[number * 7 % 11 % 4]
        return number < silent
          ? row("c\(number)", number, tag)
          : row(
            "c\(number)", number, tag, visitor: "v\(number % 7)", note: "note \(number)",
            text: "\(tag) of parcel \(number % 23)")
      })
  }

  private static let questions = ["where is parcel number 3", "lost", "refund of parcel 22", ""].map {
    DialogContext(category: "Delivery", text: $0)
  }

  private static func lists(_ wrapup: WrapUp) throws -> [[Recommendation]] {
    try questions.map { try wrapup.recommend($0).list }
  }

  @Test("the model is, to the bit, that of a store that never had the words, wherever it is learnt")
  func model() throws {
    let (count, silent) = (600, 100)
    var settings = WrapUp.Settings()
    settings.now = { Self.day + 1_000_000 }
    // What was closed here is learnt where it was learnt before, not last.
    func closeSome(_ wrapup: WrapUp, text: String?) throws {
      for number in 0..<20 {
        try wrapup.open("l\(number)", channel: "chat", category: "Delivery", agent: "Ann")
        _ = try wrapup.close(
          "l\(number)", tags: [Self.tags[number % 4]],
          text: number == 0 ? text : "number \(number) of parcels")
      }
    }
    let (expected, expectedLists) = try Scratch.withStore(settings: settings) { wrapup in
      _ = try Scratch.importCSV(Self.history(count, silent: silent), into: wrapup)
      try closeSome(wrapup, text: nil)
      // As many changes as forgetting makes, for a checkpoint notes how far it has come.
      for number in 0..<3 { try wrapup.open("o\(number)", channel: "chat") }
      return (try CheckpointTests.contents(of: wrapup), try Self.lists(wrapup))
    }
    try Scratch.withStore(settings: settings) { wrapup in
      _ = try Scratch.importCSV(Self.history(count, silent: 0), into: wrapup)
      try closeSome(wrapup, text: "zebras")
      #expect(try Self.lists(wrapup) != expectedLists)
      let other = try WrapUp(store: wrapup.path, createInZone: nil)
      #expect(try Self.lists(other) != expectedLists)
      let end = Self.day + Int64(silent - 1) * 60 + 51
      let receipt = try wrapup.forget(.endedBefore(end))
      #expect(receipt.inScope == silent && receipt.texts == silent && receipt.notes == silent)
      #expect(receipt.conversations == silent && receipt.visitors == silent && receipt.leftovers == [])
      #expect(try wrapup.forget(.conversations(["l0"])).texts == 1)
      for wrapup in [wrapup, other, try WrapUp(store: wrapup.path, createInZone: nil)] {
        #expect(try Self.lists(wrapup) == expectedLists)
        #expect(try CheckpointTests.contents(of: wrapup) == expected)
      }
      _ = try wrapup.train()
      #expect(try CheckpointTests.contents(of: wrapup) == expected)
    }
  }

  /// Everything beside the store and the store itself, but for what a test has brought.
  private static func bytes(of wrapup: WrapUp) throws -> Data {
    let store = URL(filePath: wrapup.path)
    let files = try FileManager.default.contentsOfDirectory(
      at: store.deletingLastPathComponent(), includingPropertiesForKeys: nil)
    return try files.filter { $0.lastPathComponent.hasPrefix("s.sqlite") && $0.pathExtension != "csv" }
      .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
  }

  @Test("not a byte of the words is left in any file, of those neither that were replaced before")
  func bytes() throws {
    try Scratch.withStore { wrapup in
      let rows = (0..<300).map { number in
        Self.row(
          "c\(number)", number, "Refund", visitor: "visitor-\(number)",
          note: number == 40 ? "quokka noted" : "short",
          text: number == 40 ? "numbat wrote" : "wrote \(number)")
      }
      _ = try Scratch.importCSV(Self.csv(rows), into: wrapup)
      // Rows that grow divide pages, whose freed parts keep what moved away.
      let longer = (0..<300).map { number in
        Self.row(
          "c\(number)", number, "Refund", visitor: "visitor-\(number)",
          note: number == 40 ? "wombat noted" : String(repeating: "long ", count: 60),
          text: number == 40 ? "bilby wrote" : String(repeating: "more ", count: 90))
      }
      _ = try Scratch.importCSV(Self.csv(longer), into: wrapup)
      // What imports stage is deleted too, and SQLite does not overwrite it everywhere unless it is told to.
      try wrapup.withState { state in
        try state.store.connection.execute(
          """
          PRAGMA secure_delete = OFF;
          INSERT INTO staged_text (contact, text) VALUES (1, replace(hex(zeroblob(5000)), '0', 'echidna '));
          DELETE FROM staged_text;
          """)
      }
      let last = ["wombat", "bilby", "visitor-40", "echidna"]
      let before = try Self.bytes(of: wrapup)
      for word in last { #expect(before.firstRange(of: Data(word.utf8)) != nil, "\(word)") }
      _ = try wrapup.forget(.conversations(["c40"]))
      let after = try Self.bytes(of: wrapup)
      for word in last + ["quokka", "numbat"] {
        #expect(after.firstRange(of: Data(word.utf8)) == nil, "\(word)")
      }
      #expect(after.firstRange(of: Data("visitor-41".utf8)) != nil)
      let details = try #require(try wrapup.conversation("c40"))
      #expect(details.note == nil && details.tags == ["Refund"] && details.contacts.count == 1)
      #expect(try wrapup.dialogContext(of: "c40").text == nil)
    }
  }

  @Test("without writing the file anew its rows have no word left, and what was in them is overwritten")
  func keepingTheFile() throws {
    try Scratch.withStore { wrapup in
      let rows = (0..<30).map { Self.row("c\($0)", $0, "Refund", note: "quokka\($0)x", text: "numbat\($0)x") }
      _ = try Scratch.importCSV(Self.csv(rows), into: wrapup)
      _ = try wrapup.forget(.conversations(["c4"]), rewriting: false)
      let after = try Self.bytes(of: wrapup)
      for word in ["quokka4x", "numbat4x"] {
        #expect(after.firstRange(of: Data(word.utf8)) == nil, "\(word)")
      }
      for word in ["quokka5x", "numbat5x"] {
        #expect(after.firstRange(of: Data(word.utf8)) != nil, "\(word)")
      }
    }
  }

  @Test("figures stay, and those by visitor follow, in this process and in others")
  func figures() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.history(500, silent: 0), into: wrapup)
      let other = try WrapUp(store: wrapup.path, createInZone: nil)
      let query = HandlingQuery(by: [.tag])
      var nobodys = HandlingQuery(by: [])
      nobodys.filter = .missingVisitor
      let expected = try wrapup.report(query)
      #expect(try other.report(nobodys).basis.n == 0)
      let receipt = try wrapup.forgettable(.visitor("v3"))
      #expect(receipt.visitors == 71 && receipt.inScope == 71)
      #expect(try wrapup.report(nobodys).basis.n == 0, "it was only looked")
      let before = try wrapup.withState { try $0.changes.position().seq }
      #expect(try wrapup.forget(.visitor("v3")) == receipt)
      let changes = try wrapup.withState { try $0.changes.changes(after: before) }
      let keys = try (0..<71).map { number in
        try #require(try wrapup.withState { try $0.conversations.key(of: "c\(7 * number + 3)") })
      }
      #expect(
        changes.allSatisfy { $0.kind == .forgotten } && changes.count == 2, "what is near goes together")
      #expect(keys.allSatisfy { key in changes.contains { $0.conversations.contains(key) } })
      for wrapup in [wrapup, other, try WrapUp(store: wrapup.path, createInZone: nil)] {
        let report = try wrapup.report(query)
        #expect(Array(report.rows) == Array(expected.rows) && report.total == expected.total)
        #expect(try wrapup.report(nobodys).basis.n == 71)
      }
      #expect(try wrapup.forget(.visitor("v3")).inScope == 0)
    }
  }

  @Test(
    "a visitor is found in each contact, an instant is the first that stays, and what is unknown changes nothing"
  )
  func scopes() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        Self.csv([
          Self.row("a", 0, "Refund", contact: 1, visitor: "old", text: "one"),
          Self.row("a", 9, "Refund", contact: 2, visitor: "new", note: "n", text: "two"),
          Self.row("b", 5, "Late", visitor: "new"), Self.row("c", 5, "Late"),
        ]), into: wrapup)
      try wrapup.open("live", channel: "chat")
      func position() throws -> ChangeLog.Position { try wrapup.withState { try $0.changes.position() } }
      let before = try position()
      #expect(throws: WrapUpError.unknownConversation(id: "x")) {
        try wrapup.forget(.conversations(["a", "x"]))
      }
      #expect(throws: WrapUpError.emptyValue(field: "visitor")) { try wrapup.forget(.visitor(" ")) }
      #expect(try wrapup.forget(.conversations(["c", "live", "c"])).inScope == 2)
      #expect(try wrapup.forget(.endedBefore(Self.day + 5 * 60 + 50)).inScope == 0)
      #expect(try position() == before)
      let sooner = try wrapup.forgettable(.endedBefore(Self.day + 5 * 60 + 51))
      #expect(sooner.inScope == 2 && sooner.conversations == 1 && sooner.visitors == 1)
      let old = try wrapup.forget(.visitor("old"))
      #expect(old.inScope == 1 && old.texts == 2 && old.notes == 1 && old.visitors == 1)
      #expect(try wrapup.forget(.visitor("new")).conversations == 1)
      #expect(try wrapup.forgettable(.endedBefore(.max)).conversations == 0)
    }
  }

  @Test("while an import is running nothing is forgotten, for it may bring the words back")
  func imports() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv([Self.row("old", 0, "Refund", text: "short")]), into: wrapup)
      #expect(throws: WrapUpError.importRunning(path: wrapup.path)) {
        try ChunkedImport.run(ChunkedImport.newRows(), into: wrapup) { other in
          _ = try other.forget(.conversations(["old"]))
        }
      }
      #expect(try wrapup.forget(.conversations(["old"])).texts == 1)
    }
  }

  @Test("few changes say what was forgotten, and columns follow it without a word, however much it was")
  func manyConversations() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.history(4_200, silent: 0), into: wrapup)
      let before = try wrapup.withState { try $0.changes.position().seq }
      #expect(try wrapup.forget(.conversations(["c0", "c400"])).conversations == 2)
      #expect(
        try wrapup.withState { try $0.changes.changes(after: before) }.map(\.conversations.count) == [1, 1])
      #expect(try wrapup.forget(.endedBefore(.max)).conversations == 4_198)
      let notices = Guarded<[Notice]>([])
      var settings = WrapUp.Settings()
      settings.notify = { notice in notices.withLock { $0.append(notice) } }
      let other = try WrapUp(store: wrapup.path, createInZone: nil, settings: settings)
      #expect(try other.report(HandlingQuery(by: [.tag])).basis.n == 4_200)
      #expect(notices.withLock { $0 } == [])
    }
  }

  @Test("a model from before the words were forgotten does not replace the one from after it")
  func lateModel() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.history(50, silent: 0), into: wrapup)
      let model = URL(filePath: wrapup.path + ".model")
      let late = try WrapUp(store: wrapup.path, createInZone: nil)
      try late.ranking.withKeeper(late.openKeeper) { keeper, views in
        try keeper.refresh(views)
        _ = try wrapup.forget(.endedBefore(.max))
        let forgotten = try Data(contentsOf: model)
        keeper.save()
        #expect(try Data(contentsOf: model) == forgotten)
      }
    }
  }

  @Test("what still may have the words is named: a copy of before, a log that somebody reads from")
  func leftovers() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv([Self.row("a", 0, "Refund", text: "one")]), into: wrapup)
      let copies = ["5", "5.4711.tmp"].map { "\(wrapup.path).bak-v\($0)" }
      for copy in copies { try Data().write(to: URL(filePath: copy)) }
      let reader = try Store(path: wrapup.path, whenMissing: .fail)
      let receipt = try reader.read {
        _ = try reader.connection.integer("SELECT count(*) FROM contact")
        return try wrapup.forget(.conversations(["a"]), rewriting: true, patience: .milliseconds(20))
      }
      #expect(
        receipt.leftovers == [.log(path: wrapup.path, reason: nil)] + copies.map { .copy(path: $0) })
      for copy in copies { try FileManager.default.removeItem(atPath: copy) }
      #expect(try wrapup.forget(.conversations(["a"])).leftovers == [])
    }
  }

  @Test("how tags were mapped when a conversation was closed is not forgotten")
  func mappingOfThen() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.add(Self.tags, to: .tag)
      _ = try wrapup.add(["Delivery"], to: .category)
      _ = try wrapup.map(["Refund"], to: "Delivery")
      _ = try Scratch.importCSV(Self.history(200, silent: 0), into: wrapup)
      _ = try wrapup.map(["Late", "Lost"], to: "Delivery")
      _ = try Scratch.importCSV(Self.csv([Self.row("z", 900, "Lost")]), into: wrapup)
      func tagsOfThen() throws -> [[Int32]?] {
        try wrapup.withState { state in
          let history = try MappingHistory(state.store, try TagStates(state.store))
          return try ["c0", "c199", "z"].map { id in
            history.tags(of: 1, for: try #require(try state.conversations.key(of: id)))
          }
        }
      }
      let before = try tagsOfThen()
      #expect(before.map(\.?.count) == [1, 1, 3])
      _ = try wrapup.forget(.endedBefore(.max))
      #expect(try tagsOfThen() == before)
    }
  }
}
