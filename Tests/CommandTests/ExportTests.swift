import Foundation
import TestSupport
import Testing

/// What is written out of a store, and that it comes back as it was.
struct ExportTests {
  private static let words = [
    "Refund", "Late; parcel", "back\\slash", "say \"hi\"", "two\nlines", "Écran", "你好", "a,b", "=1+1", "-x",
    "🙂", "'q",
  ]

  /// Contacts with every field, some of them contradictory, several to a conversation.
  private static func rows(_ random: inout SeededGenerator, _ count: Int) -> String {
    func maybe(_ value: @autoclosure () -> String) -> String { Bool.random(using: &random) ? value() : "" }
    func word() -> String { words.randomElement(using: &random)! }
    func instant(_ seconds: Int64) -> String {
      Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format()
    }
    func number(_ range: ClosedRange<Int>) -> String { "\(Int.random(in: range, using: &random))" }
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let header = [
      "id", "contactId", "visitor", "channel", "category", "tags", "agent", "group", "bot", "startedAt",
      "firstMessageAt", "firstReplyAt", "endedAt", "endReason", "closing", "handlingSeconds", "talkSeconds",
      "holdSeconds", "satisfaction", "networkQuality", "note", "text",
    ]
    var lines = [header.joined(separator: ",")]
    for place in 0..<count {
      let start = 1_767_600_000 + Int64(place) * 97
      let tags = words.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)).map {
        $0.replacing("\\", with: "\\\\").replacing(";", with: "\\;")
      }
      let talk = number(0...500)
      lines.append(
        [
          "\(word())\(place % max(1, count * 2 / 3))", "\(place)", maybe(word()), maybe("Chat"),
          maybe(word()),
          tags.joined(separator: ";"), maybe(word()), maybe(word()), maybe("true"), instant(start),
          maybe(instant(start - 30)), maybe(instant(start + Int64.random(in: -20...80, using: &random))),
          maybe(instant(start + 60)),
          maybe(["closed", "transferred", "snoozed"].randomElement(using: &random)!),
          maybe(["agent", "visitor", "natural"].randomElement(using: &random)!), maybe(number(0...4_000_000)),
          maybe(talk), maybe(number(0...90)), maybe(["1", "5", "9", "good"].randomElement(using: &random)!),
          maybe(number(0...6)), maybe(word()), maybe("about \(word())"),
        ].map(quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(
    "contacts that are taken in again change nothing, here or in an empty store",
    arguments: 1...4 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try Tool.inFolder { folder in
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      func run(_ words: String...) throws -> String { try Tool.succeed(words, in: folder) }
      try write("first.csv", Self.rows(&random, 300))
      try write("later.csv", Self.rows(&random, 120).replacing("\n\"", with: "\n\"later "))
      _ = try run("import", "first.csv")
      _ = try run("import", "later.csv", "--derive-handling")
      // Names and merges change nothing about what was given.
      _ = try run("tag", "rename", "Refund", "Money; back")
      _ = try run("tag", "merge", "a,b", "--into", "Écran")
      _ = try run("category", "rename", "你好", "Hello")
      let contacts = try run("export", "contacts")
      try write("out.csv", contacts)
      let again = try run("import", "out.csv")
      #expect(again.contains("420 rows: 0 added, 0 updated, 420 unchanged, 0 rejected"), "\(again)")
      #expect(try run("export", "contacts") == contacts)
      _ = try run("import", "out.csv", "--store", "other.sqlite")
      #expect(try run("export", "contacts", "--store", "other.sqlite") == contacts)
      try write("out.jsonl", try run("export", "contacts", "--format", "jsonl"))
      let lines = try run("import", "out.jsonl")
      #expect(lines.contains("420 rows: 0 added, 0 updated, 420 unchanged, 0 rejected"), "\(lines)")
      _ = try run("import", "out.jsonl", "--store", "lines.sqlite")
      #expect(try run("export", "contacts", "--store", "lines.sqlite") == contacts)
      let question = ["stats", "--by", "agent,channel", "--bots", "--open", "--format", "csv", "--measures"]
      let measures = [
        "contacts,missing,mean,mean_conversation,p90,csat,network_quality,reopens,n_first_reply"
      ]
      let answer = try Tool.succeed(question + measures, in: folder)
      #expect(try Tool.succeed(question + measures + ["--store", "other.sqlite"], in: folder) == answer)
      #expect(
        try Tool.run(["stats", "out.csv"] + (question + measures).dropFirst(), in: folder).output == answer)
      #expect(
        try Tool.run(["stats", "out.jsonl"] + (question + measures).dropFirst(), in: folder).output == answer)
      // What happened here stands: a row of it is the same, or kept as it was.
      _ = try run("open", "live", "--channel", "chat", "--agent", "Ann")
      _ = try run("close", "live", "--tag", "Refund", "--note", " Two  blanks ")
      try write("out.csv", try run("export", "contacts"))
      let live = try run("import", "out.csv")
      #expect(live.contains("0 added, 0 updated, ") && live.contains(" 0 rejected"), "\(live)")
    }
  }

  @Test("a basis that its row does not bear out is refused, so that a file says the same twice")
  func bases() throws {
    try Tool.inFolder { folder in
      let header = "id,startedAt,endedAt,handlingSeconds,talkSeconds,holdSeconds,handlingBasis\n"
      let from = "2026-01-05T10:00:00Z,2026-01-05T10:10:00Z"
      let rows = [
        "a,\(from),600,,,derived", "b,\(from),30,20,10,parts", "c,\(from),7,,,derived",
        "d,\(from),31,20,10,parts",
        "e,2026-01-05T10:00:00Z,,9,,,derived",
      ]
      let file = Data((header + rows.joined(separator: "\n")).utf8)
      let first = try Tool.run(["import", "-"], in: folder, input: file)
      #expect(
        first.output.contains("5 rows: 2 added")
          && first.complaints.contains("does not agree with handlingSeconds"))
      #expect(
        try Tool.run(["import", "-"], in: folder, input: file).output.contains(
          "0 updated, 2 unchanged, 3 rejected"))
    }
  }

  @Test("parts that come one by one are added up")
  func partsOneByOne() throws {
    try Tool.inFolder { folder in
      for (parts, sum) in [
        (#""talkSeconds":50"#, "50"), (#""holdSeconds":10"#, "60"), (#""wrapUpSeconds":5"#, "65"),
        (#""talkSeconds":null"#, ""), (#""talkSeconds":7"#, "22"),
      ] {
        let line = #"{"id":"1","startedAt":"2026-01-05T10:00:00Z","# + parts + "}"
        _ = try Tool.succeed(["import", "-"], in: folder, input: Data(line.utf8))
        let rows = CSVTable(try Tool.succeed(["export", "contacts"], in: folder)).rows
        #expect(rows.map { $0["handlingSeconds"] } == [sum], "\(parts)")
      }
    }
  }

  @Test("the mapping comes back, and what people read is no contact")
  func others() throws {
    try Tool.inFolder { folder in
      func run(_ words: String...) throws -> String { try Tool.succeed(words, in: folder) }
      _ = try run("import", Tool.fixture("sample.csv"), "--mapping", Tool.fixture("sample.mapping.csv"))
      _ = try run("tag", "off", "Exchange")
      _ = try run("tag", "merge", "Lost parcel", "--into", "Late parcel")
      let mapping = try run("export", "mapping")
      let again = try Tool.succeed(["import", "--mapping", "-"], in: folder, input: Data(mapping.utf8))
      #expect(again.contains(": 0 mapped, ") && again.contains(" 0 rejected") && mapping.count > 100)
      let conversations = try run("export", "conversations")
      let refused = try Tool.run(["import", "-"], in: folder, input: Data(conversations.utf8))
      #expect(refused.code == 1 && refused.complaints.contains("has no column startedAt"))
      let table = CSVTable(conversations).rows(by: ["id"])
      let counted = CSVTable(
        try run("stats", "--open", "--bots", "--measures", "conversations", "--format", "csv"))
      #expect(counted.rows.first?["conversations"] == "\(table.count)")
      #expect(!table.values.contains { $0["tags"]?.contains("Lost parcel") == true })
      let tags = CSVTable(try run("export", "tags")).rows(by: ["tag"])
      #expect(tags[["Exchange"]]?["state"] == "off" && tags[["Lost parcel"]]?["merged_into"] == "Late parcel")
      for (words, part) in [
        (["export", "contact"], "did you mean \"contacts\""), (["export"], "is missing"),
        (["export", "tags", "--format", "jsonl", "--safe-for-spreadsheets"], "is for CSV"),
      ] {
        let result = try Tool.run(words, in: folder)
        #expect(result.code == 2 && result.complaints.contains(part), "\(words): \(result.complaints)")
      }
    }
  }

  @Test("a spreadsheet finds no formula, and JSON keeps every text as it is")
  func formulas() throws {
    try Tool.inFolder { folder in
      let rows = "id,startedAt,tags,note\n\"=1+1\",2026-01-05T10:00:00Z,\"@a;b\",\"-2\n\"\"x\"\"\"\n"
      try Data(rows.utf8).write(to: folder.appending(path: "in.csv"))
      _ = try Tool.succeed(["import", "in.csv"], in: folder)
      let safe = try Tool.succeed(["export", "contacts", "--safe-for-spreadsheets"], in: folder)
      #expect(safe.contains("\n'=1+1,") && safe.contains(",'@a;b,") && safe.contains(",\"'-2\n\"\"x\"\"\","))
      let line = try Tool.succeed(["export", "contacts", "--format", "jsonl"], in: folder)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["id"] as? String == "=1+1" && object["tags"] as? [String] == ["@a", "b"])
      #expect(
        object["note"] as? String == "-2\n\"x\"" && object["agent"] is NSNull
          && object["bot"] as? Bool == false)
    }
  }
}
