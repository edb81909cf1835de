import Foundation
import Testing

/// The files of `Fixtures/CSV`, each beside the rows that RFC 4180 makes of it.
@Suite struct CSVFixtureTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/CSV")

  /// Names without their end, of the files that have this one.
  private static func names(of end: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(end) }.map { String($0.dropLast(end.count)) }.sorted()
  }

  @Test func everyFileHasItsRows() {
    #expect(Self.names(of: ".csv") == Self.names(of: ".json"))
    #expect(Self.names(of: ".csv").count >= 55)
  }

  @Test(arguments: names(of: ".csv"), [1, 7, Int.max])
  func readsRows(of name: String, inChunksOf chunk: Int) throws {
    let file = Self.folder.appending(path: name)
    let bytes = Array(try Data(contentsOf: file.appendingPathExtension("csv")))
    let rows = try JSONDecoder().decode(
      [[String]].self, from: Data(contentsOf: file.appendingPathExtension("json")))
    let reading = CSVReading(bytes, chunk: chunk)
    #expect(reading.failure == nil)
    #expect(reading.records.allSatisfy { $0.fault == nil })
    #expect(reading.consumed == bytes.count)
    // Bytes, for texts are equal in Swift when their letters are, however these are composed.
    let read = [reading.header.map { Array($0.utf8) }] + reading.records.map(\.fields)
    #expect(read == rows.map { $0.map { Array($0.utf8) } })
  }

  /// A checkout that mends line ends would leave these tests with nothing to find.
  @Test func bytesAreAsTheyWereWritten() throws {
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: Self.folder.appending(path: name)))
    }
    #expect(try bytes("crlf.csv").filter { $0 == 0x0D }.count == 3)
    #expect(!(try bytes("lf.csv").contains(0x0D)))
    #expect(try bytes("no-final-line-end.csv").last == UInt8(ascii: "d"))
    #expect(try bytes("byte-order-mark.csv").starts(with: [0xEF, 0xBB, 0xBF]))
  }
}
