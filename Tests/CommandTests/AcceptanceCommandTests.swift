import Foundation
import Testing

/// Lists from `recommend` to `close` to `acceptance`.
struct AcceptanceCommandTests {
  @Test("a list handed to its close is counted in every form")
  func fromListToFigures() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(
        ["import", Tool.fixture("sample.csv"), "--mapping", Tool.fixture("sample.mapping.csv")], in: folder)
      let nothing = try Tool.succeed(["acceptance"], in: folder)
      #expect(nothing.contains("No list has been handed to a close yet"))
      _ = try Tool.succeed(
        ["open", "live-1", "--channel", "chat", "--category", "Billing", "--agent", "Ann"], in: folder)
      let asked = try Tool.succeed(["recommend", "--for", "live-1", "--format", "json"], in: folder)
      #expect(
        asked.contains(#""context":{"category":"Billing","channel":"chat","agent":"Ann","chosen":[]}"#))
      let same = ["recommend", "--category", "Billing", "--channel", "chat", "--agent", "Ann"]
      #expect(
        try Tool.succeed(same, in: folder) == Tool.succeed(["recommend", "--for", "live-1"], in: folder))
      try Data(asked.utf8).write(to: folder.appending(path: "shown.json"))
      try Data("Where is my money?".utf8).write(to: folder.appending(path: "text.txt"))
      let first = try #require(asked.split(separator: "\"").dropFirst(5).first)
      _ = try Tool.succeed(
        ["close", "live-1", "--tag", String(first), "--shown", "shown.json", "--text-file", "text.txt"],
        in: folder)
      let table = CSVTable(
        try Tool.succeed(["acceptance", "--by", "category", "--format", "csv"], in: folder))
      let billing = try #require(table.rows(by: ["category"])[["Billing"]])
      #expect(billing["closes"] == "1" && billing["first_1"] == "1" && billing["shown"] == "5")
      #expect(billing["not_shown"] == "0" && billing["not_chosen"] == "0.8")
      #expect(Double(billing["first_1_low"]!)! < 0.21 && billing["first_1_high"] == "1")
      let json = try Tool.succeed(["acceptance", "--format", "json"], in: folder)
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let total = try #require(object?["total"] as? [String: Any])
      #expect(total["chosen"] as? Int == 1 && total["first_5"] as? Double == 1)
      #expect(try Tool.succeed(["acceptance"], in: folder).contains("100.0% (20.7 to 100.0)"))
      #expect(try Tool.succeed(["acceptance", "--format", "markdown"], in: folder).hasPrefix("| closes |"))
    }
  }

  @Test("what is no list is refused and the conversation stays open")
  func refusals() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["open", "c1", "--channel", "chat"], in: folder)
      for (name, bytes) in [
        ("list.json", Data("{}".utf8)), ("cut.json", Data("{\"recommendations\":[".utf8)),
        ("none.json", Data()),
      ] {
        try bytes.write(to: folder.appending(path: name))
        let result = try Tool.run(["close", "c1", "--shown", name], in: folder)
        #expect(result.code == 1 && result.complaints.contains("\(name): is no answer of"))
      }
      try Data([0x66, 0xFF]).write(to: folder.appending(path: "bad.txt"))
      let bad = try Tool.run(["close", "c1", "--text-file", "bad.txt"], in: folder)
      #expect(bad.code == 1 && bad.complaints.contains("bad.txt: is not UTF-8"))
      let long = Data(repeating: 0x61, count: 1 << 20 + 1)
      let tooLong = try Tool.run(["close", "c1", "--text-file", "-"], in: folder, input: long)
      #expect(
        tooLong.code == 1 && tooLong.complaints.contains("standard input: is longer than 1,048,576 bytes"))
      let missing = try Tool.run(["close", "c1", "--shown", "missing.json"], in: folder)
      #expect(missing.code == 1 && missing.complaints.contains("missing.json: there is no such file"))
      let both = try Tool.run(["close", "c1", "--text-file", "-", "--shown", "-"], in: folder)
      #expect(both.code == 2)
      let unknown = try Tool.run(["recommend", "--for", "c2"], in: folder)
      #expect(unknown.code == 1 && unknown.complaints.contains("no conversation"))
      #expect(try Tool.run(["acceptance", "--by", "agent"], in: folder).code == 2)
      #expect(try Tool.succeed(["show", "c1", "--format", "json"], in: folder).contains(#""state":"open""#))
    }
  }
}
