import Foundation
import Testing

/// Disks that fill up: what was acknowledged stays, nothing else does.
struct FullDiskTests {
  @Test("a disk that fills up: nothing of the file is kept", arguments: [100, 500, 2000], [true, false])
  func fullDisk(blocks: Int, isNew: Bool) throws {
    try Tool.inFolder { folder in
      if !isNew { _ = try Tool.succeed(["import", "-"], in: folder, input: BadInput.old) }
      try BadInput.contacts(20_000).write(to: folder.appending(path: "in.csv"))
      let result = try BadInput.shell("ulimit -f \(blocks); exec \"$TOOL\" import in.csv", in: folder)
      #expect(result.code == 1)
      // With next to nothing there is no store to begin with.
      let isCreated = result.output.hasPrefix("store ")
      #expect(
        result.complaints
          == (isCreated
            ? "wrapup: in.csv: the disk is full; nothing of it was kept\n"
            : "wrapup: wrapup.sqlite: the disk is full; make room and try again\n"))
      try BadInput.expectSound(in: folder, holding: isNew ? [] : ["old"])
    }
  }

  /// SQLite's shared memory is a file too, which reading needs already.
  @Test("a disk on which no file of 32 kB can be made")
  func noRoomAtAll() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: BadInput.old)
      try BadInput.contacts(1).write(to: folder.appending(path: "in.csv"))
      let result = try BadInput.shell("ulimit -f 1; exec \"$TOOL\" import in.csv", in: folder)
      #expect(
        result.code == 1
          && result.complaints == "wrapup: wrapup.sqlite: the disk is full; make room and try again\n")
      try BadInput.expectSound(in: folder, holding: ["old"])
    }
  }

  @Test("a disk that fills up in the second file: the first was acknowledged and stays")
  func fullDiskLater() throws {
    try Tool.inFolder { folder in
      try BadInput.old.write(to: folder.appending(path: "a.csv"))
      try BadInput.contacts(20_000).write(to: folder.appending(path: "b.csv"))
      let result = try BadInput.shell("ulimit -f 2000; exec \"$TOOL\" import a.csv b.csv", in: folder)
      #expect(result.code == 1 && result.output.contains("a.csv: \(Self.oneAdded)\n"))
      #expect(result.complaints == "wrapup: b.csv: the disk is full; nothing of it was kept\n")
      try BadInput.expectSound(in: folder, holding: ["old"])
    }
  }

  private static let oneAdded =
    "1 row: 1 added, 0 updated, 0 unchanged, 0 rejected; 1 new conversation"
}
