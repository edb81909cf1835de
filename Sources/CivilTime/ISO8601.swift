/// Instants as ISO 8601 text: the extended format of RFC 3339, a little wider on the way in.
package enum ISO8601 {
  /// What a text says.
  package enum ParsedInstant: Equatable, Sendable {
    /// A zone was given.
    case instant(Instant)
    /// No zone was given: the reader's zone decides.
    case local(LocalDateTime)
  }

  /// Why a text is no instant. The first that applies, in this order.
  package enum Fault: Error, Equatable, Sendable {
    /// Not of an accepted form; a date alone is none.
    case unreadable
    /// A day that the calendar lacks, such as 02-30.
    case impossibleDate
    /// Hour 24, minute or second 60, or such an offset.
    case impossibleTime
    /// Outside `Instant.earliest...latest`, years 1900 to 2200; without a zone, the clock's own reading.
    case outOfRange
  }

  /// `2016-02-29T01:16:00Z`, in UTC. Years outside 0...9999 carry a sign and six digits or more. O(1).
  package static func string(_ instant: Instant) -> String {
    let clock = LocalDateTime(secondsSinceEpochAsIfUTC: instant.seconds)
    let date = clock.date
    let second = clock.secondOfDay
    guard 0...9999 ~= date.year else {
      let digits = String(date.year.magnitude)
      let zeros = String(repeating: "0", count: max(0, 6 - digits.utf8.count))
      let sameClock = CivilDate(year: 2000, month: date.month, day: date.day)
      let local = LocalDateTime(sameClock, secondOfDay: second)
      return (date.year < 0 ? "-" : "+") + zeros + digits
        + string(Instant(local.secondsSinceEpochAsIfUTC)).dropFirst(4)
    }
    var text: InlineArray<20, UInt8> = InlineArray(repeating: UInt8(ascii: "-"))
    write(date.year / 100, to: &text, at: 0)
    write(date.year % 100, to: &text, at: 2)
    write(date.month, to: &text, at: 5)
    write(date.day, to: &text, at: 8)
    text[10] = UInt8(ascii: "T")
    write(second / 3600, to: &text, at: 11)
    text[13] = UInt8(ascii: ":")
    write(second / 60 % 60, to: &text, at: 14)
    text[16] = UInt8(ascii: ":")
    write(second % 60, to: &text, at: 17)
    text[19] = UInt8(ascii: "Z")
    guard let ascii = try? UTF8Span(validating: text.span) else { return "" }
    return String(copying: ascii)
  }

  /// `2016-02-29T02:16:00+01:00`, as a clock `offset` seconds east of UTC shows it; `Z` at 0. Offsets of old local
  /// times that are no whole minutes are written with their seconds.
  package static func string(_ instant: Instant, offset: Int) -> String {
    guard offset != 0 else { return string(instant) }
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let size = abs(offset)
    let seconds = size.isMultiple(of: 60) ? "" : ":\(twoDigits(size % 60))"
    return string(Instant(instant.seconds + Int64(offset))).dropLast()
      + "\(offset < 0 ? "-" : "+")\(twoDigits(size / 3600)):\(twoDigits(size / 60 % 60))\(seconds)"
  }

  private static func write(_ number: Int, to text: inout InlineArray<20, UInt8>, at index: Int) {
    text[index] = UInt8(ascii: "0") + UInt8(number / 10)
    text[index + 1] = UInt8(ascii: "0") + UInt8(number % 10)
  }
}
