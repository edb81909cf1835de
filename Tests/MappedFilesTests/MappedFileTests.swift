import Foundation
import TestSupport
import Testing

@testable import MappedFiles

struct MappedFileTests {
  private static func bytes(of file: MappedFile) -> [UInt8] {
    var reader = ByteReader(file.bytes)
    return reader.next(count: file.count) ?? []
  }

  @Test(arguments: [1, 100, 4_095, 4_096, 4_097]) func aFileIsMappedWhole(length: Int) throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: UInt64(length))
    let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let file = try MappedFile(path: folder.put(bytes, as: "file"))
    #expect(file.count == length)
    #expect(Self.bytes(of: file) == bytes)
  }

  @Test func anEmptyFileMapsToNoBytes() throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(path: folder.put([], as: "file"))
    #expect(file.count == 0)
    #expect(file.bytes.byteCount == 0)
  }

  @Test func aMissingFileIsNamedAsMissing() throws {
    let folder = try TemporaryFolder()
    let fault = try #require(throws: FileFault.self) { try MappedFile(path: folder.file("none")) }
    #expect(fault.isMissingFile)
    #expect(fault.operation == .open)
    #expect(fault.path == folder.file("none"))
    #expect(!fault.reason.isEmpty)
  }

  @Test func aFolderIsNotMappedAndNotMissing() throws {
    let folder = try TemporaryFolder()
    let fault = try #require(throws: FileFault.self) { try MappedFile(path: folder.path) }
    #expect(!fault.isMissingFile)
  }

  @Test func aMappingOutlivesTheNameOfItsFile() throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(path: folder.put([1, 2, 3], as: "file"))
    var replacement = try ReplacementFile(path: folder.file("file"))
    try replacement.append([9])
    try replacement.commit()
    #expect(Self.bytes(of: file) == [1, 2, 3])
    try FileManager.default.removeItem(atPath: folder.file("file"))
    #expect(Self.bytes(of: file) == [1, 2, 3])
  }

  @Test func aBufferIsTheAskedForPart() throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(path: folder.put(Array(0..<200), as: "file"))
    #expect(unsafe Array(file.buffer(64..<70)) == [64, 65, 66, 67, 68, 69])
    #expect(unsafe file.buffer(200..<200).isEmpty)
  }
}
