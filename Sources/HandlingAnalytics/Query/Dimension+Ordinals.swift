internal import CivilTime

extension Dimension {
  /// Where a value stands among all that the clock or the calendar has: neighbours differ by one, whether or not
  /// the store has anything for them. `nil` for a missing value and for dimensions of names. O(1).
  package func ordinal(of label: HandlingReport.Label) -> Int? {
    switch label {
    case .missing: return nil
    case .number(let number): return self == .hour || self == .weekday ? number : nil
    case .name(let name):
      guard let unit = calendarUnit, let span = try? CivilSpan(name), span.unit == unit else { return nil }
      let date = CivilDate(dayNumber: span.days.lowerBound)
      switch unit {
      case .day: return span.days.lowerBound
      case .week: return (span.days.lowerBound - Self.firstMonday) / 7
      case .month: return date.year * 12 + date.month - 1
      case .quarter: return date.year * 4 + (date.month - 1) / 3
      case .year: return date.year
      }
    }
  }

  /// The value that stands there; `nil` for dimensions of names. The inverse of ``ordinal(of:)``. O(1).
  package func label(at ordinal: Int) -> HandlingReport.Label? {
    if self == .hour || self == .weekday { return .number(ordinal) }
    guard let unit = calendarUnit else { return nil }
    func firstDay(_ year: Int, _ month: Int) -> Int { CivilDate(year: year, month: month, day: 1).dayNumber }
    let day =
      switch unit {
      case .day: ordinal
      case .week: Self.firstMonday + 7 * ordinal
      case .month: firstDay(ordinal / 12, ordinal % 12 + 1)
      case .quarter: firstDay(ordinal / 4, ordinal % 4 * 3 + 1)
      case .year: firstDay(ordinal, 1)
      }
    return .name(CivilSpan(unit, containing: day).text)
  }

  /// 1900-01-01, the first day there can be, counted from 1970-01-01; it is a Monday.
  private static let firstMonday = -25_567

  private var calendarUnit: CivilSpan.Unit? { self == .year ? .year : unit }
}
