import Foundation
import Testing

@testable import ConversationFiles

@Suite struct CSVReaderBoundsTests {
  /// Small enough that a few bytes reach every bound.
  static let small = CSVLimits(field: 4, record: 12, columns: 3, buffer: 2)

  static let x = UInt8(ascii: "x")

  @Test(arguments: CSVReading.chunks)
  func boundsAField(chunk: Int) {
    let text = "a,b\n1234,5\n12345,6\n\"12\"\"4\",7\n\"12\"\"45\",8\n9,\"1\"2345\n"
    let reading = CSVReading(text, chunk: chunk, limits: Self.small)
    #expect(reading.failure == nil)
    #expect(
      reading.records.map(\.fault) == [
        nil, .fieldTooLong(column: 1, limit: 4), nil, .fieldTooLong(column: 1, limit: 4),
        .textAfterQuote(column: 2),
      ])
    #expect(reading.rows[1] == ["12345", "6"])
  }

  @Test(arguments: CSVReading.chunks)
  func boundsARecord(chunk: Int) {
    let full = "a,b,c\n123,456,7890\n"
    #expect(CSVReading(full, chunk: chunk, limits: Self.small).failure == nil)
    let tooLong = CSVFault.recordTooLong(line: 2, limit: 12)
    for text in ["a,b,c\n123,456,78901\n1", "a,b,c\n123,456,7890\r\n", "a,b,c\n123,456,78901"] {
      #expect(CSVReading(text, chunk: chunk, limits: Self.small).failure == tooLong)
    }
  }

  /// Whether the quote is open is asked one byte beyond the bound, however much has been read.
  @Test(arguments: CSVReading.chunks)
  func blamesAnOpenQuoteForALongRecord(chunk: Int) {
    let open = "a,b\n1,\"\n345678901\",2\n"
    let closed = "a,b\n1,\"\n34567890\",2\n"
    #expect(
      CSVReading(open, chunk: chunk, limits: Self.small).failure == .unterminatedQuote(line: 2))
    #expect(
      CSVReading(closed, chunk: chunk, limits: Self.small).failure == .recordTooLong(line: 2, limit: 12))
  }

  @Test(arguments: CSVReading.chunks)
  func boundsColumns(chunk: Int) {
    #expect(
      CSVReading("a,b,c,d\n", chunk: chunk, limits: Self.small).failure == .tooManyColumns(limit: 3))
    let reading = CSVReading("a,b,c\n1,2,3,4,5\n", chunk: chunk, limits: Self.small)
    #expect(reading.records.map(\.fault) == [.fieldCount(found: 5, expected: 3)])
    #expect(reading.rows == [["1", "2", "3"]])
  }

  @Test func permitsWhatItPromises() throws {
    let field = [UInt8](repeating: Self.x, count: 1_048_576)
    let text = Array("a,b\n1,".utf8) + field + Array("\n1,".utf8) + field + [Self.x]
    try ByteSourceTests.withFile(holding: Data(text)) { path in
      var reader = try CSVReader(ByteSource(path: path))
      #expect(try reader.next())
      #expect(reader.fault == nil)
      #expect(reader.field(1).count == 1_048_576)
      #expect(try reader.next())
      #expect(reader.fault == .fieldTooLong(column: 2, limit: 1_048_576))
      #expect(try !reader.next())
    }
    let columns = [UInt8](repeating: UInt8(ascii: ","), count: 4096)
    #expect(CSVReading(columns).failure == .tooManyColumns(limit: 4096))
    #expect(CSVReading(Array(columns.dropLast())).header.count == 4096)
  }

  /// 50 MB in one field, quoted or not: reading stops at the bound for records, and so does memory.
  @Test(arguments: [false, true])
  func boundsMemory(isQuoted: Bool) throws {
    let text = Data("a,b\n1,\(isQuoted ? "\"" : "")".utf8) + Data(repeating: Self.x, count: 50_000_000)
    try ByteSourceTests.withFile(holding: text) { path in
      var reader = try CSVReader(ByteSource(path: path))
      let expected =
        isQuoted ? CSVFault.unterminatedQuote(line: 2) : .recordTooLong(line: 2, limit: 8_388_608)
      #expect(throws: expected) { _ = try reader.next() }
      #expect(reader.buffer.capacity <= 2 * 8_388_608)
    }
  }

  /// A header without end on a device without end.
  @Test func boundsTheHeader() throws {
    #expect(throws: CSVFault.recordTooLong(line: 1, limit: 100_000)) {
      _ = try CSVReader(ByteSource(path: "/dev/zero"), limits: CSVLimits(record: 100_000))
    }
  }

  /// Records of all sizes up to the bound leave the buffer below its own bound.
  @Test func keepsItsBufferBelowItsBound() throws {
    var limits = Self.small
    limits.record = 1000
    limits.field = 1000
    let rows = (0..<1000).map { String(repeating: "x", count: $0 % 999 + 1) }
    let text = "a\n" + rows.joined(separator: "\n")
    var reader = try CSVReader(ByteSource(bytes: Array(text.utf8), chunk: 64), limits: limits)
    var count = 0
    while try reader.next() {
      #expect(reader.field(0).count == rows[count].utf8.count)
      count += 1
    }
    #expect(count == rows.count)
    #expect(reader.buffer.capacity < 4 * limits.record)
  }
}
