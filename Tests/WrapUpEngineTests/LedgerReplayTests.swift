import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import WrapUpEngine

/// The ledger names the change up to which was learnt when a list was ranked: whoever goes back there gets its scores.
struct LedgerReplayTests {
  private static let words = ["lost", "late", "refund", "parcel", "address", "where", "money", "péage", "退款"]

  /// Closes with and without texts, some with a tag chosen before, while the mapping changes.
  private static func live(_ wrapup: WrapUp, _ count: Int, _ random: inout SeededGenerator) throws {
    // All tags are there from the beginning: how many there are is part of the score, and a name has no change.
    try wrapup.open("first", channel: "chat", category: "Delivery")
    _ = try wrapup.close("first", tags: ["Lost", "Late", "Refund", "Address"])
    for number in 0..<count {
      let id = "c\(number)"
      let text =
        number % 4 == 0
        ? nil
        : (0..<Int.random(in: 1...6, using: &random)).map { _ in words.randomElement(using: &random)! }
          .joined(separator: " ")
      try wrapup.open(id, channel: "chat", category: "Delivery", agent: "Agent \(number % 3)")
      let context = DialogContext(
        category: "Delivery", channel: "chat", agent: "Agent \(number % 3)",
        chosen: number % 5 == 0 && number > 10 ? ["Lost"] : [], text: text)
      let shown = try wrapup.recommend(context).shown
      let tag = ["Lost", "Late", "Refund", "Address"].randomElement(using: &random)!
      _ = try wrapup.close(id, tags: [tag], text: text, shown: shown)
      if number == count / 3 { _ = try wrapup.map(["Refund", "Late"], to: "Delivery") }
      if number == count / 2 { _ = try wrapup.unmap(["Late"], from: "Delivery") }
    }
  }

  /// Takes a store back to a change.
  private static func rewind(_ path: String, to seq: Int64) throws {
    let store = try Store(path: path, whenMissing: .fail)
    let links = try MappingRepository(store).links(at: seq)
    try store.write {
      // What was closed later was open then.
      try store.connection.prepare(
        "UPDATE conversation SET state = 0 WHERE key IN (SELECT conversation FROM change WHERE seq > \(seq))"
      ).run()
      for table in ["shown_list", "mapping_change"] {
        try store.connection.prepare("DELETE FROM \(table) WHERE change > \(seq)").run()
      }
      try store.connection.prepare("DELETE FROM change WHERE seq > \(seq)").run()
      try store.connection.prepare("DELETE FROM mapping").run()
      for link in links where link.isMapped {
        _ = try MappingRepository(store).add(category: link.category, tag: link.tag)
      }
    }
  }

  @Test func aReplayGivesTheScoresThatWereShown() throws {
    try Scratch.withStore { wrapup in
      var random = SeededGenerator(seed: 1)
      try Self.live(wrapup, 60, &random)
      var entries: [ShownListLedger.Entry] = []
      let store = try Store(path: wrapup.path, whenMissing: .fail)
      let (tags, agents) = (NameRepository(.tag, of: store), NameRepository(.agent, of: store))
      try ShownListLedger(store).forEach { _, entry in entries.append(entry) }
      #expect(entries.count == 60)
      var (scores, texts) = (0, 0)
      for entry in entries.reversed() {
        // From the last to the first, on one copy that loses more and more of its history.
        let copy = wrapup.path + ".copy"
        try? FileManager.default.removeItem(atPath: copy)
        try store.connection.prepare("VACUUM INTO '\(copy)'").run()
        try Self.rewind(copy, to: entry.modelSeq)
        let text = try ConversationTexts(store).text(of: entry.conversation)
        let context = DialogContext(
          category: "Delivery", channel: "chat", agent: try entry.agent.flatMap { try agents.name(of: $0) },
          chosen: try entry.before.compactMap { try tags.name(of: $0) }, text: text)
        let list = try WrapUp(store: copy).recommend(context).list
        let shown = try entry.shown.map { try tags.name(of: $0.tag) }
        #expect(list.prefix(shown.count).map(\.tag) == shown)
        #expect(list.prefix(shown.count).map(\.score.bitPattern) == entry.shown.map(\.score.bitPattern))
        scores += shown.count
        texts += text == nil ? 0 : 1
      }
      #expect(scores > 150 && texts == 45)
    }
  }
}
