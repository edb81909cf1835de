import Foundation
import TagRanking
import TestSupport
import Testing

@testable import WrapUpEngine

/// The closes of a store, ranked one by one.
struct StoreEvaluationTests {
  private struct Close {
    let id: String
    let category: String?
    let tags: [String]
    let agent: String
    let endedAt: Int64
  }

  private static let tags = ["Refund", "Voucher", "Late", "Lost", "Damaged", "Address", "Invoice", "Other"]

  /// Closes in no order, several at one instant.
  private static func closes(_ count: Int, seed: UInt64) -> [Close] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      let category = ["Delivery", "Billing", nil].randomElement(using: &random)!
      let favourite = category == "Billing" ? 4 : 0
      return Close(
        id: "c\(Int.random(in: 0..<1_000_000, using: &random))-\(number)", category: category,
        tags: Array(
          Set(
            (0..<Int.random(in: 0...2, using: &random)).map { _ in
              tags[min(7, favourite + Int.random(in: 0...3, using: &random))]
            })
        ).sorted(),
        agent: "Agent \(Int.random(in: 0..<3, using: &random))",
        endedAt: 1_700_000_000 + Int64.random(in: 0..<300, using: &random) * 86_400)
    }
  }

  private static func csv(_ closes: [Close]) -> String {
    closes.reduce("id,channel,category,tags,agent,startedAt,endedAt\n") { text, close in
      text + "\(close.id),chat,\(close.category ?? ""),\(close.tags.joined(separator: ";")),\(close.agent),"
        + "\(WrapUp.text(ofInstant: close.endedAt - 60)),\(WrapUp.text(ofInstant: close.endedAt))\n"
    }
  }

  @Test(
    "figures are those of a file with the same closes in the order in which they ended", arguments: [1, 2])
  func sameAsFile(seed: UInt64) throws {
    try Scratch.withStore { wrapup in
      let closes = Self.closes(400, seed: seed)
      _ = try Scratch.importCSV(Self.csv(closes), into: wrapup)
      for category in ["Delivery", "Billing"] { _ = try wrapup.map(Self.tags, to: category) }
      let lines = closes.filter { !$0.tags.isEmpty }
        .sorted { ($0.endedAt, $0.id) < ($1.endedAt, $1.id) }
        .map { close in
          #"{"tags":["\#(close.tags.joined(separator: "\",\""))"],"channel":"chat","agent":"\#(close.agent)","#
            + (close.category.map { #""category":"\#($0)","# } ?? "")
            + #""endedAt":"\#(WrapUp.text(ofInstant: close.endedAt))"}"#
        }
      let file = wrapup.path + ".jsonl"
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
      let pairs = ["Delivery", "Billing"].flatMap { category in Self.tags.map { "\(category),\($0)" } }
      let mapping = wrapup.path + ".mapping.csv"
      try Data(("category,tag\n" + pairs.joined(separator: "\n")).utf8).write(to: URL(filePath: mapping))
      for isKnown in [true, false] {
        let found = try wrapup.evaluate(isCategoryKnown: isKnown)
        let expected = try FileEvaluation(file, mapping: mapping)
          .report(order: .prequential, isCategoryKnown: isKnown)
        #expect(found.total.qualities == expected.total.qualities)
        #expect(found.covered == expected.covered && found.learnt == lines.count)
        #expect(found.categories.map(\.category) == expected.categories.map(\.category))
        #expect(found.categories.map(\.qualities) == expected.categories.map(\.qualities))
      }
    }
  }

  @Test("each close is ranked by the mapping of its time, the first one from the beginning")
  func mappingOfTheTime() throws {
    try Scratch.withStore { wrapup in
      func close(_ number: Int, _ tag: String) throws {
        try wrapup.open("n\(number)", channel: "chat", category: "Delivery")
        _ = try wrapup.close("n\(number)", tags: [tag])
      }
      func hits() throws -> Double {
        let report = try wrapup.evaluate()
        return try #require(report.total.qualities[.random]?[.hit1]?.value) * Double(report.learnt)
      }
      func expect(_ expected: Double) throws { #expect(abs(try hits() - expected) < 1e-9) }
      for number in 0..<4 { try close(number, ["Late", "Lost"][number % 2]) }
      // Without a mapping, of what was chosen before: nothing, then one tag that is wrong, then one of two that is right.
      try expect(0.5 + 0.5)
      // One by one: the first mapping is what it was when a conversation next changed.
      for tag in ["Late", "Lost"] { _ = try wrapup.map([tag], to: "Delivery") }
      try expect(4 * 0.5)
      try close(4, "Lost")
      try close(5, "Refund")
      try expect(5 * 0.5)
      _ = try wrapup.map(["Refund"], to: "Delivery")
      try close(6, "Late")
      try expect(5 * 0.5 + 1 / 3.0)
      _ = try wrapup.unmap(["Late"], from: "Delivery")
      try close(7, "Late")
      try expect(5 * 0.5 + 1 / 3.0)
      // Another category's mapping changes nothing.
      try wrapup.open("b", channel: "chat", category: "Billing")
      _ = try wrapup.close("b", tags: ["Lost"])
      _ = try wrapup.map(["Lost"], to: "Billing")
      try expect(5 * 0.5 + 1 / 3.0 + 1)
      // A file of older closes comes later: they are ranked first, by the mapping of now.
      let row = "n9,2020-01-01T00:00:00Z,2020-01-01T00:01:00Z,Delivery,Lost\n"
      _ = try Scratch.importCSV("id,startedAt,endedAt,category,tags\n" + row, into: wrapup)
      try expect(5 * 0.5 + 1 / 3.0 + 1 + 0.5)
    }
  }

  @Test("without a mapping the tags chosen before in the category are ranked, and nothing of the future")
  func usedBefore() throws {
    try Scratch.withStore { wrapup in
      let closes = Self.closes(200, seed: 3)
      _ = try Scratch.importCSV(Self.csv(closes), into: wrapup)
      var used: [String: Set<String>] = [:]
      var covered = 0
      for close in closes.sorted(by: { ($0.endedAt, $0.id) < ($1.endedAt, $1.id) })
      where !close.tags.isEmpty {
        if let category = close.category {
          if !used[category, default: []].isDisjoint(with: close.tags) { covered += 1 }
          used[category, default: []].formUnion(close.tags)
        } else {
          covered += 1
        }
      }
      var steps = 0
      let report = try wrapup.evaluate { steps = $0 }
      #expect(report.covered == covered && covered < report.learnt)
      #expect(steps <= report.learnt)
      // The first close of a category has nothing to choose from.
      let first = try #require(report.total.qualities[.wrapup])
      #expect(first.n == report.learnt && first[.hit5]!.value <= Double(covered) / Double(report.learnt))
    }
  }

  @Test func aStoreWithoutClosesHasNothingToRank() throws {
    try Scratch.withStore { wrapup in
      try wrapup.open("c-1", channel: "chat")
      let report = try wrapup.evaluate()
      #expect(report.learnt == 0 && report.total.qualities.isEmpty)
    }
  }
}
