import CSQLite
import Foundation
import Testing

/// Writers that are in each other's way.
struct BusyStoreTests {
  private static let busy =
    "wrapup: wrapup.sqlite: another process is writing to the store; try again when it is done\n"

  @Test("another program that holds the store for longer than a writer waits")
  func busyStore() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: BadInput.old)
      var other: OpaquePointer?
      // Safe: opened and closed here, used by nobody else.
      #expect(unsafe sqlite3_open(folder.appending(path: "wrapup.sqlite").path, &other) == SQLITE_OK)
      #expect(unsafe sqlite3_exec(other, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
      let result = try Tool.run(["import", "-"], in: folder, input: BadInput.contacts(1))
      unsafe sqlite3_close(other)
      #expect(result.code == 1 && result.complaints == Self.busy)
      try BadInput.expectSound(in: folder, holding: ["old"])
    }
  }

  @Test("a second importer while a slow first one is at work")
  func twoImporters() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: BadInput.old)
      let first = Tool.process(["import", "-"], in: folder)
      let (input, output) = (Pipe(), Pipe())
      (first.standardInput, first.standardOutput) = (input, output)
      try first.run()
      try input.fileHandleForWriting.write(contentsOf: BadInput.contacts(10_000))
      let second = try Tool.run(
        ["import", "-"], in: folder, input: Data("id,startedAt\nsecond,\(BadInput.start)\n".utf8))
      try input.fileHandleForWriting.close()
      first.waitUntilExit()
      #expect(first.terminationStatus == 0)
      // It may have come first; else it gives up, for nobody knows when a pipe ends.
      #expect(
        second.code == 0
          || second.code == 1
            && second.complaints
              == "wrapup: wrapup.sqlite: another import into the store, or a 'wrapup forget', is running; try again when it is done\n"
      )
      try BadInput.expectSound(
        in: folder,
        holding: ["old"] + (second.code == 0 ? ["second"] : []) + (0..<10_000).map { "r\($0)" })
    }
  }
}
