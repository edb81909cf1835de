import Foundation
import Testing

/// `mapping propose` and the commands it names.
struct MappingCommandTests {
  @Test("the commands that are proposed do what they say, whatever the names hold")
  func proposedCommandsWork() throws {
    try Tool.inFolder { folder in
      let nasty = "it's -- \"50%\"; $(rm x)"
      let rows = (0..<30).map { number in
        let (category, tag) = number % 2 == 0 ? (nasty, "-late") : ("Billing", "Refund")
        let quoted = category.replacing("\"", with: "\"\"")
        return "c\(number),\"\(quoted)\",\(tag),2026-01-01T00:00:00Z,2026-01-01T00:01:00Z"
      }
      try Data((["id,category,tags,startedAt,endedAt"] + rows).joined(separator: "\n").utf8)
        .write(to: folder.appending(path: "in.csv"))
      _ = try Tool.succeed(["import", "in.csv"], in: folder)
      let propose = ["mapping", "propose", "--format", "csv"]
      let links = CSVTable(try Tool.succeed(propose, in: folder)).rows(by: ["category", "tag"])
      #expect(Set(links.keys) == [[nasty, "-late"], ["Billing", "Refund"]])
      #expect(links[[nasty, "-late"]]?["chosen"] == "15" && links[[nasty, "-late"]]?["lift"] == "2")
      for link in links.values {
        let command = try #require(link["command"])
        #expect(command.hasPrefix("wrapup category map ") && link["action"] == "add")
        let path = URL(filePath: Tool.path).deletingLastPathComponent().path
        let result = try Tool.launch(
          "/bin/sh", ["-c", command], in: folder, environment: ["PATH": "\(path):/bin:/usr/bin"])
        #expect(result.code == 0 && result.output.hasPrefix("1 tag mapped to"), "\(result.complaints)")
      }
      #expect(CSVTable(try Tool.succeed(propose, in: folder)).rows(by: ["category", "tag"]).isEmpty)
      #expect(try Tool.succeed(["mapping", "propose"], in: folder).contains("0 links to add"))
      _ = try Tool.succeed(["category", "map", "Billing", "--", "-late"], in: folder)
      let unused = CSVTable(try Tool.succeed(propose, in: folder)).rows(by: ["category", "tag"])
      #expect(unused[["Billing", "-late"]]?["command"] == "wrapup category unmap -- Billing -late")
      let said = try Tool.succeed(["category", "unmap", "Billing", "Refund", "--", "-late"], in: folder)
      #expect(said == "2 tags no longer mapped to Billing\n")
    }
  }

  @Test("a family of commands names its members, and wrong numbers are wrong usage")
  func usage() throws {
    try Tool.inFolder { folder in
      for (words, part) in [
        (["mapping"], "wrapup mapping propose"), (["category", "mapp"], "did you mean \"category map\""),
        (["help", "category", "nap"], "did you mean \"category map\""),
        (["category", "map", "A"], "is missing"),
        (["mapping", "propose", "--min-share", "101"], "from 0 to 100"),
        (["mapping", "propose", "--min-uses", "0"], "from 1"),
      ] {
        let result = try Tool.run(words, in: folder)
        #expect(result.code == 2 && result.complaints.contains(part), "\(words): \(result.complaints)")
      }
      #expect(
        try Tool.succeed(["help", "category", "map"], in: folder)
          == Tool.succeed(["category", "map", "--help"], in: folder))
    }
  }
}
