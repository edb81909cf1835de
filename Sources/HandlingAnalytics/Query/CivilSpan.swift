internal import CivilTime

/// A civil day, ISO 8601 week, month, quarter or year, as calendar buckets, filters and periods name it. It is
/// made of days, not of instants: a zone gives it limits.
struct CivilSpan: Hashable, Sendable {
  enum Unit: Hashable, Sendable {
    case day, week, month, quarter, year
  }

  /// Why a text names no span.
  enum Fault: Error, Equatable {
    /// Of no known form.
    case unreadable
    /// Of a known form, but the calendar has no such day, week, month or quarter.
    case impossible
    /// Outside the years 1900...2200.
    case outOfYears
  }

  /// The years that can be written.
  static let years = 1900...2200

  let unit: Unit
  /// Its days, counted from 1970-01-01.
  let days: Range<Int>

  /// The span of that unit in which a day, counted from 1970-01-01, lies. O(1).
  init(_ unit: Unit, containing day: Int) {
    self.unit = unit
    let date = CivilDate(dayNumber: day)
    switch unit {
    case .day:
      days = day..<day + 1
    case .week:
      let monday = day - date.isoWeekday + 1
      days = monday..<monday + 7
    case .month:
      days = Self.firstDay(date.year, date.month)..<Self.firstDay(date.year, date.month + 1)
    case .quarter:
      let first = (date.month - 1) / 3 * 3 + 1
      days = Self.firstDay(date.year, first)..<Self.firstDay(date.year, first + 3)
    case .year:
      days = Self.firstDay(date.year, 1)..<Self.firstDay(date.year, 13)
    }
  }

  /// Reads `2016`, `2016-Q1`, `2016-02`, `2016-W09` or `2016-02-29`; `Q` and `W` in any case.
  init(_ text: some StringProtocol) throws(Fault) {
    let bytes = Array(text.utf8.prefix(11))
    guard let year = Self.number(bytes, 0..<4) else { throw .unreadable }
    let (unit, number, day) = try Self.form(bytes)
    guard Self.years ~= year else { throw .outOfYears }
    switch unit {
    case .year:
      self.init(unit, containing: Self.firstDay(year, 1))
    case .quarter:
      guard 1...4 ~= number else { throw .impossible }
      self.init(unit, containing: Self.firstDay(year, 3 * number))
    case .month:
      guard 1...12 ~= number else { throw .impossible }
      self.init(unit, containing: Self.firstDay(year, number))
    case .week:
      // 4 January always lies in the first week of its year, 28 December in the last.
      let last = CivilDate(year: year, month: 12, day: 28).isoWeek.week
      guard number >= 1, number <= last else { throw .impossible }
      self.init(unit, containing: CivilDate(year: year, month: 1, day: 4).dayNumber + 7 * (number - 1))
    case .day:
      guard CivilDate.isValid(year: year, month: number, day: day) else { throw .impossible }
      self.init(unit, containing: CivilDate(year: year, month: number, day: day).dayNumber)
    }
  }

  /// The span of the same unit just before.
  var previous: CivilSpan { CivilSpan(unit, containing: days.lowerBound - 1) }

  /// The text that reads as this span; it sorts by time among the spans of one unit.
  var text: String {
    let date = CivilDate(dayNumber: days.lowerBound)
    switch unit {
    case .day: return "\(date.year)-\(Self.twoDigits(date.month))-\(Self.twoDigits(date.day))"
    case .week: return "\(date.isoWeek.year)-W\(Self.twoDigits(date.isoWeek.week))"
    case .month: return "\(date.year)-\(Self.twoDigits(date.month))"
    case .quarter: return "\(date.year)-Q\((date.month + 2) / 3)"
    case .year: return "\(date.year)"
    }
  }

  /// The unit that a text's form tells, the number behind the year, and that behind the month.
  private static func form(_ bytes: [UInt8]) throws(Fault) -> (unit: Unit, number: Int, day: Int) {
    if bytes.count == 4 { return (.year, 0, 0) }
    guard bytes.count >= 7, bytes[4] == UInt8(ascii: "-") else { throw .unreadable }
    let letter = bytes[5] | 0x20
    if bytes.count == 7, letter == UInt8(ascii: "q"), let quarter = number(bytes, 6..<7) {
      return (.quarter, quarter, 0)
    }
    if bytes.count == 8, letter == UInt8(ascii: "w"), let week = number(bytes, 6..<8) {
      return (.week, week, 0)
    }
    guard let month = number(bytes, 5..<7) else { throw .unreadable }
    if bytes.count == 7 { return (.month, month, 0) }
    guard bytes.count == 10, bytes[7] == UInt8(ascii: "-"), let day = number(bytes, 8..<10) else {
      throw .unreadable
    }
    return (.day, month, day)
  }

  /// The number that ASCII digits at these places write.
  private static func number(_ bytes: [UInt8], _ places: Range<Int>) -> Int? {
    guard places.upperBound <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[places] {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { return nil }
      value = 10 * value + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The first day of a month, counted from 1970-01-01; months 13 to 15 are those of the next year.
  private static func firstDay(_ year: Int, _ month: Int) -> Int {
    CivilDate(year: month > 12 ? year + 1 : year, month: month > 12 ? month - 12 : month, day: 1).dayNumber
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
