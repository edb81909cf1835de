internal import CivilTime
internal import HandlingAnalytics

/// Civil buckets of the instant that files a contact, as SQL.
///
/// SQLite's date functions know no zones: they are given the reading of the zone's clock as if it were UTC. Where the
/// zone changes its offset over the store's instants, these offsets are a table of the statement.
struct SQLCalendar {
  /// The instant that files a contact, unix seconds; NULL where there is none.
  let instant: String
  private let runs: [TimeZoneRules.OffsetRun]

  /// - Parameters:
  ///   - includesOpen: whether open conversations may be among the contacts, whose end does not count.
  ///   - instants: least and greatest of the instants that count, if there are any.
  init(
    _ attribution: HandlingQuery.Attribution, includesOpen: Bool, over instants: ClosedRange<Int64>?,
    in zone: TimeZoneRules
  ) {
    switch attribution {
    case .reported:
      instant =
        includesOpen
        ? "CASE WHEN conversation.state = 2 THEN conversation.ended_at END" : "conversation.ended_at"
    case .ended: instant = "contact.ended_at"
    case .started: instant = "contact.started_at"
    }
    let range = instants ?? 0...0
    runs = zone.offsetRuns(from: Instant(range.lowerBound), through: Instant(range.upperBound))
  }

  /// The table of offsets, where there are several; its first and last row have no end.
  var table: String? {
    guard runs.count > 1 else { return nil }
    let rows = runs.enumerated().map { place, run in
      let since = place == 0 ? Instant.earliest.seconds : run.start
      let until = place + 1 < runs.count ? runs[place + 1].start : Instant.latest.seconds + 1
      return "(\(since), \(until), \(run.offset))"
    }
    return
      "zone_offset(since, until, seconds) AS (VALUES\n\(SQLText.indented(rows.joined(separator: ",\n"))))"
  }

  /// How a contact finds its offset.
  var join: String? {
    table == nil
      ? nil : "LEFT JOIN zone_offset ON \(instant) >= zone_offset.since AND \(instant) < zone_offset.until"
  }

  /// What the zone's clock shows, in seconds since 1970 began on it.
  private var clock: String {
    if table != nil { return "\(instant) + zone_offset.seconds" }
    let offset = runs.first?.offset ?? 0
    return offset == 0 ? instant : "\(instant) \(offset < 0 ? "-" : "+") \(offset.magnitude)"
  }

  /// The bucket as an answer labels it; NULL without an instant. `nil` for what is no dimension of time.
  func bucket(_ dimension: Dimension) -> String? {
    switch dimension {
    case .hour: "CAST(\(part("%H")) AS INTEGER)"
    case .weekday: "(\(part("%w")) + 6) % 7 + 1"
    case .day: part("%Y-%m-%d")
    case .week: "\(part("%Y", thursday)) || printf('-W%02d', (\(part("%j", thursday)) + 6) / 7)"
    case .month: part("%Y-%m")
    case .quarter: "\(part("%Y")) || '-Q' || ((\(part("%m")) + 2) / 3)"
    case .year: part("%Y")
    case .tag, .category, .channel, .agent, .group, .closing, .rating: nil
    }
  }

  /// A week of ISO 8601 belongs to the year of its Thursday and has the number of that among the year's.
  private var thursday: String { ", '-3 days', 'weekday 4'" }

  private func part(_ format: String, _ modifiers: String = "") -> String {
    "strftime('\(format)', \(clock), 'unixepoch'\(modifiers))"
  }

  /// The conditions that the instant lies within limits; NULL for a missing one.
  func limits(_ limits: PeriodLimits) -> [String] {
    let conditions =
      (limits.from.map { ["\(instant) >= \($0)"] } ?? []) + (limits.to.map { ["\(instant) < \($0)"] } ?? [])
    return conditions.isEmpty ? ["\(instant) IS NOT NULL"] : conditions
  }
}
