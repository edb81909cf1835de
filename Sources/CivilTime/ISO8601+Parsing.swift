extension ISO8601 {
  /// Reads `YYYY-MM-DD`, `T`, `t` or a space, `HH:MM`, then optionally `:SS`, a fraction of any number of
  /// digits after `.` or `,` (floored to the second), and a zone: `Z`, `z`, `±HH`, `±HHMM` or `±HH:MM`.
  ///
  /// The bytes must hold this and nothing else. Allocates nothing; O(bytes).
  package static func parse(_ bytes: Span<UInt8>) throws(Fault) -> ParsedInstant {
    let count = bytes.count
    guard count >= 16,
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"),
      bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " ")
    else { throw .unreadable }
    let century = twoDigits(bytes, at: 0)
    let yearOfCentury = twoDigits(bytes, at: 2)
    let month = twoDigits(bytes, at: 5)
    let day = twoDigits(bytes, at: 8)
    let hour = twoDigits(bytes, at: 11)
    let minute = twoDigits(bytes, at: 14)
    var second = 0
    var position = 16
    if count > 16, bytes[16] == UInt8(ascii: ":") {
      guard count >= 19 else { throw .unreadable }
      second = twoDigits(bytes, at: 17)
      position = try endOfFraction(bytes, from: 19)
    }
    // A negative number anywhere shows in the sign.
    guard century | yearOfCentury | month | day | hour | minute | second >= 0 else { throw .unreadable }
    let offset = try zoneOffset(bytes, from: position)

    let year = 100 * century + yearOfCentury
    guard CivilDate.isValid(year: year, month: month, day: day) else { throw .impossibleDate }
    guard hour < 24, minute < 60, second < 60 else { throw .impossibleTime }
    let days = CivilDate(year: year, month: month, day: day).dayNumber
    let clock = Int64(days * 86_400 + hour * 3600 + minute * 60 + second)
    let instant: Int64
    switch offset {
    case .none: instant = clock
    case .east(let seconds): instant = clock - Int64(seconds)
    case .impossible: throw .impossibleTime
    }
    guard Instant.earliest.seconds <= instant, instant <= Instant.latest.seconds else { throw .outOfRange }
    if case .none = offset { return .local(LocalDateTime(secondsSinceEpochAsIfUTC: clock)) }
    return .instant(Instant(instant))
  }

  private enum ZoneOffset {
    case none
    case east(seconds: Int)
    case impossible
  }

  /// The number that two ASCII digits write, or -1.
  @inline(__always)
  private static func twoDigits(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let tens = bytes[index] &- UInt8(ascii: "0")
    let ones = bytes[index + 1] &- UInt8(ascii: "0")
    let number = Int(tens) &* 10 &+ Int(ones)
    return max(tens, ones) <= 9 ? number : -1
  }

  /// Steps over a fraction of a second, if there is one: what it adds is floored away, before 1970 too.
  @inline(__always)
  private static func endOfFraction(_ bytes: Span<UInt8>, from start: Int) throws(Fault) -> Int {
    let count = bytes.count
    guard start < count, bytes[start] == UInt8(ascii: ".") || bytes[start] == UInt8(ascii: ",") else {
      return start
    }
    var position = start + 1
    while position < count, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
    guard position > start + 1 else { throw .unreadable }
    return position
  }

  /// Reads the zone, which must end the text.
  @inline(__always)
  private static func zoneOffset(_ bytes: Span<UInt8>, from start: Int) throws(Fault) -> ZoneOffset {
    let length = bytes.count - start
    guard length > 0 else { return .none }
    let sign = bytes[start]
    if length == 1, sign | 0x20 == UInt8(ascii: "z") { return .east(seconds: 0) }
    guard length >= 3, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .unreadable }
    let hours = twoDigits(bytes, at: start + 1)
    let minutes: Int
    switch length {
    case 3: minutes = 0
    case 5: minutes = twoDigits(bytes, at: start + 3)
    case 6 where bytes[start + 3] == UInt8(ascii: ":"): minutes = twoDigits(bytes, at: start + 4)
    default: throw .unreadable
    }
    guard hours | minutes >= 0 else { throw .unreadable }
    guard hours < 24, minutes < 60 else { return .impossible }
    let seconds = hours * 3600 + minutes * 60
    return .east(seconds: sign == UInt8(ascii: "-") ? -seconds : seconds)
  }
}
