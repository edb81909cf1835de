import Foundation
import HandlingAnalytics
import MappedFiles
import TestSupport
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// The first import of a store goes a way of its own; what comes of it must be what every other import gives.
struct FirstImportTests {
  /// Everything in a store but its keys, one text a row: names instead of ids.
  private static func contents(_ wrapup: WrapUp) throws -> [String] {
    func name(_ kind: String, _ id: String) -> String { "(SELECT name FROM \(kind) WHERE id = \(id))" }
    func names(_ tags: String) -> String {
      "(SELECT group_concat(\(name("tag", "value")), '|') FROM json_each(\(tags)))"
    }
    func columns(_ columns: [String]) -> String {
      columns.map { column in
        let kind = String(column.drop { $0 != "." }.dropFirst())
        return switch kind {
        case "tags": names(column)
        case "channel", "category", "agent", "agent_group": name(kind, column)
        default: column
        }
      }.map { "quote(\($0))" }.joined(separator: " || ',' || ")
    }
    let contact = columns(
      ContactRepository.Column.allCases.filter { $0 != .conversation }.map { "t.\($0.rawValue)" })
    let conversation = columns(ConversationRepository.Column.allCases.map { "c.\($0.rawValue)" })
    return try wrapup.withState { state in
      var lines: [String] = []
      for sql in [
        "SELECT c.id || ',' || \(conversation) FROM conversation AS c WHERE c.id <> 'other' ORDER BY c.key",
        """
        SELECT c.id || ',' || \(contact) FROM contact AS t JOIN conversation AS c ON c.key = t.conversation \
        WHERE c.id <> 'other' ORDER BY t.key
        """,
      ]
        + ["tag", "category", "channel", "agent", "agent_group"].map({
          "SELECT id || name || fold FROM \($0)"
        })
      {
        let rows = try state.store.connection.prepare(sql)
        while try rows.step() { lines.append(rows.text(0) ?? "-") }
      }
      return lines
    }
  }

  @Test("into an empty store comes what comes into one with another conversation", arguments: 0..<60)
  func parity(seed: UInt64) throws {
    var nasty = NastyFile(seed: seed &* 7919)
    let text = nasty.text(
      rows: 400, ids: [40, 300, 4000][Int(seed % 3)], oddity: [6, 40, 400][Int(seed / 3 % 3)])
    var settings = ImportSettings()
    if seed % 2 == 0 { settings.zone = "Europe/Paris" }
    settings.derivesHandling = seed % 5 == 0
    func result(hasOther: Bool) throws -> Result<([String], ImportLedger), WrapUpError> {
      try Scratch.withStore { wrapup in
        if hasOther { _ = try Scratch.importCSV("id,startedAt\nother,2015-01-01T00:00:00Z\n", into: wrapup) }
        do {
          let ledger = try Scratch.importCSV(text, into: wrapup, settings)
          return .success((try Self.contents(wrapup), ledger))
        } catch WrapUpError.input(_, let problem) {
          return .failure(.input(path: "", problem))
        }
      }
    }
    switch (try result(hasOther: false), try result(hasOther: true)) {
    case (.success(let first), .success(let later)):
      #expect(first.0 == later.0)
      #expect(first.1 == later.1)
    case (.failure(let first), .failure(let later)): #expect(first == later)
    default: Issue.record("one way took the file, the other did not")
    }
  }

  @Test("while it runs, reports of the process go on, and closes are told that the store is busy")
  func meanwhile() throws {
    try Scratch.withStore { wrapup in
      var settings = ImportSettings()
      settings.progress = { _, _ in
        #expect((try? wrapup.report(HandlingQuery(by: [], measures: [.contacts])).rows.count) != nil)
        #expect(throws: WrapUpError.storeBusy(path: wrapup.path)) { try wrapup.open("live", channel: "chat") }
      }
      let ledger = try Scratch.importCSV(
        "id,startedAt,endedAt\na,2015-01-01T00:00:00Z,2015-01-01T01:00:00Z\n", into: wrapup, settings)
      #expect(ledger.added == 1)
      _ = try wrapup.report(HandlingQuery(by: [], measures: [.contacts]))
      #expect(try wrapup.conversation("a")?.contacts.count == 1)
      try wrapup.open("live", channel: "chat")
      // One that fails leaves the store open for what comes next.
    }
    try Scratch.withStore { wrapup in
      #expect(throws: WrapUpError.self) {
        try Scratch.importCSV("id,startedAt\na,2015-01-01T00:00:00Z\n\"b,2015", into: wrapup)
      }
      try wrapup.open("live", channel: "chat")
      #expect(try Scratch.importCSV("id,startedAt\na,2015-01-01T00:00:00Z\n", into: wrapup).added == 1)
    }
  }

  @Test("ids are numbered in the order of their first rows, and ordered by bytes")
  func idNumbers() throws {
    var generator = SeededGenerator(seed: 11)
    var ids = IDNumbers()
    // Room for fewer than come, made before the first and once more among them.
    ids.reserve(ids: 3_000, words: 5_000)
    var known: [String: Int] = [:]
    var texts: [String] = []
    for round in 0..<20_000 {
      if round == 900 { ids.reserve(ids: 6_000, words: 100) }
      let text =
        String(repeating: "k", count: Int.random(in: 0..<12, using: &generator))
        + "\(Int.random(in: 0..<4_000, using: &generator))"
      var bytes = Array(text.utf8)
      bytes += Array(repeating: 0, count: (8 - bytes.count % 8) % 8)
      let words = stride(from: 0, to: bytes.count, by: 8).map { start in
        (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
      }
      let number = try ids.number(of: words.span)
      #expect(number == known[text] ?? known.count)
      if known[text] == nil {
        known[text] = number
        texts.append(text)
      }
    }
    #expect(ids.count == texts.count)
    for _ in 0..<5_000 {
      let (one, other) = (
        texts.indices.randomElement(using: &generator)!, Int.random(in: 0..<texts.count, using: &generator)
      )
      #expect(ids.precedes(one, other) == texts[one].utf8.lexicographicallyPrecedes(texts[other].utf8))
    }
  }

  @Test("while another holds the lock on the columns they are made in memory, and are the same")
  func heldLock() throws {
    var text = "id,startedAt,endedAt,handlingSeconds,tags\n"
    for row in 0..<900 {
      text +=
        "r\(row % 800),2015-01-01T00:00:\(10 + row % 50)Z,2015-01-01T01:00:00Z,\(row),t\(row % 9);u\(row % 4)\n"
    }
    let question = HandlingQuery(by: [.tag], measures: [.contacts, .total, .meanConversation])
    let free = try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(text, into: wrapup)
      #expect(FileManager.default.fileExists(atPath: wrapup.path + ".columns"))
      return try wrapup.report(question)
    }
    let held: HandlingReport? = try Scratch.withStore { wrapup in
      try FileLock.whileHolding(wrapup.path + ".columns-lock") { () throws(FileFault) in
        Result { () throws in
          _ = try Scratch.importCSV(text, into: wrapup)
          #expect(!FileManager.default.fileExists(atPath: wrapup.path + ".columns"))
          return try wrapup.report(question)
        }
      }?.get()
    }
    #expect(held?.rows == free.rows && free.rows.count == 13)
  }

  @Test("more ids than can be numbered are refused, those known before are not")
  func idLimit() throws {
    var ids = IDNumbers(wordLimit: 3)
    func number(_ words: [UInt64]) throws -> Int { try ids.number(of: words.span) }
    #expect(try number([1, 2]) == 0)
    #expect(try number([3]) == 1)
    #expect(throws: IDNumbers.Full.self) { try number([4]) }
    #expect(try number([1, 2]) == 0)
  }
}
