import Foundation
import Testing

@testable import MappedFiles

struct FileLockTests {
  private struct Failure: Error, Equatable {}

  @Test func theBodyRunsWithTheLockHeldAndAnswers() throws {
    let folder = try TemporaryFolder()
    let answer = FileLock.whileHolding(folder.file("lock")) { 42 }
    #expect(answer == 42)
    #expect(try folder.names == ["lock"])
  }

  @Test func aSecondHolderIsRefusedAtOnceAndServedAfterwards() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    var secondRan = false
    let first: Bool? = FileLock.whileHolding(path) {
      FileLock.whileHolding(path) { secondRan = true } == nil
    }
    #expect(first == true)
    #expect(!secondRan)
    #expect(FileLock.whileHolding(path) { "again" } == "again")
  }

  @Test func whoAsksLearnsWhetherItIsHeld() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    #expect(!FileLock.isHeld(path) && FileLock.canBeHeld(path))
    #expect(FileLock.whileHolding(path) { FileLock.isHeld(path) } == true)
    #expect(!FileLock.isHeld(path) && !FileLock.canBeHeld(folder.file("nowhere/lock")))
    // What can't be opened may be held.
    #expect(FileLock.isHeld(folder.file("lock/no-folder")))
  }

  @Test func locksOnTwoFilesDoNotMeet() throws {
    let folder = try TemporaryFolder()
    let both = FileLock.whileHolding(folder.file("one")) {
      FileLock.whileHolding(folder.file("other")) { 2 }
    }
    #expect(both == 2)
  }

  @Test func anErrorGoesThroughAndGivesTheLockUp() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    #expect(throws: Failure()) {
      try FileLock.whileHolding(path) { () throws(Failure) in throw Failure() }
    }
    #expect(FileLock.whileHolding(path) { 1 } == 1)
  }

  @Test func whereNothingCanBeWrittenThereIsNoLock() throws {
    let folder = try TemporaryFolder()
    var ran = false
    #expect(FileLock.whileHolding(folder.file("none/lock")) { ran = true } == nil)
    #expect(!ran)
  }

  @Test func anotherProcessIsRefusedWhileTheLockIsHeld() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    let held = try FileLock.whileHolding(path) { try Self.exitStatus(ofLocking: path) }
    #expect(held == 1)
    #expect(try Self.exitStatus(ofLocking: path) == 0)
  }

  /// What util-linux's flock makes of the file: 0 when it got the lock, 1 when it did not.
  private static func exitStatus(ofLocking path: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["flock", "--nonblock", path, "true"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus != 127, "flock was not found: install util-linux to run this test")
    return process.terminationStatus
  }
}
