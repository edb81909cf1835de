internal import CivilTime
internal import Columnar

/// The buckets of one calendar dimension over a range of instants: codes for the scan, labels for the answer.
struct CalendarBuckets {
  let codes: CalendarCodes
  /// The label of each code; code 0 is missing.
  let labels: [HandlingReport.Label]

  /// O(days + transitions of the zone in the range).
  init(_ dimension: Dimension, over instants: ClosedRange<Int64>, in zone: TimeZoneRules) {
    let runs = zone.offsetRuns(from: Instant(instants.lowerBound), through: Instant(instants.upperBound))
    let grain: CalendarCodes.Grain
    if dimension == .hour {
      grain = .hours
      labels = [.missing] + (0..<24).map { .number($0) }
    } else if dimension == .weekday {
      let days = Self.localDays(instants)
      grain = .days(
        first: days.lowerBound, codes: days.map { UInt32(CivilDate(dayNumber: Int($0)).isoWeekday) })
      labels = [.missing] + (1...7).map { .number($0) }
    } else {
      let days = Self.localDays(instants)
      var dayCodes: [UInt32] = []
      var found: [HandlingReport.Label] = [.missing]
      var lastName = ""
      for day in days {
        let name = Self.name(of: CivilDate(dayNumber: Int(day)), dimension)
        if name != lastName {
          found.append(.name(name))
          lastName = name
        }
        dayCodes.append(UInt32(found.count - 1))
      }
      grain = .days(first: days.lowerBound, codes: dayCodes)
      labels = found
    }
    codes = CalendarCodes(
      runStarts: runs.map(\.start), offsets: runs.map { Int64($0.offset) }, grain: grain)
  }

  /// Every local day that an instant of the range can fall on, whatever the zone's offset, which stays below a day.
  private static func localDays(_ instants: ClosedRange<Int64>) -> ClosedRange<Int64> {
    (instants.lowerBound / 86_400 - 2)...(instants.upperBound / 86_400 + 2)
  }

  private static func name(of date: CivilDate, _ dimension: Dimension) -> String {
    switch dimension {
    case .day: "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    case .week: "\(date.isoWeek.year)-W\(twoDigits(date.isoWeek.week))"
    case .month: "\(date.year)-\(twoDigits(date.month))"
    case .quarter: "\(date.year)-Q\((date.month + 2) / 3)"
    default: "\(date.year)"
    }
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
