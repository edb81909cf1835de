import Foundation
import TestSupport
import Testing

@testable import WrapUpEngine

/// Texts on their way into a store, and into what is learnt of it.
struct TextRankingTests {
  private static let header = "id,contactId,startedAt,endedAt,category,tags,text\n"

  private static func row(_ id: Int, _ contact: Int, _ tag: String, _ text: String) -> String {
    let start = 1_767_600_000 + Int64(id) * 600 + Int64(contact) * 60
    let (from, to) = (WrapUp.text(ofInstant: start), WrapUp.text(ofInstant: start + 50))
    return "c\(id),k\(contact),\(from),\(to),Delivery,\(tag),\"\(text)\"\n"
  }

  private static func rows(_ count: Int, using random: inout SeededGenerator) -> [String] {
    (0..<count).flatMap { id -> [String] in
      let tag = ["Refund", "Late", "Lost", "Address"].randomElement(using: &random)!
      let first = row(id, 0, tag, id % 5 == 0 ? "" : "about \(tag.lowercased()) number \(id % 13)")
      return id % 4 == 0
        ? [first, row(id, 1, tag, id % 8 == 0 ? "" : "again, \(tag) \"\"please\"\"")] : [first]
    }
  }

  private static let question = DialogContext(category: "Delivery", text: "it is LOST, number 7 please")

  @Test("rows in any order, in one file or two, with and without a break, are ranked alike to the bit")
  func anyOrder() throws {
    var random = SeededGenerator(seed: 1)
    let rows = Self.rows(300, using: &random)
    let expected = try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.header + rows.joined(), into: wrapup)
      let list = try wrapup.recommend(Self.question).list
      #expect(list.first?.tag == "Lost")
      #expect(list.first?.reasons.contains(.words(["lost"])) == true, "\(list)")
      let again = try Scratch.importCSV(Self.header + rows.joined(), into: wrapup)
      #expect(again.unchanged == rows.count && again.updated == 0)
      #expect(try wrapup.recommend(Self.question).list == list)
      return list
    }
    let shuffled = rows.shuffled(using: &random)
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.header + shuffled.joined(), into: wrapup)
      // Tags have other ids, and what is learnt is summed up in another order: as close as floats are.
      let list = try wrapup.recommend(Self.question).list
      #expect(list.map(\.tag) == expected.map(\.tag))
      for (one, other) in zip(list, expected) { #expect(abs(one.score - other.score) < 1e-4) }
    }
  }

  @Test func aTextIsThatOfTheLatestContactThatHasOne() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        Self.header + Self.row(1, 2, "A", "") + Self.row(1, 0, "A", "first") + Self.row(1, 1, "A", "second"),
        into: wrapup)
      #expect(try wrapup.dialogContext(of: "c1").text == "second")
      let changed = try Scratch.importCSV(Self.header + Self.row(1, 1, "A", ""), into: wrapup)
      #expect(changed.updated == 1)
      #expect(try wrapup.dialogContext(of: "c1").text == "first")
      // A file without the column says nothing about it.
      let silent = try Scratch.importCSV(
        "id,contactId,startedAt\nc1,k0,\(WrapUp.text(ofInstant: 1_767_600_600))\n", into: wrapup)
      #expect(silent.unchanged == 1)
      #expect(try wrapup.dialogContext(of: "c1").text == "first")
      let conflict = try Scratch.importCSV(
        Self.header + Self.row(2, 0, "A", "one") + Self.row(2, 0, "A", "two"), into: wrapup)
      #expect(conflict.added == 1 && conflict.rejected == 1)
      #expect(try wrapup.dialogContext(of: "c2").text == "one")
    }
  }

  @Test func trainingAnewGivesTheSameCheckpoint() throws {
    try Scratch.withStore { wrapup in
      var random = SeededGenerator(seed: 2)
      _ = try Scratch.importCSV(Self.header + Self.rows(200, using: &random).joined(), into: wrapup)
      for number in 0..<300 {
        try wrapup.open("l\(number)", channel: "chat", category: "Delivery", agent: "Ann")
        _ = try wrapup.close(
          "l\(number)", tags: [["Refund", "Late"][number % 2]],
          text: number % 3 == 0 ? nil : "live \(number % 17)")
        if number == 40 { _ = try wrapup.map(["Refund", "Lost"], to: "Delivery") }
        if number % 50 == 0 { _ = try wrapup.recommend(Self.question) }
      }
      let list = try wrapup.recommend(Self.question).list
      var counts: [Int] = []
      let training = try wrapup.train { done, total in counts += [done, total] }
      #expect(counts == [256, 500])
      #expect(training.closes == 500 && training.texts > 300)
      let path = try #require(training.path)
      let anew = try Data(contentsOf: URL(filePath: path))
      #expect(try wrapup.recommend(Self.question).list == list)
      #expect(try WrapUp(store: wrapup.path).recommend(Self.question).list == list)
      // What this engine has learnt close by close, written down.
      try wrapup.ranking.withKeeper(wrapup.openKeeper) { try $0.saveCheckpoint($1) }
      try FileManager.default.removeItem(atPath: path)
      for number in 300..<560 {
        try wrapup.open("l\(number)", channel: "chat", category: "Delivery", agent: "Ann")
        _ = try wrapup.close("l\(number)", tags: ["Late"], text: "more \(number % 5)")
      }
      try wrapup.ranking.withKeeper(wrapup.openKeeper) { try $0.saveCheckpoint($1) }
      let stepwise = try Data(contentsOf: URL(filePath: path))
      #expect(stepwise != anew)
      _ = try wrapup.train()
      #expect(try Data(contentsOf: URL(filePath: path)) == stepwise)
    }
  }

  @Test(arguments: [
    "", " ", "🙂🙂", "\u{202E}שלום עולם", String(repeating: "word ", count: 200_000), "\0\u{1}\u{FFFD}",
    String(repeating: "a", count: 1_048_576), "Z\u{340}\u{301}",
  ])
  func anyTextIsRankedAndLearnt(text: String) throws {
    try Scratch.withStore { wrapup in
      var random = SeededGenerator(seed: 3)
      _ = try Scratch.importCSV(Self.header + Self.rows(40, using: &random).joined(), into: wrapup)
      try wrapup.open("x", channel: "chat", category: "Delivery")
      _ = try wrapup.close("x", tags: ["Late"], text: text)
      let list = try wrapup.recommend(DialogContext(category: "Delivery", text: text), limit: 9).list
      #expect(list.count == 4 && list.allSatisfy(\.score.isFinite))
      #expect(throws: WrapUpError.valueTooLong(field: "text", limit: 1_048_576)) {
        try wrapup.recommend(DialogContext(text: String(repeating: "é", count: 524_289)))
      }
    }
  }
}
