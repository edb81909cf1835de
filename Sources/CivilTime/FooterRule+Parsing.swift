extension FooterRule {
  /// Reads `CET-1CEST,M3.5.0,M10.5.0/3` and its like; `unreadableFile` for anything else. A season without
  /// dates is refused: POSIX leaves it to the system.
  init(_ text: Span<UInt8>) throws(TimeZoneRules.Fault) {
    var position = 0
    try Self.skipName(text, &position)
    standardOffset = -Int32(try Self.clock(text, &position, hours: 0...24))
    guard position < text.count else { return }

    try Self.skipName(text, &position)
    var offset = standardOffset + 3600
    if position < text.count, text[position] != UInt8(ascii: ",") {
      offset = -Int32(try Self.clock(text, &position, hours: 0...24))
    }
    let start = try Self.moment(text, &position)
    let end = try Self.moment(text, &position)
    guard position == text.count else { throw .unreadableFile }
    daylight = Daylight(offset: offset, start: start, end: end)
  }

  /// Steps over three letters or more, or `<...>` with letters, digits and signs.
  private static func skipName(_ text: Span<UInt8>, _ position: inout Int) throws(TimeZoneRules.Fault) {
    let isQuoted = skip(UInt8(ascii: "<"), text, &position)
    let start = position
    while position < text.count, isNameByte(text[position], isQuoted: isQuoted) { position += 1 }
    guard position - start >= 3 else { throw .unreadableFile }
    if isQuoted { try expect(UInt8(ascii: ">"), text, &position) }
  }

  private static func isNameByte(_ byte: UInt8, isQuoted: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
    default: false
    }
  }

  /// `,day` or `,day/time`; the time is 02:00:00 unless given.
  private static func moment(
    _ text: Span<UInt8>, _ position: inout Int
  ) throws(TimeZoneRules.Fault) -> Moment {
    try expect(UInt8(ascii: ","), text, &position)
    let day: Day
    if skip(UInt8(ascii: "J"), text, &position) {
      day = .withoutLeapDay(try number(text, &position, in: 1...365))
    } else if skip(UInt8(ascii: "M"), text, &position) {
      let month = try number(text, &position, in: 1...12)
      try expect(UInt8(ascii: "."), text, &position)
      let week = try number(text, &position, in: 1...5)
      try expect(UInt8(ascii: "."), text, &position)
      day = .weekday(month: month, week: week, weekday: try number(text, &position, in: 0...6))
    } else {
      day = .fromNewYear(try number(text, &position, in: 0...365))
    }
    guard skip(UInt8(ascii: "/"), text, &position) else { return Moment(day: day, second: 7200) }
    // Version 3 widened POSIX's 0...24 h to a week either way.
    return Moment(day: day, second: try clock(text, &position, hours: 0...167))
  }

  /// `[+-]h[:mm[:ss]]` in seconds.
  private static func clock(
    _ text: Span<UInt8>, _ position: inout Int, hours: ClosedRange<Int>
  ) throws(TimeZoneRules.Fault) -> Int {
    let isNegative = skip(UInt8(ascii: "-"), text, &position)
    if !isNegative { _ = skip(UInt8(ascii: "+"), text, &position) }
    var seconds = 3600 * (try number(text, &position, in: hours))
    if skip(UInt8(ascii: ":"), text, &position) {
      seconds += 60 * (try number(text, &position, in: 0...59))
      if skip(UInt8(ascii: ":"), text, &position) { seconds += try number(text, &position, in: 0...59) }
    }
    return isNegative ? -seconds : seconds
  }

  /// One to three digits.
  private static func number(
    _ text: Span<UInt8>, _ position: inout Int, in range: ClosedRange<Int>
  ) throws(TimeZoneRules.Fault) -> Int {
    let start = position
    var value = 0
    while position < text.count, position - start < 3 {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value = 10 * value + Int(digit)
      position += 1
    }
    guard position > start, range ~= value else { throw .unreadableFile }
    return value
  }

  private static func skip(_ byte: UInt8, _ text: Span<UInt8>, _ position: inout Int) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }

  private static func expect(
    _ byte: UInt8, _ text: Span<UInt8>, _ position: inout Int
  ) throws(TimeZoneRules.Fault) {
    guard skip(byte, text, &position) else { throw .unreadableFile }
  }
}
