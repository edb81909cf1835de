import ConversationFiles
import Foundation
import Testing

@Suite struct ByteSourceTests {
  /// A directory of its own for one test, removed afterwards.
  static func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "ByteSourceTests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  static func withFile<Result>(
    holding data: Data, _ body: (String) throws -> Result
  ) throws -> Result {
    try withDirectory { directory in
      let path = directory + "/file"
      try data.write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  static func fault(opening path: String) -> ByteSourceFault? {
    do {
      _ = try ByteSource(path: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func readsAFileInPiecesAndCounts() throws {
    let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0) }
    try Self.withFile(holding: Data(bytes)) { path in
      var source = try ByteSource(path: path)
      var buffer = [UInt8](repeating: 0, count: 3_000_000)
      var end = 0
      while case let count = try source.read(into: &buffer, at: end..<buffer.count), count > 0 {
        #expect(count <= ByteSource.readSize)
        end += count
        #expect(source.bytesRead == end)
      }
      #expect(Array(buffer[..<end]) == bytes)
    }
  }

  @Test func deliversMemoryInChunks() throws {
    var source = ByteSource(bytes: [1, 2, 3, 4, 5], chunk: 2)
    var buffer = [UInt8](repeating: 0, count: 4)
    #expect(try source.read(into: &buffer, at: 1..<4) == 2)
    #expect(buffer == [0, 1, 2, 0])
    #expect(try source.read(into: &buffer, at: 3..<4) == 1)
    #expect(try source.read(into: &buffer, at: 0..<4) == 2)
    #expect(buffer == [4, 5, 2, 3])
    #expect(try source.read(into: &buffer, at: 0..<4) == 0)
    #expect(source.bytesRead == 5)
  }

  @Test func readsAPipeAndLeavesItOpen() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("a,b\n1,2".utf8))
    try pipe.fileHandleForWriting.close()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    do {
      var reader = try CSVReader(ByteSource(fileDescriptor: descriptor))
      #expect(reader.header == ["a", "b"])
      #expect(try reader.next())
      #expect(try !reader.next())
    }
    #expect(try pipe.fileHandleForReading.readToEnd() ?? Data() == Data())
  }

  @Test func tellsWhyAFileCannotBeOpened() throws {
    try Self.withDirectory { directory in
      #expect(Self.fault(opening: directory + "/none") == .missing(errno: ENOENT))
      #expect(Self.fault(opening: directory) == .directory(errno: EISDIR))
      try Data().write(to: URL(fileURLWithPath: directory + "/file"))
      #expect(Self.fault(opening: directory + "/file/x") == .missing(errno: ENOTDIR))
      #expect(Self.fault(opening: directory + "/file") == nil)
      #expect(ByteSourceFault.directory(errno: EISDIR).errno == EISDIR)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func tellsOfALackOfPermission() throws {
    try Self.withFile(holding: Data()) { path in
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      #expect(Self.fault(opening: path) == .noPermission(errno: EACCES))
    }
  }

  /// A directory that was opened by someone else fails at the first read, with the system's code.
  @Test func reportsAFailedRead() throws {
    // Safe: a literal is a NUL-terminated string.
    let descriptor = unsafe open("/", O_RDONLY)
    defer { close(descriptor) }
    #expect(throws: CSVFault.io(errno: EISDIR)) {
      _ = try CSVReader(ByteSource(fileDescriptor: descriptor))
    }
  }
}
