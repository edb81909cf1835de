import Foundation
import Testing

/// Files as strangers have them: other column names, JSON Lines, rows that can't be taken.
struct ImportFormsTests {
  private static func write(_ text: String, _ name: String, _ folder: URL) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private static let strange = """
    Reference,When,Owner,agent
    7,2026-01-05T10:00:00Z,Bob,zzz
    8,nonsense,Bob,
    9,2026-01-05T10:00:00Z

    """

  private static let map = ["--map", "id=Reference", "--map", "startedAt = When", "--map", "agent=Owner"]

  @Test("columns of other names are mapped, whatever else might mean the same")
  func mapping() throws {
    try Tool.inFolder { folder in
      try Self.write(Self.strange, "in.csv", folder)
      let unmapped = try Tool.run(["import", "in.csv"], in: folder)
      #expect(unmapped.code == 1 && unmapped.complaints.contains("say so: --map id=HEADER"))
      let result = try Tool.run(["import", "in.csv"] + Self.map, in: folder)
      #expect(
        result.code == 0 && result.output.contains("3 rows: 1 added")
          && result.output.contains("not used: agent"))
      #expect(try Tool.succeed(["show", "7"], in: folder).contains("Bob"))
      for (words, code, part) in [
        (
          ["--map", "id=Referenz"], 1,
          "has no column \"Referenz\" to be id; did you mean \"Reference\"? It has"
        ),
        (["--map", "idd=Reference"], 2, "an import knows no field \"idd\"; did you mean \"id\"?"),
        (["--map", "tags=Owner", "--map", "type=agent"], 2, "is mapped already"),
        (["--rejects", "wrapup.sqlite"], 2, "would replace wrapup.sqlite, which is of the store"),
        (["--rejects", "./wrapup.sqlite.model"], 2, "which is of the store"),
        (["--map", "id"], 2, "write FIELD=HEADER, such as agent=Owner"),
        (["--map", "id=A", "--map", "agent=A"], 2, "its field or its header is mapped already"),
        (["--rejects", "in.csv"], 2, "would replace in.csv"), (["--rejects", "-"], 2, "needs a file"),
        (["in.csv", "--rejects", "r.csv"], 2, "of one FILE"),
      ] as [([String], Int32, String)] {
        let result = try Tool.run(["import", "in.csv"] + words, in: folder)
        #expect(result.code == code && result.complaints.contains(part), "\(words): \(result.complaints)")
      }
      #expect(try String(contentsOf: folder.appending(path: "in.csv"), encoding: .utf8) == Self.strange)
    }
  }

  @Test("refused rows never replace standard input either")
  func rejectsOverStandardInput() throws {
    try Tool.inFolder { folder in
      try Self.write("id,startedAt\n1,x\n", "in.csv", folder)
      let result = try BadInput.shell("\"$TOOL\" import - --rejects in.csv <in.csv", in: folder)
      #expect(
        result.code == 2 && result.complaints.contains("would replace standard input"), "\(result.complaints)"
      )
      #expect(
        try String(contentsOf: folder.appending(path: "in.csv"), encoding: .utf8) == "id,startedAt\n1,x\n")
    }
  }

  @Test("refused rows come back byte for byte, and a second round in the same columns")
  func rejectedAgain() throws {
    try Tool.inFolder { folder in
      let rows =
        Data("id,startedAt,agent\n1,2026-01-05T10:00Z,J".utf8) + [0xFC] + Data("rgen\n2,x,\"a,\"\"b\"\n".utf8)
      try rows.write(to: folder.appending(path: "in.csv"))
      #expect(try Tool.run(["import", "in.csv", "--rejects", "one.csv"], in: folder).code == 1)
      let one = try Data(contentsOf: folder.appending(path: "one.csv"))
      #expect(one.contains(0xFC) && one.range(of: Data("2,x,\"a,\"\"b\"\n".utf8)) != nil)
      #expect(try Tool.run(["import", "one.csv", "--rejects", "two.csv"], in: folder).code == 1)
      let two = try Data(contentsOf: folder.appending(path: "two.csv"))
      #expect(two.prefix { $0 != 0x0A } == one.prefix { $0 != 0x0A }, "no column stands there twice")
      #expect(two.contains(0xFC) && two.count { $0 == 0x0A } == 3)
    }
  }

  @Test("refused rows come back with their reasons, and once mended they can be taken")
  func rejects() throws {
    try Tool.inFolder { folder in
      try Self.write(Self.strange, "in.csv", folder)
      let words = ["import", "in.csv", "--rejects", "out.csv"] + Self.map
      #expect(try Tool.run(words, in: folder).output.contains("1 added, 0 updated, 0 unchanged, 2 rejected"))
      let path = folder.appending(path: "out.csv")
      let rejected = try String(contentsOf: path, encoding: .utf8)
      #expect(
        rejected == """
          rejectedLine,rejectedColumn,rejectedReason,Reference,When,Owner,agent
          3,When,"is not an instant; write it like 2016-02-29T14:05:00Z or 2016-02-29T15:05:00+01:00, or as unix seconds",8,nonsense,Bob,
          4,,has 2 fields where the header has 4,9,2026-01-05T10:00:00Z

          """)
      let mended = rejected.replacing("nonsense", with: "2026-01-06T10:00:00Z").split(separator: "\n")
        .dropLast()
      try Self.write(mended.joined(separator: "\n"), "mended.csv", folder)
      let taken = try Tool.succeed(["import", "mended.csv"] + Self.map, in: folder)
      #expect(taken.contains("1 added") && taken.contains("rejectedReason"))
      // Also into a store that has nothing yet, and what only the store can see.
      try Self.write(
        "id,startedAt,agent\na,2026-01-05T10:00:00Z,x\na,2026-01-05T10:00:00Z,x\n", "again.csv", folder)
      try Self.write(
        "id,startedAt,contactId,agent\na,2026-01-05T10:00:00Z,1,x\na,2026-01-05T10:00:00Z,1,\"y\nz\"\n",
        "twice.csv", folder)
      _ = try Tool.run(["import", "twice.csv", "--rejects", "out.csv", "--store", "b.sqlite"], in: folder)
      let conflict = CSVTable(try String(contentsOf: path, encoding: .utf8)).rows
      #expect(conflict.count == 1 && conflict[0]["agent"] == "y\nz" && conflict[0]["rejectedLine"] == "3")
      // Nothing refused: nothing is left of an earlier file.
      _ = try Tool.succeed(
        ["import", "again.csv", "--rejects", "out.csv", "--store", "c.sqlite"], in: folder)
      #expect(try String(contentsOf: path, encoding: .utf8).isEmpty)
    }
  }

  @Test("strictly, one bad row keeps the whole file out", arguments: [true, false])
  func strict(isFirst: Bool) throws {
    try Tool.inFolder { folder in
      try Self.write("id,startedAt\nold,2026-01-05T10:00:00Z\n", "old.csv", folder)
      if !isFirst { _ = try Tool.succeed(["import", "old.csv"], in: folder) }
      try Self.write(Self.strange, "in.csv", folder)
      let result = try Tool.run(["import", "in.csv", "--strict"] + Self.map, in: folder)
      #expect(result.code == 1)
      #expect(
        result.complaints.hasPrefix("wrapup: in.csv:3: When \"nonsense\" is not an instant")
          && result.complaints.contains("; nothing of the file was taken (--strict)"))
      #expect(try Tool.run(["show", "7"], in: folder).code == 1)
      _ = try Tool.succeed(["import", "old.csv", "--strict"], in: folder)
      #expect(try Tool.run(["show", "old"], in: folder).code == 0)
    }
  }

  @Test("JSON Lines are read as CSV is: by key, line by line, with the same words for what is wrong")
  func jsonLines() throws {
    try Tool.inFolder { folder in
      let lines = #"""
        {"ticket": 1, "createdAt":"2026-01-05T10:00:00Z","tags":["A;b","c\\d"],"Owner":"Ann","extra":{"a":1}}

        {"ticket":"2","createdAt":"2026-01-05 10:00","agent":"x"}
        {"ticket":"3","createdAt":"2026-01-05T10:00:00Z","id":"4"}
        not json
        {"ticket":"5","createdAt":"2026-01-05T10:00:00Z","note":["x"]}
        {"ticket":"6","createdAt":"2026-01-05T10:00:00Z","handlingSeconds":4.5}
        {"createdAt":"2026-01-05T10:00:00Z"}
        {"ticket":"7","createdAt":"2026-01-05T10:00:00Z","handlingSeconds":60,"holdSeconds":null,"talkSeconds":7,"agent":"Z"}
        """#
      try Self.write(lines, "in.jsonl", folder)
      let result = try Tool.run(
        ["import", "in.jsonl", "--map", "agent=Owner", "--rejects", "out.csv"], in: folder)
      #expect(
        result.code == 0 && result.output.contains("8 rows: 2 added, 0 updated, 0 unchanged, 6 rejected"))
      #expect(result.output.contains("columns not used: extra, agent"))
      for part in [
        "in.jsonl:3: createdAt \"2026-01-05 10:00\" has no offset", "in.jsonl:4: id means the same as ticket",
        "in.jsonl:5: byte 1: a line is one JSON object", "in.jsonl:6: note is not a text",
        "in.jsonl:7: handlingSeconds \"4.5\" has a fraction", "in.jsonl:8: id is empty and must not be",
      ] { #expect(result.complaints.contains(part), "\(result.complaints)") }
      #expect(try Tool.succeed(["show", "1"], in: folder).contains("A;b; c\\d"))
      // A key that is not there says nothing; null clears.
      let later = #"{"ticket":"7","createdAt":"2026-01-05T10:00:00Z","handlingSeconds":null,"visitor":"v"}"#
      let updated = try Tool.succeed(["import", "-"], in: folder, input: Data(later.utf8))
      #expect(updated.contains("1 updated"))
      let exported = try Tool.succeed(["export", "contacts", "--format", "jsonl"], in: folder)
      let last = try #require(exported.split(separator: "\n").last)
      #expect(last.contains("\"visitor\":\"v\"") && last.contains("\"talkSeconds\":7"))
      #expect(last.contains("\"handlingSeconds\":null"))
      let rejected = CSVTable(try String(contentsOf: folder.appending(path: "out.csv"), encoding: .utf8)).rows
      #expect(rejected.map { $0["line"]?.isEmpty } == Array(repeating: false, count: 6))
      let unmet = try Tool.run(["import", "in.jsonl", "--map", "agent=Ownr"], in: folder)
      #expect(unmet.code == 1 && unmet.complaints.contains("has no column \"Ownr\" to be agent"))
      // Blanks may come first, however many.
      let blanks =
        String(repeating: " ", count: 9_000) + "\n\n" + #"{"id":"late","startedAt":"2026-01-05T10:00:00Z"}"#
      #expect(try Tool.succeed(["import", "-"], in: folder, input: Data(blanks.utf8)).contains("1 added"))
      let array = try Tool.run(["import", "-"], in: folder, input: Data("[ {\"id\":1} ]".utf8))
      #expect(array.code == 1 && array.complaints.contains("is one JSON array; write an object a line"))
    }
  }

  @Test("a guess shows what a file would be taken for, and writes nothing")
  func guess() throws {
    try Tool.inFolder { folder in
      let rows =
        "Ticket Number,Created Time,Agent Name,Handle Time,Colour,Labels\n7,1767600000,Bob,30,,a;b\n8,1767600000123,Ann,40,red,a;b\n"
      try Self.write(rows, "in.csv", folder)
      let guess = try Tool.succeed(["import", "--guess", "in.csv"], in: folder)
      #expect(
        guess == """
          column         field            samples
          Ticket Number  –                7 | 8
          Created Time   –                1767600000 | 1767600000123
          Agent Name     –                Bob | Ann
          Handle Time    handlingSeconds  30 | 40
          Colour         –                red
          Labels         tags             a;b

          Not used: Ticket Number, Created Time, Agent Name, Colour.
          Nothing is id, which every import needs: --map id=HEADER says which column is.
          Nothing is startedAt, which every import needs: --map startedAt=HEADER says which column is.
          Nothing is endedAt: every conversation would stay open, and reports count those that have ended.
          Perhaps: wrapup import in.csv --map 'id=Ticket Number' --map 'startedAt=Created Time' --map 'agent=Agent Name'

          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["in.csv"])
      let command = try #require(guess.split(separator: "Perhaps: ").last)
      let path = URL(filePath: Tool.path).deletingLastPathComponent().path
      let result = try Tool.launch(
        "/bin/sh", ["-c", String(command)], in: folder, environment: ["PATH": "\(path):/bin:/usr/bin"])
      #expect(result.code == 0 && result.output.contains("2 rows: 2 added"))
      #expect(result.output.contains("whole numbers were read as unix seconds and milliseconds"))
      #expect(try Tool.succeed(["show", "8"], in: folder).contains("2026-01-05T08:00:00Z"))
      let lines = #"{"id":1,"startedAt":"2026-01-05T10:00:00Z"}"# + "\n" + #"{"id":2,"x":[1,"b"]}"#
      let ofLines = try Tool.succeed(["import", "--guess", "-"], in: folder, input: Data(lines.utf8))
      #expect(ofLines.hasPrefix("column     field      samples\nid         id         1 | 2\n"))
      #expect(ofLines.contains("x          –          1;b"))
      for text in ["201602291405", "12345678", "012345678", "1767600000.5", "-176760000"] {
        let file = "id,startedAt\n1,\(text)\n"
        #expect(try Tool.run(["import", "-"], in: folder, input: Data(file.utf8)).code == 1, "\(text)")
      }
    }
  }
}
