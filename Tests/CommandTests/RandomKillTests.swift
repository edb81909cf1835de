import Foundation
import TestSupport
import Testing

/// Signals that come at any moment of an import, where `CrashTests` and `InterruptionTests` choose it.
///
/// WRAPUP_CRASHES sets how many come, as there.
struct RandomKillTests {
  private static let rounds = Int(ProcessInfo.processInfo.environment["WRAPUP_CRASHES"] ?? "") ?? 20
  private static let rowsOfARound = 10_000

  /// Imports rows of a round from a file; how it ended, and what it complained of.
  private static func signalled(
    _ signal: Int32, after seconds: Double, round: Int, in folder: URL
  ) throws -> (code: Int32, complaints: String) {
    let rows = (0..<rowsOfARound).map { "r\(round)-\($0),\(BadInput.start),Ann\n" }.joined()
    try Data(("id,startedAt,agent\n" + rows).utf8).write(to: folder.appending(path: "in.csv"))
    let process = Tool.process(["import", "in.csv"], in: folder)
    let complaints = Pipe()
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, complaints)
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return (
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    )
  }

  @Test("an import that a signal ends is there whole or not at all", arguments: [SIGKILL, SIGINT])
  func killed(signal: Int32) throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: BadInput.old)
      var random = SeededGenerator(seed: UInt64(signal))
      var ids = ["old"]
      // As long as an import takes, whatever the machine and the build.
      let clock = ContinuousClock()
      let whole = try clock.measure { _ = try Self.signalled(0, after: 0, round: 0, in: folder) }
      ids += (0..<Self.rowsOfARound).map { "r0-\($0)" }
      for round in 1...Self.rounds {
        let seconds = Double.random(in: 0...1.2, using: &random) * (whole / .seconds(1))
        let (code, complaints) = try Self.signalled(signal, after: seconds, round: round, in: folder)
        let stats = try Tool.run(
          ["stats", "--open", "--format", "csv", "--measures", "contacts"], in: folder)
        // Columns are the last to be written.
        let stale = "wrapup: wrapup.sqlite.columns was stale: rebuilt from the store\n"
        #expect(["", stale].contains(stats.complaints))
        let table = CSVTable(stats.output)
        let isThere = table.rows[0]["contacts"] == "\(ids.count + Self.rowsOfARound)"
        #expect(isThere || table.rows[0]["contacts"] == "\(ids.count)", "round \(round), \(code)")
        switch code {
        case 0: #expect(isThere && complaints.isEmpty)
        case 130:
          #expect(!isThere && complaints == "wrapup: in.csv: interrupted; nothing of it was kept\n")
        default:
          // Killed at once, or before it had taken its signals in hand, or again after the commit.
          #expect(code == -signal && complaints.isEmpty, "\(code) \(complaints)")
        }
        if isThere { ids += (0..<Self.rowsOfARound).map { "r\(round)-\($0)" } }
      }
      try BadInput.expectSound(in: folder, holding: ids)
    }
  }
}
