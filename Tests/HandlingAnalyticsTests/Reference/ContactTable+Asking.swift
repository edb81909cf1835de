import CivilTime
import Testing

@testable import HandlingAnalytics

extension ContactTable {
  /// The report on a question, asked when ``ReferenceCalendar/now`` is.
  ///
  /// - Parameters:
  ///   - contacts: those of the table; asked for visitors, whom a table does not know.
  ///   - memory: of a slice; `nil` for plenty.
  func answer(
    _ query: HandlingQuery, in zone: String = "UTC", over contacts: [Contact] = [],
    on runner: SliceRunner = .serial(), memory: Int? = nil
  ) throws -> HandlingReport {
    var setting = QuerySetting(zone: try Self.rules(of: zone), now: Instant(ReferenceCalendar.now))
    for visitors in query.filter?.visitorLists ?? [] {
      setting.conversationsOfVisitors[visitors] = Set(
        contacts.filter { $0.visitor.map(visitors.contains) ?? false }.map(\.conversation))
    }
    if let memory { setting.memory = memory }
    return try report(query, setting, on: runner)
  }

  private static let knownRules = QueryGenerator.zones.reduce(into: [:]) {
    $0[$1] = try? TimeZoneRules(identifier: $1)
  }

  private static func rules(of zone: String) throws -> TimeZoneRules {
    try knownRules[zone] ?? TimeZoneRules(identifier: zone)
  }

  /// The answers to ``QueryGenerator/everyColumn``, in Paris.
  func everyAnswer(slices: Int = 1) throws -> [HandlingReport] {
    try QueryGenerator.everyColumn.map {
      try answer($0, in: "Europe/Paris", on: .serial(slices: slices)).withoutEffort
    }
  }
}

extension HandlingReport {
  /// The same but for what was read, which depends on how the table came about.
  var withoutEffort: HandlingReport {
    var basis = basis
    basis.effort = Effort()
    return HandlingReport(
      query: query, zone: zone, limits: limits, periodText: periodText, seq: seq, total: total, rows: rows,
      rowCount: rowCount, basis: basis)
  }
}
