import ConversationFiles
import Testing

@Suite struct CSVReaderFaultTests {
  struct Example: CustomTestStringConvertible {
    var testDescription: String
    var record: [UInt8]
    var fault: RecordFault
    var fields: [String]

    init(_ name: String, _ record: String, _ fault: RecordFault, _ fields: [String]) {
      self.init(name, Array(record.utf8), fault, fields)
    }

    init(_ name: String, _ record: [UInt8], _ fault: RecordFault, _ fields: [String]) {
      testDescription = name
      self.record = record
      self.fault = fault
      self.fields = fields
    }
  }

  static let bad = "\u{FFFD}"

  static let examples = [
    Example("text after a quote", "1,\"2\"x", .textAfterQuote(column: 2), ["1", "2x"]),
    Example(
      "quotes after a quote are data", "\"1\"x\"y\"\"z\",2", .textAfterQuote(column: 1),
      ["1x\"y\"\"z\"", "2"]),
    Example("doubled, then text", "\"1\"\"\"x,2", .textAfterQuote(column: 1), ["1\"x", "2"]),
    Example("a space after a quote", "\"1\" ,2", .textAfterQuote(column: 1), ["1 ", "2"]),
    Example("CR after a quote", "\"1\"\r,2", .textAfterQuote(column: 1), ["1\r", "2"]),
    Example("the first of two", "\"1\"x,\"2\"y", .textAfterQuote(column: 1), ["1x", "2y"]),
    Example("too few fields", "1", .fieldCount(found: 1, expected: 2), ["1"]),
    Example("too many fields", "1,2,3", .fieldCount(found: 3, expected: 2), ["1", "2", "3"]),
    Example("a space is a field", " ", .fieldCount(found: 1, expected: 2), [" "]),
    Example("form before number", "1,2,\"3\"x", .textAfterQuote(column: 3), ["1", "2", "3x"]),
    Example("number before text", "1,\u{0},3", .fieldCount(found: 3, expected: 2), ["1", "\u{0}", "3"]),
    Example("NUL", "1,2\u{0}3", .nul(column: 2), ["1", "2\u{0}3"]),
    Example("NUL in quotes", "\"\u{0}\",2", .nul(column: 1), ["\u{0}", "2"]),
    Example("NUL before UTF-8 in a field", [0x31, 0x2C, 0xFF, 0x00], .nul(column: 2), ["1", bad + "\u{0}"]),
    Example(
      "UTF-8 before NUL in a later field", [0xFF, 0x2C, 0x00], .invalidUTF8(column: 1), [bad, "\u{0}"]),
    Example("a lone continuation", [0x31, 0x2C, 0x80], .invalidUTF8(column: 2), ["1", bad]),
    Example("a sequence cut by the delimiter", [0xC3, 0x2C, 0xA9], .invalidUTF8(column: 1), [bad, bad]),
    Example("an overlong slash", [0xC0, 0xAF, 0x2C], .invalidUTF8(column: 1), [bad + bad, ""]),
    Example("a surrogate", [0x2C, 0xED, 0xA0, 0x80], .invalidUTF8(column: 2), ["", bad + bad + bad]),
    Example(
      "above U+10FFFF", [0x2C, 0xF4, 0x90, 0x80, 0x80], .invalidUTF8(column: 2), ["", bad + bad + bad + bad]),
    Example(
      "Latin-1", [0x72, 0x69, 0x65, 0x66, 0xE4, 0x2C, 0x31], .invalidUTF8(column: 1), ["rief" + bad, "1"]),
    Example(
      "a bad byte far into a field", Array("1,0123456789abcdef".utf8) + [0xFC], .invalidUTF8(column: 2),
      ["1", "0123456789abcdef" + bad]),
  ]

  @Test(arguments: examples, CSVReading.chunks)
  func reportsTheRecordAndReadsOn(_ example: Example, inChunksOf chunk: Int) {
    let bytes = Array("a,b\n".utf8) + example.record + Array("\r\n8,9\n".utf8)
    let reading = CSVReading(bytes, chunk: chunk)
    #expect(reading.failure == nil)
    #expect(reading.records.map(\.fault) == [example.fault, nil])
    #expect(reading.records.map(\.line) == [2, 3])
    #expect(reading.rows == [example.fields, ["8", "9"]])
  }

  static let failures: [(text: [UInt8], failure: CSVFault)] = [
    ([], .empty),
    (Array("\u{FEFF}".utf8), .empty),
    (Array("\n\r\n\n".utf8), .empty),
    ([0xFF, 0xFE], .utf16),
    ([0xFE, 0xFF, 0x00, 0x61], .utf16),
    (Array("id,tags\r\n1,x\r\n".utf8).flatMap { [$0, 0] }, .utf16),
    (Array("id,tags\r\n1,x\r\n".utf8).flatMap { [0, $0] }, .utf16),
    (Array("\"id\",\"tags\"\r\n".utf8).flatMap { [$0, 0] }, .utf16),
    ([0, 0, 0, 0], .headerFault(.nul(column: 1))),
    (Array("id,ta\u{0}gs\n".utf8), .headerFault(.nul(column: 2))),
    (Array("id,".utf8) + [0xE9], .headerFault(.invalidUTF8(column: 2))),
    (Array("\"id\"x,tags".utf8), .headerFault(.textAfterQuote(column: 1))),
    (Array("\"id,tags\n1,2\n".utf8), .unterminatedQuote(line: 1)),
    (Array("\n\na,\"b".utf8), .unterminatedQuote(line: 3)),
    (Array("a,b\n1,\"2\n3,4\n".utf8), .unterminatedQuote(line: 2)),
    (Array("a,b\n\"x\ny\",\"2\n\n3,4\n".utf8), .unterminatedQuote(line: 3)),
    (Array("a,b\n1,\"2\"\"".utf8), .unterminatedQuote(line: 2)),
    (Array("a,b\n1,\"".utf8), .unterminatedQuote(line: 2)),
  ]

  @Test(arguments: failures, CSVReading.chunks)
  func refusesTheFile(_ example: (text: [UInt8], failure: CSVFault), inChunksOf chunk: Int) {
    #expect(CSVReading(example.text, chunk: chunk).failure == example.failure)
  }

  @Test func repeatsItsLastFault() throws {
    var reader = try CSVReader(ByteSource(bytes: Array("a\n1\n\"2".utf8)))
    #expect(try reader.next())
    for _ in 0..<3 {
      #expect(throws: CSVFault.unterminatedQuote(line: 3)) { _ = try reader.next() }
    }
  }
}
