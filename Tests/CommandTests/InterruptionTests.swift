import Foundation
import Testing

/// Ctrl-C during an import.
struct InterruptionTests {
  /// Imports rows from a pipe, interrupts while more may come, and ends the input.
  private static func interrupted(in folder: URL) throws -> Tool.Result {
    let process = Tool.process(["import", "-"], in: folder)
    let (input, output, complaints) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, complaints)
    try process.run()
    let rows = (0..<20_000).map { "new\($0),2026-01-05T10:00:00Z,Ann\n" }.joined()
    try input.fileHandleForWriting.write(contentsOf: Data(("id,startedAt,agent\n" + rows).utf8))
    // The store is named before the first row is read, and interruptions are noted from before that on.
    let said = output.fileHandleForReading.availableData
    process.interrupt()
    // Without waiting for more, which may never come.
    process.waitUntilExit()
    return Tool.Result(
      output: String(decoding: said, as: UTF8.self),
      complaints: String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
  }

  @Test("nothing of the file is kept")
  func newStore() throws {
    try Tool.inFolder { folder in
      let result = try Self.interrupted(in: folder)
      #expect(result.code == 130 && result.output == "store wrapup.sqlite\n")
      #expect(result.complaints == "wrapup: interrupted; nothing of the input was kept\n")
      #expect(try Tool.succeed(["export", "contacts"], in: folder).split(separator: "\n").count == 1)
    }
  }

  @Test("what the store held before stands")
  func oldStore() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      let before = try Tool.succeed(["export", "contacts"], in: folder)
      #expect(try Self.interrupted(in: folder).code == 130)
      #expect(try Tool.succeed(["export", "contacts"], in: folder) == before)
      #expect(try Tool.succeed(["stats", "--format", "csv"], in: folder).count > 20)
      #expect(try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder).contains("200 unchanged"))
    }
  }

  @Test("a file is given up between two stretches of it, and the store is whole")
  func file() throws {
    try Tool.inFolder { folder in
      let rows = (0..<400_000).map { "new\($0),2026-01-05T10:00:00Z,Ann\n" }.joined()
      try Data(("id,startedAt,agent\n" + rows).utf8).write(to: folder.appending(path: "in.csv"))
      let process = Tool.process(["import", "in.csv"], in: folder)
      let (output, complaints) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (output, complaints)
      try process.run()
      _ = output.fileHandleForReading.availableData
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      let said = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(said == "wrapup: in.csv: interrupted; nothing of it was kept\n")
      #expect(try Tool.succeed(["export", "contacts"], in: folder).split(separator: "\n").count == 1)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
          "in.csv", "wrapup.sqlite", "wrapup.sqlite.import-lock", "wrapup.sqlite.settling-lock",
        ])
    }
  }
}
