import Foundation

@testable import HandlingAnalytics

/// Civil buckets by Foundation's calendar, which shares nothing with ours.
final class ReferenceCalendar {
  /// When questions are asked: noon in Greenwich on 8 March 2017, a Wednesday.
  static let now: Int64 = 1_488_974_400

  let zone: String
  private let calendar: Calendar
  /// The same calendar without a zone, for counting days.
  private let days: Calendar
  private var known: [Int64: DateComponents] = [:]
  private var knownLimits: [Period: Limits] = [:]

  init(zone: String) {
    self.zone = zone
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(identifier: zone)!
    self.calendar = calendar
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    days = calendar
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

extension ReferenceCalendar {
  /// From `from` to before `to`, unix seconds.
  struct Limits: Equatable {
    var from: Int64?
    var to: Int64?

    func contains(_ instant: Int64) -> Bool {
      if let from, instant < from { return false }
      if let to, instant >= to { return false }
      return true
    }
  }

  /// The limits of a period whose text is right.
  func limits(of period: Period) -> Limits {
    if let found = knownLimits[period] { return found }
    var limits = Limits()
    switch period {
    case .named(let name):
      let (first, behind) = dayRange(of: name)
      limits = Limits(from: start(of: first), to: start(of: behind))
    case .between(let from, let to):
      limits.from = from.map { $0.contains("T") ? Self.instant($0) : start(of: day($0)) }
      limits.to = to.map { $0.contains("T") ? Self.instant($0) : start(of: day($0, plus: 1)) }
    }
    knownLimits[period] = limits
    return limits
  }

  /// The first day of a period and the first behind it, as noons without a zone.
  private func dayRange(of name: String) -> (Date, Date) {
    let civil = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(Self.now)))
    let today = noon(civil.year!, civil.month!, civil.day!)
    if name.hasSuffix("d") { return (moved(today, .day, -Int(name.dropLast())!), today) }
    if let dots = name.range(of: "..") {
      return (day(String(name[..<dots.lowerBound])), day(String(name[dots.upperBound...]), plus: 1))
    }
    switch name {
    case "today": return (today, moved(today, .day, 1))
    case "last-week":
      let monday = moved(today, .day, -((days.component(.weekday, from: today) + 5) % 7))
      return (moved(monday, .day, -7), monday)
    case "this-month":
      let first = noon(civil.year!, civil.month!, 1)
      return (first, moved(first, .month, 1))
    case "last-year": return (noon(civil.year! - 1, 1, 1), noon(civil.year!, 1, 1))
    default: break
    }
    let parts = name.split(separator: "-")
    let year = Int(parts[0])!
    if parts.count == 1 { return (noon(year, 1, 1), noon(year + 1, 1, 1)) }
    if parts.count == 3 { return (day(name), day(name, plus: 1)) }
    let number = Int(parts[1].filter(\.isNumber))!
    if parts[1].hasPrefix("Q") {
      return (noon(year, number * 3 - 2, 1), moved(noon(year, number * 3, 1), .month, 1))
    }
    if parts[1].hasPrefix("W") {
      // The first week is the one that has 4 January.
      let fourth = noon(year, 1, 4)
      let monday = moved(fourth, .day, -((days.component(.weekday, from: fourth) + 5) % 7) + 7 * (number - 1))
      return (monday, moved(monday, .day, 7))
    }
    return (noon(year, number, 1), moved(noon(year, number, 1), .month, 1))
  }

  private func noon(_ year: Int, _ month: Int, _ day: Int) -> Date {
    days.date(from: DateComponents(year: year, month: month, day: day, hour: 12))!
  }

  private func moved(_ date: Date, _ unit: Calendar.Component, _ count: Int) -> Date {
    days.date(byAdding: unit, value: count, to: date)!
  }

  private func day(_ text: String, plus count: Int = 0) -> Date {
    let parts = text.split(separator: "-").map { Int($0)! }
    return moved(noon(parts[0], parts[1], parts[2]), .day, count)
  }

  /// The first instant of a day in the zone.
  private func start(of noon: Date) -> Int64 {
    let civil = days.dateComponents([.year, .month, .day, .hour], from: noon)
    return Int64(calendar.startOfDay(for: calendar.date(from: civil)!).timeIntervalSince1970)
  }

  private static func instant(_ text: String) -> Int64 {
    let date = try? Date(text, strategy: .iso8601)
    return Int64(date!.timeIntervalSince1970)
  }
}
