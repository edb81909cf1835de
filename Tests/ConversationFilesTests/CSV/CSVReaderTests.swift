import ConversationFiles
import Testing

/// Whole files and the rows that RFC 4180, or the reader's own rules, make of them.
@Suite struct CSVReaderTests {
  struct Example: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var header: [String]
    var rows: [[String]]

    init(_ name: String, _ text: String, _ header: [String], _ rows: [[String]]) {
      testDescription = name
      self.text = text
      self.header = header
      self.rows = rows
    }
  }

  static let ab = ["a", "b"]

  static let examples = [
    Example("RFC 2.1: records end with CRLF", "a,b\r\n1,2\r\n3,4\r\n", ab, [["1", "2"], ["3", "4"]]),
    Example(
      "RFC 2.2: the last line end may be missing", "a,b\r\n1,2\r\n3,4", ab, [["1", "2"], ["3", "4"]]),
    Example("RFC 2.4: spaces belong to the field", "a,b\n 1 , 2\t\n", ab, [[" 1 ", " 2\t"]]),
    Example("RFC 2.5: fields may be quoted", "a,b\n\"1\",2\n3,\"4\"\n", ab, [["1", "2"], ["3", "4"]]),
    Example(
      "RFC 2.6: quoted line ends and delimiters", "a,b\n\"1\r\n2\n3\",\"4,5\"\n6,7", ab,
      [["1\r\n2\n3", "4,5"], ["6", "7"]]),
    Example(
      "RFC 2.7: quotes are doubled", "a,b\n\"say \"\"hi\"\" now\",\"\"\"\"\n\"\"\"x\",\"y\"\"\"\n", ab,
      [["say \"hi\" now", "\""], ["\"x", "y\""]]),
    Example("many doubled quotes", "a,b\n\"\"\"\"\"\"\"\",1\n", ab, [["\"\"\"", "1"]]),
    Example("LF and CRLF mixed", "a,b\n1,2\r\n3,4\n5,6\r\n", ab, [["1", "2"], ["3", "4"], ["5", "6"]]),
    Example("empty fields", "a,b\n,\n1,\n,2", ab, [["", ""], ["1", ""], ["", "2"]]),
    Example("a trailing delimiter at the end of the file", "a,b\n1,", ab, [["1", ""]]),
    Example("empty quoted fields", "a,b\n\"\",\"\"\n\"\",1\n", ab, [["", ""], ["", "1"]]),
    Example("a quoted field closes the file", "a,b\n1,\"2\"", ab, [["1", "2"]]),
    Example("a quoted field before CRLF", "a,b\r\n1,\"2\"\r\n3,\"\"\r\n", ab, [["1", "2"], ["3", ""]]),
    Example(
      "a quote inside an unquoted field is data", "a,b\n5\" disk,x\"y\"\n", ab, [["5\" disk", "x\"y\""]]),
    Example("a quote behind a space is data", "a,b\n1, \"2\"\n", ab, [["1", " \"2\""]]),
    Example("lone CR is data", "a,b\n1\r2,\r\n\r3,4\r\r\n", ab, [["1\r2", ""], ["\r3", "4\r"]]),
    Example("lone CR at the end is data", "a,b\n1,2\r", ab, [["1", "2\r"]]),
    Example("only lone CRs: one header", "a,b\r1,2\r", ["a", "b\r1", "2\r"], []),
    Example(
      "blank lines are skipped", "\n\r\na,b\n\n\r\n1,2\n\n\n3,4\n\r\n", ab, [["1", "2"], ["3", "4"]]),
    Example("a header alone", "a,b", ab, []),
    Example("one column", "a\n1\n\"\"\n2\n", ["a"], [["1"], [""], ["2"]]),
    Example("a byte order mark", "\u{FEFF}a,b\n1,2\n", ab, [["1", "2"]]),
    Example("a byte order mark before a quote", "\u{FEFF}\"a\",b\n1,2\n", ab, [["1", "2"]]),
    Example("header names are trimmed", " a\t,\"\t b c \"\n1,2\n", ["a", "b c"], [["1", "2"]]),
    Example("a header over two lines", "\"a\nx\",b\n1,2\n", ["a\nx", "b"], [["1", "2"]]),
    Example("text of many scripts", "a,b\nä€😀,\"日本\"\n", ab, [["ä€😀", "日本"]]),
    Example("semicolons", "a;b\n1,5;2\n", ab, [["1,5", "2"]]),
    Example("tabs", "a\tb\n1\t\"2\t3\"\n", ab, [["1", "2\t3"]]),
    Example(
      "a long field beside short ones", "a,b\n\(String(repeating: "x", count: 200)),2\n", ab,
      [[String(repeating: "x", count: 200), "2"]]),
  ]

  @Test(arguments: examples, CSVReading.chunks)
  func readsRows(of example: Example, inChunksOf chunk: Int) {
    let reading = CSVReading(example.text, chunk: chunk)
    #expect(reading.failure == nil)
    #expect(reading.header == example.header)
    #expect(reading.rows == example.rows)
    #expect(reading.records.allSatisfy { $0.fault == nil })
    #expect(reading.consumed == example.text.utf8.count)
  }

  @Test(arguments: CSVReading.chunks)
  func tellsTheLineARecordBeginsOn(chunk: Int) {
    let text = "\n\na,b\r\n1,2\n\n\"3\n3\",\"\r\n\"\n\r\n4\r4,5\n6,7"
    #expect(CSVReading(text, chunk: chunk).records.map(\.line) == [4, 6, 10, 11])
  }

  @Test(arguments: CSVReading.chunks)
  func countsBytesUpToTheCurrentRecord(chunk: Int) throws {
    let text = "\u{FEFF}a,b\r\n1,2\n\n\"3\n\"\"3\",4"
    var reader = try CSVReader(ByteSource(bytes: Array(text.utf8), chunk: chunk))
    #expect(reader.bytesConsumed == 8)
    #expect(try reader.next() && reader.bytesConsumed == 12)
    #expect(try reader.next() && reader.bytesConsumed == text.utf8.count)
    #expect(try !reader.next() && reader.bytesConsumed == text.utf8.count)
    #expect(try !reader.next())
  }

  static let delimiters: [(header: String, delimiter: Character)] = [
    ("a", ","), ("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ("a,b;c", ","), ("a;b;c,d", ";"),
    ("a\tb;c", ";"), ("\"x,y,z\";b", ";"), ("\"x\"\",,\";b", ";"), ("a;\"b\n,,,,\"", ";"),
    ("a;5\",b,c\"", ","), ("\n\r\na;b\n,,,", ";"), ("a;b\n,,,", ";"), ("\u{FEFF}\"a,,\";b", ";"),
  ]

  @Test(arguments: delimiters, CSVReading.chunks)
  func findsTheDelimiter(example: (header: String, delimiter: Character), inChunksOf chunk: Int) {
    #expect(CSVReading(example.header, chunk: chunk).delimiter == example.delimiter.asciiValue)
  }

  @Test func takesTheDelimiterItIsGiven() {
    let reading = CSVReading("a;b|c\n1|2\n", delimiter: UInt8(ascii: "|"))
    #expect(reading.header == ["a;b", "c"])
    #expect(reading.rows == [["1", "2"]])
  }
}
