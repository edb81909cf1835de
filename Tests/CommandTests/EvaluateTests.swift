import Foundation
import Testing

struct EvaluateTests {
  private struct Answer: Decodable {
    let n: Int
    let hit1, hit3, hit5, mrr, ndcg5: Double
    let covered, learnt: Int
    let baselines: [String: Figures]
    struct Figures: Decodable { let n: Int; let hit1, hit5: Double }
  }

  private static let lines = (0..<60).map { number -> String in
    let (category, tag, text) = [
      ("Orders", "Cancel", "please cancel my order"), ("Orders", "Late", "where is my parcel"),
      ("Billing", "Refund", "i want my money back"), ("Billing", "Invoice", "send me the bill"),
    ][number * 7 % 4]
    return
      #"{"category":"\#(category)","tags":["\#(tag)"],"text":"\#(text) \#(number)","split":"\#(number < 40 ? "train" : "test")"}"#
  }

  private static let mapping =
    "category,tag\nOrders,Cancel\nOrders,Late\nOrders,Aaa\nBilling,Refund\nBilling,Invoice\n"

  private static func inFolder(_ lines: [String] = lines, _ body: (URL) throws -> Void) throws {
    try Tool.inFolder { folder in
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "closes.jsonl"))
      try Data(mapping.utf8).write(to: folder.appending(path: "mapping.csv"))
      try body(folder)
    }
  }

  private static let words = ["evaluate", "closes.jsonl", "--mapping", "mapping.csv"]

  @Test(arguments: [("split", "known", 20), ("split", "unknown", 20), ("prequential", "known", 60)])
  func figuresOfASmallFile(order: String, category: String, n: Int) throws {
    try Self.inFolder { folder in
      let json = try Tool.succeed(
        Self.words + ["--protocol", order, "--category", category, "--format", "json", "--by", "category"],
        in: folder)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
      #expect(answer.n == n && answer.covered == n)
      #expect(answer.learnt == (order == "split" ? 40 : 60))
      #expect(
        answer.hit1 > (order == "split" ? 0.99 : 0.8) && answer.ndcg5 >= answer.hit1 && answer.hit5 == 1)
      #expect(
        answer.baselines["most_used_in_category"].map { $0.n == n } == (category == "known" ? true : nil))
      #expect(abs(answer.baselines["random"]!.hit1 - (category == "known" ? 5.0 / 12 : 0.2)) < 0.05)
    }
  }

  @Test func theSameWordsGiveTheSameAnswer() throws {
    try Self.inFolder { folder in
      func figures() throws -> Answer {
        try JSONDecoder().decode(
          Answer.self, from: Data(try Tool.succeed(Self.words + ["--format", "json"], in: folder).utf8))
      }
      let (one, other) = (try figures(), try figures())
      #expect(one.mrr == other.mrr && one.ndcg5 == other.ndcg5)
    }
  }

  @Test func aLineForEachList() throws {
    struct Line: Decodable {
      let line: Int
      let category: String?
      let chosen, first: [String]
      let places: [Int?]
    }
    try Self.inFolder(Self.lines + [#"{"category":"Billing","tags":["Elsewhere","Refund"],"split":"test"}"#])
    {
      folder in
      let json = try Tool.succeed(
        Self.words + ["--protocol", "split", "--items", "items.jsonl", "--format", "json"], in: folder)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
      let lines = try String(contentsOf: folder.appending(path: "items.jsonl"), encoding: .utf8)
        .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
      #expect(lines.map(\.line) == Array(41...61))
      let hits = lines.count { $0.places.contains(1) }
      #expect(Double(hits) / 21 == answer.hit1)
      for line in lines {
        #expect(line.category == (line.first.contains("Refund") ? "Billing" : "Orders"))
        for (tag, place) in zip(line.chosen, line.places) where place.map({ $0 <= 5 }) == true {
          #expect(line.first[place! - 1] == tag)
        }
      }
      #expect(lines.last?.chosen == ["Elsewhere", "Refund"] && lines.last?.places.first == .some(nil))
      // What is read is never written, by whatever name; what can't be evaluated leaves the last answer alone.
      for (name, path) in [("closes.jsonl", "./closes.jsonl"), ("mapping.csv", "mapping.csv"), ("-", "-")] {
        let before = try? Data(contentsOf: folder.appending(path: name))
        let result = try Tool.run(Self.words + ["--items", path], in: folder)
        #expect(result.code == 2 && result.complaints.contains("--items"))
        let after = try? Data(contentsOf: folder.appending(path: name))
        #expect(after == before)
      }
      let kept = try Data(contentsOf: folder.appending(path: "items.jsonl"))
      try Data("{".utf8).write(to: folder.appending(path: "bad.jsonl"))
      let bad = ["evaluate", "bad.jsonl", "--category", "unknown", "--items", "items.jsonl"]
      #expect(try Tool.run(bad, in: folder).code == 1)
      #expect(try Data(contentsOf: folder.appending(path: "items.jsonl")) == kept)
      let refused = try Tool.run(Self.words + ["--items", "none/items.jsonl"], in: folder)
      #expect(refused.code == 1 && refused.complaints.contains("none/items.jsonl can't be written"))
    }
  }

  @Test func tablesForPeopleAndPages() throws {
    try Self.inFolder { folder in
      let table = try Tool.succeed(Self.words + ["--by", "category"], in: folder)
      #expect(table.contains("most used in category") && table.contains("Billing"))
      let markdown = try Tool.succeed(Self.words + ["--format", "markdown"], in: folder)
      #expect(markdown.hasPrefix(#"| ranked\_by | n | hit1 |"#))
    }
  }

  @Test func wrongUseAndWrongFiles() throws {
    try Self.inFolder([
      #"{"tags":["a"],"text":"x"}"#, #"{"tags":["a"],"text":"\ud83d"}"#, #"{"tags":["a"],}"#,
    ]) { folder in
      func fails(_ words: [String], code: Int32, _ part: String) throws {
        let result = try Tool.run(words, in: folder)
        #expect(
          result.code == code && result.complaints.contains(part),
          "\(words): \(result.code) \(result.complaints)")
        #expect(result.output.isEmpty)
      }
      try fails(["evaluate"], code: 1, "wrapup.sqlite")
      try fails(["evaluate", "--mapping", "mapping.csv"], code: 2, "mapping of its own")
      try fails(["evaluate", "--protocol", "split"], code: 2, "FILE whose lines say train or test")
      try fails(["evaluate", "--items", "items.jsonl"], code: 2, "--items is for a FILE")
      try fails(["evaluate", "closes.jsonl"], code: 2, "--mapping")
      try fails(Self.words + ["--protocol", "random"], code: 2, "prequential, split")
      try fails(Self.words + ["--by", "agent"], code: 2, "category")
      try fails(Self.words, code: 1, "closes.jsonl:3: byte 15")
      let many = "{\"tags\":[" + (0..<200_000).map { "\"t\($0)\"" }.joined(separator: ",") + "]}\n"
      for (name, bytes, part) in [
        ("empty.jsonl", Data(), "no line has tags"), ("many.jsonl", Data(many.utf8), "more than 64 tags"),
        ("wide.jsonl", Data([0xFF, 0xFE, 0x7B, 0x00]), "is UTF-16"),
        ("bytes.jsonl", Data("{\"tags\":\"a\",\"text\":\"".utf8) + [0xFF, 0x22, 0x7D], "is not UTF-8"),
        ("long.jsonl", Data(repeating: 0x78, count: 9 << 20), "is longer than 8,388,608"),
      ] {
        try bytes.write(to: folder.appending(path: name))
        try fails(["evaluate", name, "--category", "unknown"], code: 1, part)
      }
      try fails(["evaluate", "none.jsonl", "--mapping", "mapping.csv"], code: 1, "there is no such file")
      try Data("category,name\n".utf8).write(to: folder.appending(path: "other.csv"))
      try fails(["evaluate", "closes.jsonl", "--mapping", "other.csv"], code: 1, "has no column")
      try Data(#"{"text":"x"}"#.utf8).write(to: folder.appending(path: "untagged.jsonl"))
      try fails(["evaluate", "untagged.jsonl", "--category", "unknown"], code: 1, "no line has tags")
      try Data(#"{"tags":"a"}"#.utf8).write(to: folder.appending(path: "whole.jsonl"))
      try fails(
        ["evaluate", "whole.jsonl", "--category", "unknown", "--protocol", "split"], code: 1, "split")
    }
  }

  @Test func theClosesOfAStore() throws {
    try Tool.inFolder { folder in
      let rows = (0..<30).map { number in
        "c\(number),chat,\(number % 2 == 0 ? "Delivery" : "Billing"),\(number % 2 == 0 ? "Late" : "Refund"),"
          + "2026-01-01T10:00:\(number + 10)Z,2026-01-02T10:00:\(number + 10)Z\n"
      }
      try Data(("id,channel,category,tags,startedAt,endedAt\n" + rows.joined()).utf8)
        .write(to: folder.appending(path: "export.csv"))
      _ = try Tool.succeed(["import", "export.csv"], in: folder)
      let json = try Tool.succeed(["evaluate", "--format", "json"], in: folder)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
      // All but the first close of each category could be foreseen.
      #expect(answer.n == 30 && answer.covered == 28 && answer.learnt == 30)
      #expect(abs(answer.hit1 - 28.0 / 30) < 1e-12)
      let table = try Tool.succeed(["evaluate", "--by", "category"], in: folder)
      #expect(table.contains("Delivery") && table.contains("30 conversations ranked"))
      _ = try Tool.succeed(["open", "c-1", "--channel", "chat", "--store", "live.sqlite"], in: folder)
      let none = try Tool.succeed(["evaluate", "--store", "live.sqlite"], in: folder)
      #expect(none.contains("has ended yet"))
    }
  }

  /// A link that the mapping lacks is made up for by the first close that chooses the tag.
  @Test(arguments: ["split", "prequential"]) func aMissingLink(order: String) throws {
    try Self.inFolder { folder in
      let less = Self.mapping.replacing("Billing,Refund\n", with: "")
      try Data(less.utf8).write(to: folder.appending(path: "less.csv"))
      let json = try Tool.succeed(
        ["evaluate", "closes.jsonl", "--mapping", "less.csv", "--protocol", order, "--format", "json"],
        in: folder)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
      // Only the first refund was nowhere in the list.
      #expect(answer.covered == (order == "split" ? 20 : 59))
      #expect(answer.hit5 >= 0.98)
    }
  }
}
