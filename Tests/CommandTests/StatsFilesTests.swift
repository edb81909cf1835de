import Foundation
import Testing

/// `wrapup stats FILE...`: the same answers as from a store, and clear words where there is none.
struct StatsFilesTests {
  private static let rows = """
    id,startedAt,endedAt,handlingSeconds,agent,visitor
    a,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,Ann,v1
    b,2026-01-05T11:00:00Z,2026-01-05T11:10:00Z,90,Ben,v2

    """

  private static func inFolder<Value>(_ text: String = rows, _ body: (URL) throws -> Value) throws -> Value {
    try Tool.inFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "in.csv"))
      return try body(folder)
    }
  }

  @Test("the generated contacts, in every form, and what only a store can answer")
  func generatedContacts() throws {
    try Tool.inFolder { folder in
      let file = Tool.fixture("generated.csv")
      try Tool.run(["import", file], in: folder)
      for words in [
        ["--by", "tag"], ["--by", "agent,month", "--format", "json"],
        ["--by", "tag,channel", "--format", "markdown"],
        ["--by", "weekday,hour", "--attribute", "started", "--zone", "Europe/Paris", "--format", "csv"],
        ["--by", "channel", "--period", "2016-Q2", "--compare", "previous"],
        ["--rows", "--period", "2016-Q2", "--sort", "handling", "--limit", "40"], ["--chart"],
        ["--by", "category", "--where", "visitor = v1 or tag = Refund", "--format", "csv"],
        ["--by", "tag", "--explain"],
      ] {
        let expected = try Tool.run(["stats"] + words, in: folder)
        let found = try Tool.run(["stats", file] + words, in: folder)
        #expect(found.output == expected.output && found.code == expected.code, "\(words)")
      }
    }
  }

  @Test("standard input is a file called -, and nothing is left behind")
  func standardInput() throws {
    try Self.inFolder { folder in
      let temporary = folder.appending(path: "temporary")
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      let words = ["--by", "agent", "--format", "csv", "--measures", "n,mean"]
      let piped = try Tool.run(
        ["stats", "-"] + words, in: folder, input: Data(Self.rows.utf8),
        environment: ["TMPDIR": temporary.path])
      #expect(piped.output == "agent,n,mean\n*,2,75\nAnn,1,60\nBen,1,90\n")
      let listed = try Tool.run(
        ["stats", "in.csv", "--rows"], in: folder, environment: ["TMPDIR": temporary.path])
      #expect(listed.code == 0 && listed.output.split(separator: "\n").count == 3)
      let left = try FileManager.default.contentsOfDirectory(atPath: temporary.path)
      #expect(left.isEmpty)
      let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(beside == ["in.csv", "temporary"])
    }
  }

  @Test("what can't be read is said as an import says it")
  func unreadable() throws {
    try Self.inFolder { folder in
      try Data().write(to: folder.appending(path: "empty.csv"))
      try Data("when,who\n1,2\n".utf8).write(to: folder.appending(path: "other.csv"))
      for (file, words) in [
        ("nothing.csv", "nothing.csv: there is no such file"), (".", "is a folder"),
        ("empty.csv", "empty.csv: is empty"), ("other.csv", "other.csv: has no column id"),
      ] {
        let result = try Tool.run(["stats", "in.csv", file], in: folder)
        #expect(result.code == 1 && result.output.isEmpty && result.complaints.contains(words))
      }
    }
  }

  @Test("rejected rows are named on standard error; when all are, the command fails")
  func rejections() throws {
    try Self.inFolder("id,startedAt\na,2026-01-05T10:00:00Z\nb,yesterday\n") { folder in
      let result = try Tool.run(
        ["stats", "in.csv", "--open", "--measures", "contacts", "--format", "csv"], in: folder)
      #expect(result.code == 0 && result.output == "contacts\n1\n")
      #expect(result.complaints.contains("in.csv:3: startedAt \"yesterday\" is not an instant"))
      #expect(result.complaints.contains("in.csv: 1 of 2 rows rejected"))
    }
    try Self.inFolder("id,startedAt\nb,yesterday\n") { folder in
      let result = try Tool.run(["stats", "in.csv"], in: folder)
      #expect(result.code == 1 && result.complaints.contains("every row was rejected"))
    }
  }

  @Test("a name that no row has is not in the files")
  func unknownName() throws {
    try Self.inFolder { folder in
      let result = try Tool.run(["stats", "in.csv", "--agent", "Anne"], in: folder)
      #expect(result.code == 1)
      #expect(result.complaints.contains("there is no agent \"Anne\" in the files; did you mean \"Ann\"?"))
    }
  }

  @Test("options that contradict each other are wrong usage")
  func contradictions() throws {
    try Self.inFolder { folder in
      for words in [
        ["in.csv", "--store", "s.sqlite"], ["--derive-handling"], ["--file-zone", "UTC"], ["-", "-"],
        ["in.csv", "--max-duration", "long"],
      ] {
        let result = try Tool.run(["stats"] + words, in: folder)
        #expect(result.code == 2, "\(words)")
      }
    }
  }
}
