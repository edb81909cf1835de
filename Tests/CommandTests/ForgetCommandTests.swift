import Foundation
import Testing

/// `wrapup forget`: it says what it would do before it does it, and does all of it, killed or not.
struct ForgetCommandTests {
  private static let rows = Data(
    """
    id,startedAt,endedAt,tags,handlingSeconds,visitor,note,text
    a,2024-01-05T10:00:00Z,2024-01-05T10:10:00Z,Refund,60,v-1,noted a,quokka
    b,2024-02-05T10:00:00Z,2024-02-05T10:10:00Z,Refund,60,v-1,,numbat
    c,2024-03-05T23:30:00Z,2024-03-05T23:40:00Z,Late,60,v-2,noted c,wombat

    """.utf8)

  private static func withStore(_ body: (URL) throws -> Void) throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-", "--store-zone", "Europe/Paris"], in: folder, input: rows)
      try body(folder)
    }
  }

  private static func words(in folder: URL) throws -> [String] {
    let bytes = try Data(contentsOf: folder.appending(path: "wrapup.sqlite"))
    return ["quokka", "numbat", "wombat"].filter { bytes.firstRange(of: Data($0.utf8)) != nil }
  }

  @Test(
    "without --yes it only says what there is, with it all of it is gone, and once more nothing is left to do"
  )
  func saysThenDoes() throws {
    try Self.withStore { folder in
      let asking = ["forget", "a", "c"]
      #expect(
        try Tool.succeed(asking, in: folder)
          == "would forget 2 texts, 2 endnotes and the visitor of 2 conversations; with --yes it is done, and can't be undone\n"
      )
      #expect(try Self.words(in: folder).count == 3)
      #expect(
        try Tool.succeed(asking + ["--yes"], in: folder)
          == "forgot 2 texts, 2 endnotes and the visitor of 2 conversations in wrapup.sqlite\n")
      #expect(try Self.words(in: folder) == ["numbat"])
      #expect(
        try Tool.succeed(asking + ["--yes"], in: folder)
          == "forgot nothing in 2 conversations in wrapup.sqlite\n")
      #expect(
        try Tool.succeed(["forget", "--visitor", "v-1", "--keep-file", "--yes"], in: folder)
          == "forgot 1 text, 0 endnotes and the visitor of 1 conversation in wrapup.sqlite\n"
      )
      #expect(try Self.words(in: folder) == [])
      #expect(
        try Tool.succeed(asking, in: folder).hasPrefix(
          "no text, endnote or visitor is left in the rows of 2 conversations; with --yes"))
      let nobody = try Tool.run(["forget", "--visitor", "v-3", "--yes"], in: folder)
      #expect(nobody.code == 0 && nobody.complaints.contains("no conversation has this visitor"))
      let exported = try Tool.succeed(["export", "contacts", "--format", "csv"], in: folder)
      #expect(!exported.contains("v-") && !exported.contains("noted") && exported.contains("Refund"))
    }
  }

  @Test("a date begins in the store's zone, an instant is one")
  func endedBefore() throws {
    try Self.withStore { folder in
      // In Paris it ended on the 6th.
      for (date, count) in [
        ("2024-03-06", 2), ("2024-03-07", 3), ("2024-03-05T23:40:00Z", 2), ("2024-03-05T23:40:01Z", 3),
      ] {
        let answer = try Tool.succeed(["forget", "--ended-before", date], in: folder)
        #expect(answer.contains("the visitor of \(count) conversations;"), "\(date): \(answer)")
      }
    }
  }

  @Test("what can't be meant says why and changes nothing")
  func refusals() throws {
    try Self.withStore { folder in
      for (words, part) in [
        ([], "whose words?"), (["a", "--visitor", "v-1"], "can't be combined"),
        (["--ended-before", "someday"], #"--ended-before can't be "someday""#),
      ] {
        let result = try Tool.run(["forget", "--yes"] + words, in: folder)
        #expect(result.code == 2 && result.complaints.contains(part), "\(result.complaints)")
      }
      let unknown = try Tool.run(["forget", "a", "nobody", "--yes"], in: folder)
      #expect(unknown.code == 1 && unknown.complaints.contains(#"no conversation "nobody""#))
      let empty = try Tool.run(["forget", "", "--yes"], in: folder)
      #expect(empty.code == 1 && empty.complaints.contains("id is empty"))
      #expect(try Self.words(in: folder).count == 3)
    }
  }

  @Test("killed between the rows and the rest, the same command does the rest")
  func killed() throws {
    try Self.withStore { folder in
      _ = try Tool.succeed(["recommend", "--text", "quokka"], in: folder)
      let result = try Tool.run(
        ["forget", "a", "--yes"], in: folder, environment: ["WRAPUP_FAULT": "after-commit"])
      #expect(result.code == 9)
      let shown = try Tool.succeed(["show", "a"], in: folder)
      #expect(!shown.contains("noted a"))
      #expect(
        try Tool.succeed(["forget", "a", "--yes"], in: folder)
          == "forgot nothing in 1 conversation in wrapup.sqlite\n")
      #expect(try Self.words(in: folder) == ["numbat", "wombat"])
      let log = folder.appending(path: "wrapup.sqlite-wal").path
      #expect((FileManager.default.contents(atPath: log) ?? Data()).isEmpty)
    }
  }

  @Test("copies from before an update are named and left to whoever keeps them")
  func copies() throws {
    try Self.withStore { folder in
      try Data().write(to: folder.appending(path: "wrapup.sqlite.bak-v4"))
      let result = try Tool.run(["forget", "a", "--yes"], in: folder)
      #expect(result.code == 0 && result.complaints.contains("wrapup.sqlite.bak-v4, a copy of the store"))
    }
  }
}
