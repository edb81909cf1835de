import Foundation
import Testing

/// Sound rows and a world that is not: pipes that break, files that shrink, folders that are closed.
///
/// Full disks are in `FullDiskTests`, other writers in `BusyStoreTests`, signals in `RandomKillTests`.
struct BadCircumstancesTests {
  private static let start = BadInput.start

  @Test(
    "a pipe whose writer leaves too early",
    arguments: [
      (
        #"1,\#(start),ok\n2,\#(start),"open\n"#, 1, [],
        "wrapup: in.csv: line 3: a quote opens a field that is not closed within 8 MB or before the end; "
          + "double the quotes inside a quoted field. Nothing of the file was taken"
      ),
      (
        #"1,\#(start),ok\n2,2026-01-05T10:0"#, 0, ["1"],
        "in.csv:3: has 2 fields where the header has 3"
      ),
    ] as [(String, Int32, [String], String)])
  func writerLeaves(rows: String, code: Int32, taken: [String], complaint: String) throws {
    try Tool.inFolder { folder in
      // The writer dies of a signal, so nothing that it might still have to say is said.
      let result = try BadInput.shell(
        """
        mkfifo in.csv
        sh -c 'printf "id,startedAt,note\\n" && printf %b "$1" && kill -9 $$' writer '\(rows)' >in.csv &
        exec "$TOOL" import in.csv
        """, in: folder)
      #expect(result.code == code && result.complaints == complaint + "\n")
      try BadInput.expectSound(in: folder, holding: taken)
    }
  }

  @Test("a pipe into which nothing comes")
  func silentWriter() throws {
    try Tool.inFolder { folder in
      let result = try BadInput.shell(#"mkfifo in.csv; : >in.csv & exec "$TOOL" import in.csv"#, in: folder)
      #expect(
        result.code == 1
          && result.complaints
            == "wrapup: in.csv: is empty; a CSV file begins with a header such as id,startedAt,tags\n"
      )
      try BadInput.expectSound(in: folder, holding: [])
    }
  }

  @Test(
    "what is no file, or none that can be read",
    arguments: [
      ("missing.csv", "wrapup: missing.csv: there is no such file\n"),
      ("no/in.csv", "wrapup: no/in.csv: there is no such file\n"),
      ("folder", "wrapup: folder: is a folder, not a file\n"),
      (
        "/proc/self/mem",
        "wrapup: /proc/self/mem: can't be read: Input/output error; nothing of it was kept\n"
      ),
    ])
  func noFile(path: String, complaint: String) throws {
    try Tool.inFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "folder"), withIntermediateDirectories: true)
      let result = try Tool.run(["import", path], in: folder)
      #expect(result.code == 1 && result.complaints == complaint)
      try BadInput.expectSound(in: folder, holding: [])
    }
  }

  /// Much of the file goes once its reading has begun, between two rows, so that what is left looks whole.
  @Test("a file that is cut short while it is read")
  func truncation() throws {
    try Tool.inFolder { folder in
      let bytes = BadInput.contacts(200_000)
      let file = folder.resolvingSymlinksInPath().appending(path: "in.csv")
      try bytes.write(to: file)
      let process = Tool.process(["import", "in.csv"], in: folder)
      let (output, complaints) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (output, complaints)
      try process.run()
      var reached = 0
      // Its header is looked at before the store is, by a reading of its own that takes a megabyte.
      while process.isRunning, reached <= 1_048_576 {
        reached = Self.position(of: process.processIdentifier, in: file.path)
      }
      _ = process.suspend()
      // Well ahead of what may be read before the process stands still.
      let ahead = max(bytes.count / 2, reached + 4_000_000)
      let cut = bytes.dropFirst(ahead).firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      try FileHandle(forWritingTo: file).truncate(atOffset: UInt64(cut))
      _ = process.resume()
      process.waitUntilExit()
      let said = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(process.terminationStatus == 1)
      #expect(said == "wrapup: in.csv: was changed while it was read; try again when it is written\n")
      try BadInput.expectSound(in: folder, holding: [])
    }
  }

  /// How far a process has read a file; 0 before it has begun.
  private static func position(of process: Int32, in path: String) -> Int {
    let folder = "/proc/\(process)/fd"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")) == path {
      let info = (try? String(contentsOfFile: "/proc/\(process)/fdinfo/\(name)", encoding: .utf8)) ?? ""
      return Int(info.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? 0
    }
    return 0
  }

  /// Words that run a program as somebody whom permissions hold back, unlike root; `nil` if there is no way.
  private static let stranger: [String]? = {
    if geteuid() != 0 { return ["/usr/bin/env"] }
    let words = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let result = try? Tool.launch(words[0], Array(words.dropFirst()) + [Tool.path])
    return result?.code == 0 ? words : nil
  }()

  private static func runAsStranger(_ words: [String], in folder: URL) throws -> Tool.Result {
    let stranger = try #require(stranger)
    return try Tool.launch(stranger[0], Array(stranger.dropFirst()) + [Tool.path] + words, in: folder)
  }

  private static func permit(_ mode: Int, _ url: URL) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
  }

  @Test("a file that may not be read", .enabled(if: stranger != nil))
  func unreadable() throws {
    try Tool.inFolder { folder in
      let file = folder.appending(path: "in.csv")
      try BadInput.old.write(to: file)
      try Self.permit(0o000, file)
      try Self.permit(0o777, folder)
      let result = try Self.runAsStranger(["import", "in.csv"], in: folder)
      #expect(result.code == 1 && result.complaints == "wrapup: in.csv: may not be read by you\n")
      try BadInput.expectSound(in: folder, holding: [])
    }
  }

  @Test("a folder that may not be written, without a store and with one", .enabled(if: stranger != nil))
  func readOnlyFolder() throws {
    try Tool.inFolder { folder in
      try BadInput.old.write(to: folder.appending(path: "in.csv"))
      try Self.permit(0o555, folder)
      defer { try? Self.permit(0o755, folder) }
      let first = try Self.runAsStranger(["import", "in.csv"], in: folder)
      #expect(
        first.code == 1
          && first.complaints
            == "wrapup: wrapup.sqlite: can't be opened; check that its folder exists and is open to you\n"
      )
      try Self.permit(0o755, folder)
      _ = try Tool.succeed(["import", "in.csv"], in: folder)
      try Data("id,startedAt\nnew,\(Self.start)\n".utf8).write(to: folder.appending(path: "in.csv"))
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        try Self.permit(0o444, folder.appending(path: name))
      }
      try Self.permit(0o555, folder)
      let later = try Self.runAsStranger(["import", "in.csv"], in: folder)
      #expect(
        later.code == 1
          && later.complaints
            == "wrapup: wrapup.sqlite: the store or its folder can't be written; check permissions\n"
      )
      let counted = try Self.runAsStranger(
        ["stats", "--open", "--format", "csv", "--measures", "contacts"], in: folder)
      #expect(counted.code == 0 && CSVTable(counted.output).rows[0]["contacts"] == "1")
      try Self.permit(0o755, folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        try Self.permit(0o644, folder.appending(path: name))
      }
      try BadInput.expectSound(in: folder, holding: ["old"])
    }
  }
}

extension BadCircumstancesTests {
  @Test(
    "a first file that cannot be read leaves no store behind", arguments: ["x.csv", "folder", "missing.csv"])
  func noStoreLeft(path: String) throws {
    try Tool.inFolder { folder in
      try Data("nothing,of,use\n1,2,3\n".utf8).write(to: folder.appending(path: "x.csv"))
      try FileManager.default.createDirectory(
        at: folder.appending(path: "folder"), withIntermediateDirectories: false)
      for words in [["import", path], ["import", "--mapping", path]] {
        #expect(try Tool.run(words, in: folder).code == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["folder", "x.csv"], "\(words)")
      }
    }
  }
}
