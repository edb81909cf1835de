import Foundation
import TestSupport
import Testing

@testable import MappedFiles

struct ReplacementFileTests {
  @Test func aCommitPutsTheNewBytesInPlaceOfTheOld() throws {
    let folder = try TemporaryFolder()
    try folder.put([1, 2, 3], as: "file")
    var file = try ReplacementFile(path: folder.file("file"))
    try file.append([7, 8])
    try file.append([])
    try file.append([9])
    #expect(try folder.contents(of: "file") == [1, 2, 3], "nothing changes before the commit")
    try file.commit()
    #expect(try folder.contents(of: "file") == [7, 8, 9])
    #expect(try folder.names == ["file"])
  }

  @Test func aCommitCreatesAFileThatWasNotThere() throws {
    let folder = try TemporaryFolder()
    var file = try ReplacementFile(path: folder.file("new"))
    try file.commit()
    #expect(try folder.contents(of: "new") == [])
    #expect(try folder.names == ["new"])
  }

  @Test func withoutACommitTheOldFileStaysAndNothingElse() throws {
    let folder = try TemporaryFolder()
    try folder.put([1, 2, 3], as: "file")
    func abandon() throws {
      var file = try ReplacementFile(path: folder.file("file"))
      try file.append([UInt8](repeating: 7, count: 3_000_000))
      #expect(try folder.names.count == 2, "the new bytes wait beside the old")
    }
    try abandon()
    #expect(try folder.contents(of: "file") == [1, 2, 3])
    #expect(try folder.names == ["file"])
  }

  @Test func theStartCanBeOverwrittenLast() throws {
    let folder = try TemporaryFolder()
    var file = try ReplacementFile(path: folder.file("file"))
    try file.append([0, 0, 0, 0, 5, 6])
    try file.overwriteStart(with: [1, 2])
    try file.append([7])
    try file.overwriteStart(with: [3])
    #expect(file.count == 7)
    try file.commit()
    #expect(try folder.contents(of: "file") == [3, 2, 0, 0, 5, 6, 7])
  }

  @Test func manyPartsLargerThanTheBufferArriveInOrder() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 1)
    var expected: [UInt8] = []
    var file = try ReplacementFile(path: folder.file("file"))
    for length in [1, 1_048_575, 1, 3_000_000, 0, 17, 1_048_576, 5] {
      let part = [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: length)
      expected += part
      try file.append(part)
      #expect(file.count == expected.count)
    }
    try file.overwriteStart(with: [42])
    expected[0] = 42
    try file.commit()
    #expect(try folder.contents(of: "file") == expected)
  }

  @Test func paddingFillsUpWithZeros() throws {
    let folder = try TemporaryFolder()
    var file = try ReplacementFile(path: folder.file("file"))
    try file.pad(to: 4)
    #expect(file.count == 0)
    try file.append([1])
    try file.pad(to: 4)
    try file.pad(to: 4)
    #expect(file.count == 4)
    try file.append([2])
    try file.commit()
    #expect(try folder.contents(of: "file") == [1, 0, 0, 0, 2])
  }

  @Test func aFolderThatIsNotThereIsAFaultOfOpening() throws {
    let folder = try TemporaryFolder()
    let fault = try #require(throws: FileFault.self) {
      _ = try ReplacementFile(path: folder.file("none/file"))
    }
    #expect(fault.operation == .open)
    #expect(fault.isMissingFile)
  }

  @Test func aFolderInThePlaceOfTheFileStopsTheRenameAndLeavesNothing() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("file"), withIntermediateDirectories: false)
    try folder.put([1], as: "file/inside")
    func replace() throws {
      var file = try ReplacementFile(path: folder.file("file"))
      try file.append([1])
      try file.commit()
    }
    let fault = try #require(throws: FileFault.self) { try replace() }
    #expect(fault.operation == .rename)
    #expect(try folder.names == ["file"])
  }
}
