import Foundation

@testable import HandlingAnalytics

/// Civil buckets by Foundation's calendar, which shares nothing with ours.
final class ReferenceCalendar {
  private let calendar: Calendar
  private var known: [Int64: DateComponents] = [:]

  init(zone: String) {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(identifier: zone)!
    self.calendar = calendar
  }

  /// The label of an instant's bucket.
  func label(_ dimension: HandlingAnalytics.Dimension, of instant: Int64) -> HandlingReport.Label {
    let civil = components(of: instant)
    let month = Self.padded(civil.month!)
    return switch dimension {
    case .hour: .number(civil.hour!)
    // Foundation's week begins on Sunday, as number 1.
    case .weekday: .number(civil.weekday! == 1 ? 7 : civil.weekday! - 1)
    case .day: .name("\(civil.year!)-\(month)-\(Self.padded(civil.day!))")
    case .week: .name("\(civil.yearForWeekOfYear!)-W\(Self.padded(civil.weekOfYear!))")
    case .month: .name("\(civil.year!)-\(month)")
    case .quarter: .name("\(civil.year!)-Q\([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][civil.month! - 1])")
    default: .name("\(civil.year!)")
    }
  }

  private func components(of instant: Int64) -> DateComponents {
    if let found = known[instant] { return found }
    let found = calendar.dateComponents(
      [.year, .month, .day, .hour, .weekday, .weekOfYear, .yearForWeekOfYear],
      from: Date(timeIntervalSince1970: Double(instant)))
    known[instant] = found
    return found
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
