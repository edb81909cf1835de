import ConversationFiles
import TestSupport
import Testing

@Suite struct CSVReaderPropertyTests {

  static let pieces = ["a", "b", " ", "\"", ",", ";", "\t", "\n", "\r", "\r\n", "ä", "€", "😀", "word"]

  /// Writes a field as RFC 4180 asks, with quotes wherever they are needed and sometimes elsewhere.
  static func written(_ field: String, delimiter: String, using random: inout SeededGenerator) -> String {
    let special = ["\"", "\n", "\r", delimiter]
    let needsQuotes = special.contains { mark in field.utf8.contains(mark.utf8.first ?? 0) }
    guard needsQuotes || Int.random(in: 0..<4, using: &random) == 0 else { return field }
    let doubled = field.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + doubled.joined() + "\""
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func readsBackWhatWasWritten(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let delimiter = try #require([",", ";", "\t"].randomElement(using: &random))
    let width = Int.random(in: 2...6, using: &random)
    let table = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      (0..<width).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
        }.joined()
      }
    }
    let header = (0..<width).map { "column\($0)" }
    var text = ""
    for row in [header] + table {
      text += row.map { Self.written($0, delimiter: delimiter, using: &random) }
        .joined(separator: delimiter)
      text += Bool.random(using: &random) ? "\r\n" : "\n"
    }
    if Bool.random(using: &random), text.unicodeScalars.last == "\n" {
      text.unicodeScalars.removeLast()
      if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
    }
    for chunk in CSVReading.chunks {
      let reading = CSVReading(text, chunk: chunk)
      #expect(reading.failure == nil)
      #expect(reading.header == header)
      #expect(reading.rows == table)
      #expect(reading.records.allSatisfy { $0.fault == nil })
    }
  }

  static let soup: [[UInt8]] =
    ["a", "a", "\"", "\"", ",", ",", ";", "\n", "\n", "\r", "\r\n", "\t", "ä", "😀", "\u{0}"]
    .map { Array($0.utf8) } + [[0xC3], [0xFF]]

  static let roomy = CSVLimits(columns: 100, buffer: 2)
  static let tight = CSVLimits(field: 3, record: 9, columns: 3, buffer: 2)

  /// Any bytes at all: the reader and the reference parser agree on every field, line and fault.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func agreesWithTheReference(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      var bytes: [UInt8] = []
      if Int.random(in: 0..<3, using: &random) > 0 { bytes = Array("a,b\n".utf8) }
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        bytes += Self.soup[Int.random(in: 0..<Self.soup.count, using: &random)]
      }
      for limits in [Self.roomy, Self.tight] {
        let expected = ReferenceCSV(limits: limits).reading(of: bytes)
        for chunk in [1, 2, 3, 7, Int.max] {
          let reading = CSVReading(bytes, chunk: chunk, limits: limits)
          #expect(reading == expected, "seed \(seed), chunk \(chunk), bytes \(bytes)")
        }
      }
    }
  }
}
