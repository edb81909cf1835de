import Foundation
import Testing

/// The configuration file: what comes before what, saved queries, and what is wrong with a file.
struct ConfigurationTests {
  private static func run(_ words: [String], _ config: String, in folder: URL, _ more: [String: String] = [:])
    throws -> Tool.Result
  {
    let file = folder.appending(path: "config")
    try Data(config.utf8).write(to: file)
    return try Tool.run(
      words, in: folder, environment: ["WRAPUP_CONFIG": file.path, "NO_COLOR": ""].merging(more) { $1 })
  }

  @Test("an option comes before the environment, that before the file, that before what is built in")
  func precedence() throws {
    try Tool.inFolder { folder in
      let file = "store = c.sqlite\n"
      for (words, environment, expected) in [
        ([], [:], "c.sqlite"), ([], ["WRAPUP_STORE": "b.sqlite"], "b.sqlite"),
        (["--store", "a.sqlite"], ["WRAPUP_STORE": "b.sqlite"], "a.sqlite"),
        ([], ["WRAPUP_CONFIG": ""], "wrapup.sqlite"),
      ] as [([String], [String: String], String)] {
        let result = try Self.run(["tag", "add", "Refund"] + words, file, in: folder, environment)
        #expect(result.code == 0, "\(result.complaints)")
        #expect(result.output.hasSuffix("\(expected)\n"), "\(result.output)")
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: expected).path))
      }
      // What a command line says of a file's own store is not contradicted by the configuration.
      let sample = Tool.fixture("sample.csv")
      #expect(try Self.run(["stats", sample], file, in: folder).code == 0)
    }
  }

  @Test("a section speaks of its command, or of all that begin with its word; a path begins at the file")
  func sections() throws {
    try Tool.inFolder { folder in
      let config = """
        # Mine.
          store =  sub/x.sqlite
        [stats]
        zone = Asia/Tokyo
        [tag]
        color = always

        """
      let sub = folder.appending(path: "sub")
      try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: false)
      #expect(try Self.run(["import", Tool.fixture("sample.csv")], config, in: folder).code == 0)
      #expect(FileManager.default.fileExists(atPath: sub.appending(path: "x.sqlite").path))
      let file = folder.appending(path: "config").path
      let elsewhere = try Tool.run(["stats"], in: sub, environment: ["WRAPUP_CONFIG": file])
      #expect(elsewhere.code == 0 && elsewhere.output.contains("zone Asia/Tokyo"), "\(elsewhere.complaints)")
      #expect(try Self.run(["stats", "--zone", "UTC"], config, in: folder).output.contains("zone UTC"))
      #expect(try Self.run(["tag", "list"], config, in: folder).output.hasPrefix("\u{1B}[1m"))
      #expect(try !Self.run(["category", "list"], config, in: folder).output.contains("\u{1B}"))
      #expect(try !Self.run(["tag", "list", "--color=never"], config, in: folder).output.contains("\u{1B}"))
      let shown = try Self.run(["config", "--format", "csv"], config, in: folder).output
      #expect(shown.contains("stats,zone,Asia/Tokyo,\(file):4\n") && shown.contains("every,store,"))
    }
  }

  @Test("how a foreign file is read can be said once and for all")
  func mapping() throws {
    try Tool.inFolder { folder in
      let config = """
        [import]
        map = id=Case No.
        map = startedAt=Opened
        derive-handling = yes
        [stats]
        map = id=Case No.
        map = startedAt=Opened

        """
      try Data("Case No.,Opened,closed\n7,2026-01-05T10:00Z,2026-01-05T10:05Z\n".utf8)
        .write(to: folder.appending(path: "x.csv"))
      let result = try Self.run(
        ["import", "x.csv"], config + "[import]\nmap = endedAt=closed\n", in: folder)
      #expect(result.code == 0 && result.output.contains("1 added"), "\(result.complaints)")
      #expect(
        try Tool.succeed(["stats", "--format", "csv", "--measures", "total"], in: folder) == "total\n300\n")
      let file = try Self.run(
        ["stats", "x.csv", "--open", "--measures", "contacts", "--format", "csv"], config, in: folder)
      #expect(file.code == 0 && file.output == "contacts\n1\n", "\(file.complaints)")
      let bad = try Self.run(["import", "x.csv"], "[import]\nderive-handling = maybe", in: folder)
      #expect(
        bad.code == 1
          && bad.complaints.contains("config:2: derive-handling can't be \"maybe\": it is yes or no"))
    }
  }

  @Test("a file of other systems is read as any: line ends, a byte order mark; and NO_COLOR comes before it")
  func foreignLineEnds() throws {
    try Tool.inFolder { folder in
      let config = "\u{FEFF}store = a.sqlite\r\ncolor = always\r\n[queries]\r\nw = --by tag\r\n"
      _ = try Self.run(["import", Tool.fixture("sample.csv")], config, in: folder)
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "a.sqlite").path))
      let styled = try Self.run(["stats", "@w"], config, in: folder)
      #expect(styled.code == 0 && styled.output.contains("\u{1B}"), "\(styled.complaints)")
      #expect(
        try !Self.run(["stats", "@w"], config, in: folder, ["NO_COLOR": "1"]).output.contains("\u{1B}"))
    }
  }

  @Test("a saved query is asked by its name, and what stands beside it replaces what it says")
  func queries() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      let config = """
        [queries]
        weekly = --by tag --from 2016-01-10 --to 2016-01-20 --sort total --limit 4 --format csv
        "odd" = --by tag
        """
      let good = config.split(separator: "\n").prefix(2).joined(separator: "\n")
      let plain = ["stats", "--by", "tag", "--sort", "total", "--format", "csv"]
      func same(_ saved: [String], _ words: [String]) throws {
        let result = try Self.run(["stats"] + saved, good, in: folder)
        #expect(result.code == 0, "\(result.complaints)")
        #expect(try result.output == Tool.succeed(plain + words, in: folder), "\(saved)")
      }
      let period = ["--from", "2016-01-10", "--to", "2016-01-20"]
      try same(["@weekly"], period + ["--limit", "4"])
      try same(
        ["@weekly", "--limit", "2", "--channel", "chat"], period + ["--limit", "2", "--channel", "chat"])
      try same(["--period", "2016-01", "@weekly"], ["--period", "2016-01", "--limit", "4"])
      for (words, part) in [
        (["@wekly"], "did you mean \"weekly\""), (["@weekly", "@weekly"], "second saved query"),
      ] {
        let result = try Self.run(["stats"] + words, good, in: folder)
        #expect(result.code == 2 && result.complaints.contains(part), "\(result.complaints)")
      }
      let bad = try Self.run(["stats", "@x"], "[queries]\nx = --bi tag", in: folder)
      #expect(
        bad.code == 2 && bad.complaints.contains("config:2: unknown option --bi; did you mean \"--by\""))
      #expect(
        try Self.run(["stats"], config, in: folder).complaints.contains("config:3: a query can't be called"))
    }
  }

  @Test(
    "what is wrong is named with its line and what would be right",
    arguments: [
      ("stor = x", "1: before the first heading there is no \"stor\"; did you mean \"store\""),
      ("\n[stats]\nlimits = 3", "3: under [stats] there is no \"limits\""),
      ("[stat]", "1: there is no command \"stat\"; did you mean \"stats\""),
      ("[stats", "1: a heading ends with ]"), ("store", "1: \"store\" is neither"),
      ("store =", "1: store needs a value"), ("color = red", "1: color can't be \"red\": it is one of auto"),
      ("color = never\ncolor = auto", "2: color is said twice"),
      ("[queries]\nx = --tag \"a", "2: the query x has a quote that nothing closes"),
      ("[queries]\nx = ", "2: the query x needs options"),
      ("[queries]\nx = --open\nx = --bots", "3: there is a query x already"),
    ])
  func faults(config: String, part: String) throws {
    try Tool.inFolder { folder in
      let result = try Self.run(["stats"], config, in: folder)
      #expect(result.code == 1 && result.complaints.contains("config:\(part)"), "\(result.complaints)")
      // Help and version never depend on it.
      #expect(try Self.run(["stats", "--help"], config, in: folder).code == 0)
      #expect(try Self.run(["--version"], config, in: folder).output.hasPrefix("wrapup "))
    }
  }

  @Test("a file that is named must be there; one that is not named need not")
  func missing() throws {
    try Tool.inFolder { folder in
      let named = try Tool.run(["stats"], in: folder, environment: ["WRAPUP_CONFIG": "none"])
      #expect(named.code == 1 && named.complaints.contains("none: there is no such file"))
      let unnamed = try Tool.launch(
        "/usr/bin/env", ["-u", "WRAPUP_CONFIG", Tool.path, "config"], in: folder,
        environment: ["XDG_CONFIG_HOME": folder.path])
      #expect(unnamed.code == 0 && unnamed.output.contains("wrapup/config is not there"))
    }
  }
}
