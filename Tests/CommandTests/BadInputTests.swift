import Foundation
import Testing

/// Files that are wrong: the exit code, the whole message, and a store that holds nothing wrong afterwards.
///
/// What goes wrong around a file is in `BadCircumstancesTests`, CSV that must be read in `CSVFixtureTests`.
struct BadInputTests {
  private static let start = BadInput.start

  private static let files: [BadInput] = [
    .refused(
      "an empty file", "",
      "wrapup: in.csv: is empty; a CSV file begins with a header such as id,startedAt,tags"),
    .refused(
      "blank lines alone", "\n\r\n\n",
      "wrapup: in.csv: is empty; a CSV file begins with a header such as id,startedAt,tags"),
    BadInput(
      testDescription: "a header alone is a file of no rows", bytes: Data("id,startedAt,agent\n".utf8),
      code: 0,
      complaints: [], taken: []),
    .refused(
      "no id", "startedAt,agent\n\(start),Ann\n",
      "wrapup: in.csv: has no column id; found startedAt, agent. If one of them is, say so: --map id=HEADER"),
    .refused(
      "no start", "id,agent\n1,Ann\n",
      "wrapup: in.csv: has no column startedAt; found id, agent. If one of them is, say so: "
        + "--map startedAt=HEADER"
    ),
    .refused(
      "two columns of one meaning", "id,startedAt,agent,respondent\n1,\(start),Ann,Bob\n",
      "wrapup: in.csv: the columns \"agent\" and \"respondent\" both mean agent; keep one of them"),
    .refused(
      "two columns of one name", "id,startedAt,agent,agent\n1,\(start),Ann,Bob\n",
      "wrapup: in.csv: the columns \"agent\" and \"agent\" both mean agent; keep one of them"),
    .refused(
      "a quote that is not closed", "id,startedAt,note\n1,\(start),ok\n2,\(start),\"open\n3,\(start),x\n",
      "wrapup: in.csv: line 3: a quote opens a field that is not closed within 8 MB or before the end; "
        + "double the quotes inside a quoted field. Nothing of the file was taken"
    ),
    .refused(
      "Latin-1 in the header", Data("id,startedAt,B".utf8) + [0xFC] + Data("ro\n1,\(start),x\n".utf8),
      "wrapup: in.csv: field 3 of the header is not UTF-8; save the file as UTF-8"),
    .refused(
      "NUL in the header", "id,star\u{0}tedAt\n1,\(start)\n",
      "wrapup: in.csv: field 2 of the header holds a NUL byte"),
    .refused(
      "nothing but NUL", Data(count: 4096), "wrapup: in.csv: field 1 of the header holds a NUL byte"),
    .refused(
      "UTF-16 with its mark", [0xFF, 0xFE] + utf16("id,startedAt\n1,\(start)\n", isBig: false),
      "wrapup: in.csv: is UTF-16; save it as UTF-8"),
    .refused(
      "UTF-16, little end first", utf16("id,startedAt\n1,\(start)\n", isBig: false),
      "wrapup: in.csv: is UTF-16; save it as UTF-8"),
    .refused(
      "UTF-16, big end first", utf16("id,startedAt\n1,\(start)\n", isBig: true),
      "wrapup: in.csv: is UTF-16; save it as UTF-8"),
    .refused(
      "10,000 columns", "id,startedAt" + (2..<10_000).map { ",c\($0)" }.joined() + "\n",
      "wrapup: in.csv: has more than 4,096 columns"),
    .refused(
      "a packed file", Data([0x1F, 0x8B, 8, 0, 1, 2, 3]),
      "wrapup: in.csv: is packed; 'zcat FILE | wrapup import -' unpacks it"),
    .refused(
      "a spreadsheet", Data("PK\u{3}\u{4}".utf8) + Data(count: 30),
      "wrapup: in.csv: is a spreadsheet or a zip archive; save the sheet as CSV, or unpack the archive"),
    .refused(
      "one JSON array", "[{\"id\":\"1\",\"startedAt\":\"\(start)\"}]",
      "wrapup: in.csv: is one JSON array; write an object a line, such as "
        + "'jq -c \".[]\" FILE | wrapup import -' does"
    ),
  ]

  private static func utf16(_ text: String, isBig: Bool) -> Data {
    Data(text.utf8.flatMap { isBig ? [0, $0] : [$0, 0] })
  }

  @Test("a file that cannot be read as one of contacts", arguments: files)
  func file(_ input: BadInput) throws { try input.check() }

  private static let rows: [BadInput] = [
    .rows(
      "fields that are too few or too many",
      "id,startedAt,note\n1,\(start),ok\n2,\(start)\n3,\(start),ok,more\n",
      taken: ["1"], "in.csv:3: has 2 fields where the header has 3",
      "in.csv:4: has 4 fields where the header has 3; \(quotes)"),
    .rows(
      "10,000 fields", "id,startedAt\n1,\(start)" + String(repeating: ",", count: 9_998) + "\n2,\(start)\n",
      taken: ["2"], "in.csv:2: has 10,000 fields where the header has 2; \(quotes)"),
    .rows(
      "text behind a closing quote", "id,startedAt,note\n1,\(start),\"a\"b\n", taken: [],
      "in.csv:2: note has text after its closing quote; double the quotes inside a quoted field"),
    BadInput(
      testDescription: "Latin-1 in a row",
      bytes: Data("id,startedAt,agent\n1,\(start),J".utf8) + [0xFC] + Data("rgen\n2,\(start),Ann\n".utf8),
      code: 0,
      complaints: ["in.csv:2: agent is not UTF-8; save the file as UTF-8"], taken: ["2"]),
    .rows(
      "NUL in a row", "id,startedAt,agent\n1,\(start),An\u{0}n\n2,\(start),Ben\n", taken: ["2"],
      "in.csv:2: agent holds a NUL byte"),
    .rows(
      "an id that is too long, and none",
      "id,startedAt\n\(String(repeating: "x", count: 257)),\(start)\n,\(start)\n",
      taken: [], "in.csv:2: id \"\(String(repeating: "x", count: 60))…\" is longer than 256 bytes",
      "in.csv:3: id is empty and must not be"),
    .rows(
      "a time without zone", "id,startedAt\n1,2026-01-05 10:00\n2,2026-01-05T10:00:00\n3,\(start)\n",
      taken: ["3"],
      "in.csv:2: startedAt \"2026-01-05 10:00\" \(noOffset)",
      "in.csv:3: startedAt \"2026-01-05T10:00:00\" \(noOffset)"
    ),
    .rows(
      "a local hour that was skipped", "id,startedAt\n1,2026-03-29 02:30\n2,2026-03-29 03:30\n",
      ["--zone", "Europe/Paris"], taken: ["2"],
      "in.csv:2: startedAt \"2026-03-29 02:30\" does not exist in that zone: "
        + "clocks were put forward over it; add an offset such as +01:00"),
    .rows(
      "what is no instant",
      "id,startedAt\n1,yesterday\n2,2026-02-30T10:00:00Z\n3,1776-07-04T00:00:00Z\n4,\n5,25:00\n6,\u{7f}\n",
      taken: [],
      "in.csv:2: startedAt \"yesterday\" \(noInstant)",
      "in.csv:3: startedAt \"2026-02-30T10:00:00Z\" \(noInstant)", "  … and 2 more like these",
      "in.csv:4: startedAt \"1776-07-04T00:00:00Z\" lies outside the years 1900 to 2200",
      "in.csv:5: startedAt is empty and must not be"),
    .rows(
      "a date alone", "id,startedAt\n1,2026-01-05\n2,\(start)\n", taken: ["2"],
      "in.csv:2: startedAt \"2026-01-05\" is a date without a time of day; write it like 2026-01-05T14:05:00Z"
    ),
    .rows(
      "an end before the start",
      "id,startedAt,endedAt\n1,\(start),2026-01-05T09:59:59Z\n2,\(start),\(start)\n",
      taken: ["2"], "in.csv:2: endedAt \"2026-01-05T09:59:59Z\" is before the start"),
    .rows(
      "seconds of every wrong kind",
      "id,startedAt,handlingSeconds\n"
        + [
          "-5", "4.5", "99999999999999999999", "31622401", "1e3", "60 s", "\"1,200\"", "00:05:00", "31622400",
        ]
        .enumerated().map { "\($0 + 1),\(start),\($1)\n" }.joined(),
      taken: ["9"], "in.csv:2: handlingSeconds \"-5\" is negative; durations are whole seconds from 0",
      "in.csv:3: handlingSeconds \"4.5\" has a fraction; durations are whole seconds",
      "in.csv:4: handlingSeconds \"99999999999999999999\" is above 31,622,400 s; --max-duration allows more",
      "in.csv:5: handlingSeconds \"31622401\" is above 31,622,400 s; --max-duration allows more",
      "in.csv:6: handlingSeconds \"1e3\" is not a number of whole seconds, such as 300",
      "in.csv:7: handlingSeconds \"60 s\" is not a number of whole seconds, such as 300",
      "  … and 2 more like these"),
    .rows(
      "words that are none of those known",
      "id,startedAt,closing,state,endReason,bot\n1,\(start),boss,,,\n2,\(start),,done,,\n3,\(start),,,left,\n"
        + "4,\(start),,,,maybe\n5,\(start),,ended,,\n6,\(start),,,,\n",
      taken: ["6"], "in.csv:2: closing \"boss\" is none of agent, visitor, natural, bot",
      "in.csv:3: state \"done\" is none of open, closed, ended",
      "in.csv:4: endReason \"left\" is none of closed, transferred, snoozed",
      "in.csv:5: bot \"maybe\" is none of true, false, 1, 0",
      "in.csv:6: state \"ended\" says ended, but endedAt is empty"),
    .rows(
      "conflicting rows of one contact",
      "id,startedAt,contactId,agent\na,\(start),1,Ann\nb,\(start),1,Ann\na,\(start),1,Ben\n",
      taken: ["a", "b"], "in.csv:4: has other values for the contact whose key is already on line 2"),
    .rows(
      "JSON Lines",
      "{\"id\":\"1\"}\n{\"id\":\"2\",\"startedAt\":\"x\"}\nno\n"
        + "{\"id\":\"3\",\"startedAt\":\"\(start)\",\"holdSeconds\":-1}\n"
        + "{\"id\":\"4\",\"startedAt\":\"\(start)\"}\n",
      taken: ["4"], "in.csv:1: startedAt is empty and must not be", "in.csv:2: startedAt \"x\" \(noInstant)",
      "in.csv:3: byte 1: a line is one JSON object, such as {\"id\":\"c-17\",\"tags\":[\"Refund\"]}",
      "in.csv:4: holdSeconds \"-1\" is negative; durations are whole seconds from 0"),
  ]

  private static let quotes = "a field that holds the separator stands in quotes"
  private static let noOffset = "has no offset; add Z or +01:00, or import with --zone Europe/Paris"
  private static let noInstant =
    "is not an instant; write it like 2016-02-29T14:05:00Z or 2016-02-29T15:05:00+01:00, or as unix seconds"

  @Test("rows that cannot be taken", arguments: rows)
  func row(_ input: BadInput) throws { try input.check() }

  @Test("a field of 50 MB, quoted and not, and one of 2 MB")
  func hugeFields() throws {
    func file(_ count: Int, quote: String) -> Data {
      Data("id,startedAt,note\n1,\(Self.start),\(quote)".utf8) + Data(repeating: 0x78, count: count)
        + Data("\(quote)\n2,\(Self.start),y\n".utf8)
    }
    try BadInput.refused(
      "plain", file(50_000_000, quote: ""),
      "wrapup: in.csv: line 2: the row is longer than 8,388,608 bytes; nothing of the file was taken"
    ).check()
    try BadInput.refused(
      "quoted", file(50_000_000, quote: "\""),
      "wrapup: in.csv: line 2: a quote opens a field that is not closed within 8 MB or before the end; "
        + "double the quotes inside a quoted field. Nothing of the file was taken"
    ).check()
    try BadInput(
      testDescription: "a row that ends", bytes: file(2_000_000, quote: "\""), code: 0,
      complaints: ["in.csv:2: note is longer than 1,048,576 bytes"], taken: ["2"]
    ).check()
  }
}
