import Foundation
import Testing

/// Texts from `import` to `recommend`, and what `train` makes of them.
struct TextCommandTests {
  /// Sixty conversations in Delivery, each about one of three tags; every sixth says nothing.
  private static let rows: String = (0..<60).reduce("id,startedAt,endedAt,category,tags,text\n") {
    rows, place in
    let tag = ["Refund", "Late parcel", "Lost parcel"][place % 3]
    let text =
      place % 6 == 0
      ? "" : "my order \(place): \(["money back", "still waiting", "never arrived"][place % 3])"
    let time = "2026-03-01T10:\(place < 10 ? "0" : "")\(place):"
    return rows + "c\(place),\(time)00Z,\(time)30Z,Delivery,\(tag),\"\(text)\"\n"
  }

  private static func inStore(_ body: (URL) throws -> Void) throws {
    try Tool.inFolder { folder in
      try Data(rows.utf8).write(to: folder.appending(path: "rows.csv"))
      try Data("category,tag\nDelivery,Refund\nDelivery,Late parcel\nDelivery,Lost parcel\n".utf8)
        .write(to: folder.appending(path: "mapping.csv"))
      _ = try Tool.succeed(["import", "rows.csv", "--mapping", "mapping.csv"], in: folder)
      try body(folder)
    }
  }

  @Test("a text ranks its tag first and says by which words, however it arrives")
  func everyWayIn() throws {
    try Self.inStore { folder in
      let question = "it NEVER arrived!"
      let ask = ["recommend", "--category", "Delivery", "--format", "json"]
      let direct = try Tool.succeed(ask + ["--text", question], in: folder)
      #expect(direct.hasPrefix(#"{"recommendations":[{"tag":"Lost parcel","#), "\(direct)")
      #expect(direct.contains(#""words: never, arrived""#) || direct.contains(#""words: arrived, never""#))
      let answer = Tool.recommendations(direct)
      try Data(question.utf8).write(to: folder.appending(path: "text.txt"))
      let fromFile = try Tool.succeed(ask + ["--text-file", "text.txt"], in: folder)
      let fromInput = try Tool.succeed(ask + ["--text-file", "-"], in: folder, input: Data(question.utf8))
      let batch = try Tool.succeed(
        ["recommend", "--batch"], in: folder,
        input: Data(#"{"category":"Delivery","text":"it NEVER arrived!"}"#.utf8))
      for other in [fromFile, fromInput, batch] { #expect(Tool.recommendations(other) == answer) }
      let stored = try Tool.succeed(["recommend", "--for", "c5", "--format", "json"], in: folder)
      #expect(stored.hasPrefix(#"{"recommendations":[{"tag":"Lost parcel","#))
      let table = try Tool.succeed(["recommend", "--category", "Delivery", "--text", "money"], in: folder)
      #expect(table.split(separator: "\n")[1].hasPrefix("Refund") && table.contains("words: money"))
      // Nothing to go by is no text at all.
      let (empty, none) = (
        try Tool.succeed(ask + ["--text", ""], in: folder), try Tool.succeed(ask, in: folder)
      )
      #expect(Tool.recommendations(empty) == Tool.recommendations(none))
    }
  }

  @Test("train makes the model that closes have made, and one that was lost")
  func training() throws {
    try Self.inStore { folder in
      let ask = [
        "recommend", "--category", "Delivery", "--text", "still waiting for money", "--format", "json",
      ]
      for (name, text) in [("live-1", "waiting and waiting"), ("live-2", "where does my money stay")] {
        _ = try Tool.succeed(["open", name, "--channel", "chat", "--category", "Delivery"], in: folder)
        _ = try Tool.succeed(
          ["close", name, "--tag", "Late parcel", "--text-file", "-"], in: folder, input: Data(text.utf8))
      }
      let learnt = Tool.recommendations(try Tool.succeed(ask, in: folder))
      let model = folder.appending(path: "wrapup.sqlite.model")
      let said = try Tool.succeed(["train"], in: folder)
      #expect(said.hasPrefix("learnt 62 tagged closes, 52 with a text\n"), "\(said)")
      let bytes = try Data(contentsOf: model)
      #expect(Tool.recommendations(try Tool.succeed(ask, in: folder)) == learnt)
      try FileManager.default.removeItem(at: model)
      _ = try Tool.succeed(["train"], in: folder)
      #expect(try Data(contentsOf: model) == bytes, "two runs of the same history differ")
    }
  }

  @Test("a text column changes no figure")
  func figures() throws {
    try Self.inStore { folder in
      let question = ["stats", "--by", "tag", "--format", "csv"]
      let (ofFile, ofStore) = (
        try Tool.succeed(question + ["rows.csv"], in: folder), try Tool.succeed(question, in: folder)
      )
      #expect(ofFile == ofStore)
    }
  }

  @Test("texts that can't be taken are refused by name")
  func refusals() throws {
    try Self.inStore { folder in
      let ask = ["recommend", "--category", "Delivery"]
      let both = try Tool.run(ask + ["--text", "a", "--text-file", "b"], in: folder)
      #expect(both.code == 2 && both.complaints.contains("exclude each other"))
      try Data([0x61, 0xFF]).write(to: folder.appending(path: "bad.txt"))
      let bad = try Tool.run(ask + ["--text-file", "bad.txt"], in: folder)
      #expect(bad.code == 1 && bad.complaints.contains("bad.txt: is not UTF-8"))
      let missing = try Tool.run(ask + ["--text-file", "none.txt"], in: folder)
      #expect(missing.code == 1 && missing.complaints.contains("none.txt: there is no such file"))
      let long = try Tool.run(
        ask + ["--text-file", "-"], in: folder, input: Data(repeating: 0x61, count: 1 << 20 + 1))
      #expect(long.code == 1 && long.complaints.contains("longer than 1,048,576 bytes"))
      let batch = try Tool.run(
        ["recommend", "--batch"], in: folder,
        input: Data(#"{"text":"\#(String(repeating: "a", count: 1 << 20 + 1))"}"#.utf8))
      #expect(batch.code == 1 && batch.output.contains("line 1 is no context"))
    }
  }
}
