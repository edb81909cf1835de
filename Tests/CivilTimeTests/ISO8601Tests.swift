import Testing

@testable import CivilTime

struct ISO8601Tests {
  private static func parse(_ text: String) throws(ISO8601.Fault) -> ISO8601.ParsedInstant {
    let bytes = Array(text.utf8)
    return try ISO8601.parse(bytes.span)
  }

  @Test(arguments: [
    ("2016-02-29T01:16:00Z", 1_456_708_560), ("2016-02-29t01:16:00z", 1_456_708_560),
    ("2016-02-29 01:16:00Z", 1_456_708_560), ("2016-02-29T01:16Z", 1_456_708_560),
    ("2016-02-29T02:16:00+01:00", 1_456_708_560), ("2016-02-29T02:16:00+0100", 1_456_708_560),
    ("2016-02-29T02:16:00+01", 1_456_708_560), ("2016-02-28T22:16:00-03:00", 1_456_708_560),
    ("2016-02-29T06:46+05:30", 1_456_708_560), ("2016-02-29T01:16:00-00:00", 1_456_708_560),
    ("2016-02-29T01:16:00.9Z", 1_456_708_560), ("2016-02-29T01:16:00,999999999999Z", 1_456_708_560),
    ("2016-02-29T02:16:00.123+01:00", 1_456_708_560), ("1969-12-31T23:59:59.999Z", -1),
    ("1970-01-01T00:00:00Z", 0), ("1900-01-01T00:00:00Z", -2_208_988_800),
    ("2200-12-31T23:59:59.999Z", 7_289_654_399), ("2201-01-01T00:30:00+01:00", 7_289_652_600),
    ("2016-02-29T01:16:00+23:59", 1_456_622_220),
  ])
  func instants(text: String, seconds: Int64) throws {
    #expect(try Self.parse(text) == .instant(Instant(seconds)))
  }

  @Test(arguments: [
    ("2016-02-29T01:16:00", 1_456_708_560), ("2016-02-29 01:16", 1_456_708_560),
    ("2016-02-29 01:16:00.5", 1_456_708_560),
    ("1900-01-01 00:00", -2_208_988_800),
  ])
  func clocksWithoutAZone(text: String, seconds: Int64) throws {
    #expect(try Self.parse(text) == .local(LocalDateTime(secondsSinceEpochAsIfUTC: seconds)))
  }

  @Test(arguments: [
    "", "2016", "2016-02-29", "2016-02-29Z", "2016-02-29T", "2016-02-29T01", "2016-02-29T01Z",
    "2016-02-29T01:1",
    "2016-02-29T01:16:", "2016-02-29T01:16:0", "2016-02-29T01:16:00.", "2016-02-29T01:16:00.Z",
    "2016-02-29T01:16.5Z",
    "2016-02-29T01:16:00ZZ", "2016-02-29T01:16:00 Z", " 2016-02-29T01:16:00Z", "2016-02-29T01:16:00Z ",
    "2016-02-29X01:16:00Z", "2016/02/29 01:16:00", "20160229T011600Z", "16-02-29T01:16:00Z",
    "+2016-02-29T01:16:00Z",
    "-016-02-29T01:16:00Z", "2016-2-29T01:16:00Z", "2016-0a-29T01:16:00Z", "2016-02-29T01:16:00+",
    "2016-02-29T01:16:00+1",
    "2016-02-29T01:16:00+100", "2016-02-29T01:16:00+01:", "2016-02-29T01:16:00+01:0",
    "2016-02-29T01:16:00+01:000",
    "2016-02-29T01:16:00+01-00", "2016-02-29T01:16:00+0a:00", "2016-02-29T01:16:00~01:00",
    "2016-W09-1T01:16:00Z",
    "2016-060T01:16:00Z", "２０16-02-29T01:16:00Z", "2016-02-29T01:16:00−03:00",
  ])
  func formsThatAreNotRead(text: String) {
    #expect(throws: ISO8601.Fault.unreadable) { try Self.parse(text) }
  }

  @Test(arguments: [
    ("2016-02-30T00:00:00Z", ISO8601.Fault.impossibleDate), ("2015-02-29T00:00:00Z", .impossibleDate),
    ("2016-00-01T00:00:00Z", .impossibleDate), ("2016-13-01T00:00:00Z", .impossibleDate),
    ("2016-01-00T00:00:00Z", .impossibleDate), ("2016-04-31 00:00", .impossibleDate),
    ("2016-02-29T24:00:00Z", .impossibleTime), ("2016-02-29T23:60:00Z", .impossibleTime),
    ("2016-12-31T23:59:60Z", .impossibleTime), ("2016-02-29T01:16:00+24:00", .impossibleTime),
    ("2016-02-29T01:16:00-01:60", .impossibleTime), ("1899-12-31T23:59:59Z", .outOfRange),
    ("0000-01-01T00:00:00Z", .outOfRange), ("9999-12-31T23:59:59Z", .outOfRange),
    ("2201-01-01T00:00:00Z", .outOfRange),
    ("2201-01-01 00:00", .outOfRange), ("1900-01-01T00:00:00+01:00", .outOfRange),
    ("2200-12-31T23:59:59-00:01", .outOfRange),
  ])
  func instantsThatCannotBe(text: String, fault: ISO8601.Fault) {
    #expect(throws: fault) { try Self.parse(text) }
  }

  @Test func everyPrefixAndEveryByteOfATextIsReadOrRefused() {
    let text = Array("2016-02-29T01:16:00.125+01:00".utf8)
    var read = 0
    for end in 0...text.count where (try? ISO8601.parse(text.span.extracting(first: end))) != nil {
      read += 1
    }
    // Of the prefixes: HH:MM, :SS, three fractions, +01, +01:00.
    #expect(read == 7)
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[index] = byte
        _ = try? ISO8601.parse(changed.span)
      }
    }
  }

  @Test(arguments: [
    (1_456_708_560, "2016-02-29T01:16:00Z"), (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (-2_208_988_800, "1900-01-01T00:00:00Z"), (7_289_654_399, "2200-12-31T23:59:59Z"),
    (-62_167_219_200, "0000-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    (-62_167_219_201, "-000001-12-31T23:59:59Z"), (253_402_300_800, "+010000-01-01T00:00:00Z"),
    (Int64.max, "+292277026596-12-04T15:30:07Z"), (Int64.min, "-292277022657-01-27T08:29:52Z"),
  ])
  func texts(seconds: Int64, text: String) {
    #expect(ISO8601.string(Instant(seconds)) == text)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    for seconds in stride(from: Instant.earliest.seconds, through: Instant.latest.seconds, by: 1_234_567) {
      #expect(try Self.parse(ISO8601.string(Instant(seconds))) == .instant(Instant(seconds)))
    }
  }

  @Test func theClockRuns() {
    #expect(Instant.now() > Instant(1_700_000_000))
    #expect(Instant.now() < Instant.latest)
  }
}
