import Foundation
import Testing

/// Help, wrong usage and its exit codes.
struct UsageTests {
  @Test(
    "wrong usage exits with 2 and says what would be right",
    arguments: [
      (["statz"], "did you mean \"stats\""),
      (["stats", "--mesures", "n"], "did you mean \"--measures\""),
      (["stats", "--by", "tags"], "did you mean \"tag\""),
      (["stats", "--by", "tag,tag"], "twice"),
      (["stats", "--by", "tag,agent,month,hour"], "at most 3"),
      (["stats", "--measures", "meen"], "did you mean \"mean\""),
      (["stats", "--measures", "average"], "did you mean \"mean\""),
      (["stats", "--measures", "p0"], "there is no measure"),
      (["stats", "--measures", "p100"], "there is no measure"),
      (["stats", "--by"], "needs a value"),
      (["stats", "--format", "xml"], "table, csv, json"),
      (["stats", "--slices", "0"], "1 to 1024"),
      (["recommend", "surplus"], "one operand too many"),
      (["stats", "--derive-handling"], "none is named"),
      (["stats", "--open=yes"], "takes no value"),
      (["import"], "FILE... is missing"),
      (["import", "x.csv", "--max-duration", "-3"], "whole seconds"),
      (["open", "c1"], "--channel is missing"),
      (["close"], "ID is missing"),
      (["recommend", "--limit", "none"], "from 1"),
      (["recommend", "--batch", "--category", "A"], "exclude each other"),
    ])
  func wrongUsage(words: [String], part: String) throws {
    try Tool.inFolder { folder in
      let result = try Tool.run(words, in: folder)
      #expect(result.code == 2)
      #expect(result.complaints.contains(part), "\(result.complaints)")
      #expect(result.complaints.contains("--help'"))
      #expect(result.output.isEmpty)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty, "nothing is made by mistake"
      )
    }
  }

  @Test(
    "failed work exits with 1 and says what to do next",
    arguments: [
      (["stats"], "there is no store yet"),
      (["stats", "--store", "nowhere/x.sqlite"], "there is no store yet"),
      (["import", "missing.csv"], "no such file"),
      (["import", "."], "is a folder"),
      (["import", Tool.fixture("sample.csv"), "--zone", "Europe/Pariss"], "did you mean \"Europe/Paris\""),
      (["import", Tool.fixture("sample.csv"), "--store-zone", "Mars/Base"], "there is no zone"),
      (["import", Tool.fixture("sample.csv"), "--store", "nowhere/x.sqlite"], "folder exists"),
    ])
  func failedWork(words: [String], part: String) throws {
    try Tool.inFolder { folder in
      let result = try Tool.run(words, in: folder)
      #expect(result.code == 1)
      #expect(result.complaints.contains(part), "\(result.complaints)")
    }
  }

  /// As the overview lists them.
  private static let commands: [String] = {
    let overview = (try? Tool.run([]).output) ?? ""
    let lines = overview.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { $0 != "START HERE" }.filter { $0.hasPrefix("  ") }.map { line in
      let name = line.dropFirst(2)
      return String(name[..<(name.firstRange(of: "  ")?.lowerBound ?? name.endIndex)])
    }
  }()

  @Test("every command explains itself with examples, by --help and by help", arguments: commands)
  func help(command: String) throws {
    #expect(Self.commands.count > 30 && Self.commands.contains("tag merge"))
    let words = command.split(separator: " ").map(String.init)
    let text = try Tool.run(words + ["--help"])
    #expect(text.code == 0 && text.output.contains("EXAMPLES") && text.output.contains("wrapup \(command)"))
    #expect(try Tool.run(["help"] + words).output == text.output)
    #expect(try Tool.run([]).output.contains(command))
    for line in text.output.split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
  }

  @Test("a store that is not ours, newer or damaged is refused and left byte for byte")
  func refusedStores() throws {
    try Tool.inFolder { folder in
      let store = folder.appending(path: "wrapup.sqlite")
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      let good = try Data(contentsOf: store)
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + end) }
      var newer = good
      newer[63] = 99
      var foreign = good
      foreign[70] ^= 0xFF
      var broken = good
      for index in stride(from: 4096 + 100, to: broken.count, by: 512) { broken[index] ^= 0xFF }
      let cases: [(String, Data, String)] = [
        ("newer", newer, "newer wrapup"), ("foreign", foreign, "not a store"),
        ("cut", good.prefix(good.count - 5000), "damaged"),
        ("text", Data("Dear diary".utf8), "not a store"), ("broken", broken, "damaged"),
      ]
      for (name, bytes, part) in cases {
        for words in [["stats", "--by", "tag"], ["import", Tool.fixture("sample.csv")], ["show", "x"]]
        where name != "broken" || words[0] == "import" {
          try bytes.write(to: store)
          let result = try Tool.run(words, in: folder)
          #expect(
            result.code == 1 && result.complaints.contains(part), "\(name) \(words): \(result.complaints)")
          #expect(try Data(contentsOf: store) == bytes, "\(name) \(words) changed the file")
        }
      }
    }
  }

  @Test("batch answers every line in step, and says which it could not read")
  func batch() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(
        ["import", Tool.fixture("sample.csv"), "--mapping", Tool.fixture("sample.mapping.csv")], in: folder)
      let input = Data(
        "{\"category\":\"Delivery\"}\nnot json\n{\"category\":\"Delivery\",\"limit\":1}\n{\"chosen\":[\"\\ud800\"],\"text\":\"\\udc00 late\"}\n"
          .utf8)
      let result = try Tool.run(["recommend", "--batch"], in: folder, input: input)
      let lines = result.output.split(separator: "\n")
      #expect(result.code == 1 && lines.count == 4)
      #expect(lines[0].hasPrefix(#"{"recommendations":[{"tag":"#))
      #expect(lines[1].contains("line 2 is no context"))
      #expect(
        lines[3].hasPrefix(#"{"recommendations":[{"tag":"#), "a lone surrogate is a character nobody knows")
      let single = try Tool.succeed(
        ["recommend", "--category", "Delivery", "--limit", "1", "--format", "json"], in: folder)
      // How long ranking took and when differ.
      let answer = single.prefix(while: { $0 != "}" })
      #expect(lines[2].hasPrefix(answer) && answer.contains("reasons"))
    }
  }
}
