import CivilTime
import ConversationFiles
import Conversations
import Testing

struct ContactFileRejectionTests {
  typealias Reason = RowRejection.Reason

  private static func paris() throws -> ImportOptions {
    var options = ImportOptions()
    options.zone = try TimeZoneRules(identifier: "Europe/Paris")
    return options
  }

  private static let long = String(repeating: "x", count: 257)
  private static let longShown = String(repeating: "x", count: 60) + "…"
  private static let manyTags = (1...65).map { "t\($0)" }.joined(separator: ";")
  private static let longNote = String(repeating: "ü", count: 10_001)

  @Test(
    arguments: [
      ("id", "", nil, .missingValue), ("id", " \t", nil, .missingValue),
      ("Ticket ID", long, longShown, .tooLong(limit: 256)),
      ("startedAt", "", nil, .missingValue),
      ("startedAt", "yesterday", "yesterday", .unreadableInstant),
      ("startedAt", "2016-02-29", "2016-02-29", .unreadableInstant),
      ("startedAt", " 2015-02-29T10:00:00Z ", "2015-02-29T10:00:00Z", .unreadableInstant),
      ("startedAt", "1899-12-31T23:59:59Z", "1899-12-31T23:59:59Z", .instantOutOfRange),
      ("startedAt", "2201-01-01T00:00:00Z", "2201-01-01T00:00:00Z", .instantOutOfRange),
      ("startedAt", "2016-02-29T10:00:00", "2016-02-29T10:00:00", .noZone),
      ("firstReplyAt", "2016-02-29 10:00", "2016-02-29 10:00", .noZone),
      ("End", "later", "later", .unreadableInstant),
      ("endedAt", "2016-02-29T09:59:59Z", "2016-02-29T09:59:59Z", .endBeforeStart),
      ("state", "Ended", "Ended", .endedWithoutEnd),
      ("state", "done", "done", .unknownWord(expected: ["open", "closed", "ended"])),
      ("closing", "me", "me", .unknownWord(expected: ["agent", "visitor", "natural", "bot"])),
      ("endReason", "x", "x", .unknownWord(expected: ["closed", "transferred", "snoozed"])),
      ("bot", "yes", "yes", .unknownWord(expected: ["true", "false", "1", "0"])),
      ("AHT seconds", "5", nil, nil), ("handlingSeconds", "5", nil, nil),
      ("handlingSeconds", "-5", "-5", .negative), ("talk", "-0.5", "-0.5", .negative),
      ("hold", "1.5", "1.5", .fractional), ("acw", "0.0", "0.0", .fractional),
      ("handle time", "1:30", "1:30", .notWholeSeconds), ("talkSeconds", "nan", "nan", .notWholeSeconds),
      ("holdSeconds", "five", "five", .notWholeSeconds), ("wrapUpSeconds", "٣", "٣", .notWholeSeconds),
      ("handlingSeconds", "31622401", "31622401", .durationTooLong(limit: 31_622_400)),
      ("handlingSeconds", "31622400", nil, nil),
      (
        "talkSeconds", "99999999999999999999999", "99999999999999999999999",
        .durationTooLong(limit: 31_622_400)
      ),
      ("contactId", long, longShown, .tooLong(limit: 256)),
      ("Customer", long, longShown, .tooLong(limit: 256)), ("visitor", String(long.dropLast()), nil, nil),
      ("firstMessageAt", "soon", "soon", .unreadableInstant),
      ("channel", long, longShown, .tooLong(limit: 256)),
      ("category", long, longShown, .tooLong(limit: 256)), ("agent", long, longShown, .tooLong(limit: 256)),
      ("group", long, longShown, .tooLong(limit: 256)), ("tags", long, longShown, .tooLong(limit: 256)),
      ("type", manyTags, String(manyTags.prefix(60)) + "…", .tooManyTags(limit: 64)),
      ("note", longNote, String(repeating: "ü", count: 60) + "…", .tooLong(limit: 10_000)),
    ] as [(String, String, String?, Reason?)])
  func aValueThatIsRefused(header: String, cell: String, shown: String?, reason: Reason?) throws {
    let id = header == "Ticket ID" ? [] : [("id", "c0")]
    let fields = (id + [("startedAt", "2016-02-29T10:00:00Z")]).filter { $0.0 != header } + [(header, cell)]
    // The second row, after one that spreads over two lines.
    let text =
      fields.map(\.0).joined(separator: ",") + ",other\n"
      + fields.map { $0.0 == header ? good(header) : $0.1 }.joined(separator: ",") + ",\"a\nb\"\n"
      + fields.map { "\"\($0.1)\"" }.joined(separator: ",") + ",\n"
      + fields.map { $0.0 == header ? good(header) : $0.1 }.joined(separator: ",") + ",\n"
    let reading = try ContactReading(text)
    #expect(reading.rows.map(\.line) == (reason == nil ? [2, 4, 5] : [2, 5]))
    let expected = reason.map { (line: 4, column: header, reason: $0) }
    #expect(reading.rejections.map(\.line) == [expected?.line].compactMap(\.self))
    #expect(reading.rejections.map(\.column) == [expected?.column].compactMap(\.self))
    // A note is for the history, not for error messages.
    #expect(reading.rejections.map(\.value) == (reason == nil ? [] : [header == "note" ? nil : shown]))
    #expect(reading.rejections.map(\.reason) == [expected?.reason].compactMap(\.self))
  }

  /// A cell of the column that is taken.
  private func good(_ header: String) -> String {
    ["id": "c1", "Ticket ID": "c1", "startedAt": "2016-02-29T10:00:00Z"][header] ?? ""
  }

  @Test func aRecordThatIsNoRow() throws {
    let start = "2016-02-29T10:00:00Z"
    var bytes = Array(
      "id,startedAt,note\nc1,\(start)\nc2,\(start),\"a\"b\nc3,\(start),a\u{0}b\nc4,\(start),".utf8)
    bytes += [0xFF, 0x0A]
    bytes += Array(
      "c5,\(start),\(String(repeating: "y", count: 1_048_577))\nc6,\(start),,\nc7,\(start),fine\n".utf8)
    let reading = try ContactReading(bytes)
    #expect(reading.rows.map(\.id) == ["c7"])
    #expect(
      reading.rejections == [
        RowRejection(line: 2, reason: .fieldCount(found: 2, expected: 3)),
        RowRejection(line: 3, column: "note", reason: .textAfterQuote),
        RowRejection(line: 4, column: "note", reason: .nulByte),
        RowRejection(line: 5, column: "note", reason: .invalidUTF8),
        RowRejection(line: 6, column: "note", reason: .tooLong(limit: 1_048_576)),
        RowRejection(line: 7, reason: .fieldCount(found: 4, expected: 3)),
      ])
  }

  @Test func aSkippedHourIsRefusedInEveryInstant() throws {
    let options = try Self.paris()
    // Clocks went from 02:00 to 03:00.
    for (cell, isSkipped) in [
      ("2016-03-27T01:59:59", false), ("2016-03-27T02:00:00", true), ("2016-03-27T02:59:59", true),
      ("2016-03-27T03:00:00", false), ("2016-03-27T02:30:00Z", false), ("2016-03-27T02:30:00+02:00", false),
    ] {
      let reading = try ContactReading("id,startedAt\nc1,\(cell)\n", options: options)
      #expect(reading.rows.count == (isSkipped ? 0 : 1), "\(cell)")
      #expect(
        reading.rejections
          == (isSkipped
            ? [RowRejection(line: 2, column: "startedAt", value: cell, reason: .skippedHour)] : []))
    }
    for header in ["end", "first reply"] {
      let reading = try ContactReading(
        "id,startedAt,\(header)\nc1,2016-03-27T01:00:00,2016-03-27 02:30\n", options: options)
      #expect(
        reading.rejections == [
          RowRejection(line: 2, column: header, value: "2016-03-27 02:30", reason: .skippedHour)
        ])
    }
  }

  @Test func theLongestDurationCanBeChanged() throws {
    var options = ImportOptions()
    options.maxDuration = 60
    let text = "id,startedAt,talk\na,2016-01-01T00:00:00Z,60\nb,2016-01-01T00:00:00Z,61\n"
    let reading = try ContactReading(text, options: options)
    #expect(reading.rows.map(\.record.talkSeconds) == [60])
    #expect(
      reading.rejections == [
        RowRejection(line: 3, column: "talk", value: "61", reason: .durationTooLong(limit: 60))
      ])
    // No duration may stand for a missing one, whatever is allowed.
    options.maxDuration = .max
    let widest = try ContactReading(
      "id,startedAt,talk\na,2016-01-01T00:00:00Z,4294967294\nb,2016-01-01T00:00:00Z,4294967295\n",
      options: options)
    #expect(widest.rows.map(\.record.talkSeconds) == [4_294_967_294])
    #expect(widest.rejections.map(\.reason) == [.durationTooLong(limit: 4_294_967_294)])
  }
}
