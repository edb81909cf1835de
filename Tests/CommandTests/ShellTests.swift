import Foundation
import Testing

/// What helps at the prompt. `Tests/Referee/completions.py` presses Tab in real shells.
struct ShellTests {
  private static func words(_ line: String, _ replaced: String? = nil, in folder: URL? = nil) throws
    -> [String]
  {
    let result = try Tool.run(
      ["complete", line] + (replaced.map { [$0] } ?? []), in: folder, environment: ["WRAPUP_CONFIG": ""])
    #expect(result.code == 0 && result.complaints.isEmpty)
    return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.hasPrefix("\t") ? String($0) : String($0.prefix { $0 != "\t" }) }
  }

  @Test("commands, options and their values come as far as they fit")
  func completion() throws {
    #expect(try Self.words("wrapup st") == ["stats"])
    #expect(try Self.words("wrapup ").contains("tag") && Self.words("wrapup ").count > 15)
    #expect(try Self.words("wrapup tag o") == ["off", "on"])
    #expect(try Self.words("wrapup type o") == ["off", "on"])
    #expect(try Self.words("wrapup stats --not-a") == ["--not-any-tag", "--not-agent"])
    #expect(try Self.words("wrapup stats --by tag --b") == ["--bots", "--basis"], "given once is enough")
    #expect(try Self.words("wrapup stats --tag a --ta") == ["--tags", "--target", "--tag"])
    #expect(try Self.words("wrapup stats --by tag,weekday,w") == ["tag,weekday,week"])
    #expect(try Self.words("wrapup stats --per=c") == ["--per=contact", "--per=conversation"])
    #expect(try Self.words("wrapup stats --per=c", "c") == ["contact", "conversation"])
    #expect(try Self.words("wrapup stats --rows ") == ["\tfiles"])
    #expect(try Self.words("wrapup export ") == ["conversations", "contacts", "mapping", "tags"])
    #expect(try Self.words("wrapup export mapping --f") == ["--format"])
    #expect(try Self.words("wrapup stats -- --b") == ["\tfiles"])
    #expect(try Self.words("wrapup nonsense x").isEmpty && Self.words("wrapup export x y").isEmpty)
    #expect(try Self.words("wrapup '").contains("stats"))
  }

  @Test("names are those of the store, in quotes or not")
  func names() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(
        ["import", Tool.fixture("sample.csv"), "--store", "x.sqlite"], in: folder)
      let line = "wrapup stats --store x.sqlite --tag"
      #expect(try Self.words("\(line) L", in: folder) == ["Late parcel", "Lost parcel"])
      #expect(try Self.words("\(line) late", in: folder) == ["Late parcel"])
      #expect(try Self.words("\(line) \"Late p", in: folder) == ["Late parcel"])
      #expect(try Self.words("\(line) Late\\ ", in: folder) == ["Late parcel"])
      #expect(try Self.words("\(line) 'Late ", in: folder) == ["Late parcel"])
      #expect(try Self.words("wrapup stats --tag L", in: folder).isEmpty, "there is no such store")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { $0.hasPrefix("x.") })
    }
  }

  @Test("there is a manual page for every command, without a character that roff would take for its own")
  func manual() throws {
    try Tool.inFolder { folder in
      #expect(try Tool.succeed(["manual", "--into", "."], in: folder).hasSuffix("pages written to .\n"))
      let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(pages.count > 30 && pages.contains("wrapup.1") && pages.contains("wrapup-tag-merge.1"))
      #expect(
        try Tool.run(["manual", "tag", "merge"]).output.contains(".SH NAME\nwrapup\\-tag\\-merge \\- have"))
      for page in pages {
        let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
        #expect(text.hasPrefix(".TH WRAPUP") && text.utf8.allSatisfy { $0 < 0x80 }, "\(page)")
        let macros = Set(
          text.split(separator: "\n").filter { $0.hasPrefix(".") || $0.hasPrefix("'") }.map {
            $0.prefix { $0 != " " }
          })
        #expect(
          macros.isSubset(of: [".TH", ".SH", ".TP", ".B", ".BR", ".I", ".PP", ".nf", ".fi"]), "\(page)")
      }
      #expect(try Tool.run(["manual", "stat"]).code == 2)
    }
  }

  @Test("colour is for terminals, unless it is asked for")
  func colour() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      func isColoured(_ words: [String], _ environment: [String: String] = [:]) throws -> Bool {
        try Tool.run(["stats"] + words, in: folder, environment: environment).output.contains("\u{1B}")
      }
      #expect(try !isColoured([]) && !isColoured(["--color", "auto"]) && !isColoured(["--color", "never"]))
      #expect(try isColoured(["--color", "always"], ["NO_COLOR": "1"]), "who says so means it")
      #expect(try Tool.run(["stats", "--color", "blue"], in: folder).code == 2)
    }
  }

  @Test("the version comes first, then whose work is inside")
  func version() throws {
    let lines = try Tool.run(["--version"]).output.split(separator: "\n")
    #expect(lines[0].wholeMatch(of: /wrapup \d+\.\d+\.\d+/) != nil)
    for part in ["MIT", "Apache License 2.0", "SQLite", "Unicode License", "tz database"] {
      #expect(lines.contains { $0.contains(part) }, "\(part)")
    }
  }
}
