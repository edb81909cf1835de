import CivilTime

@testable import HandlingAnalytics

/// Periods, instants and limits as tests write them down.
enum PeriodText {
  /// The instant that an ISO 8601 text with `Z` names.
  static func instant(_ text: String) throws -> Instant {
    guard case .instant(let instant) = try ISO8601.parse(Array(text.utf8).span) else {
      throw ISO8601.Fault.unreadable
    }
    return instant
  }

  /// Limits as `2016-02-01T00:00:00Z 2016-03-01T00:00:00Z`, `-` for none.
  static func limits(_ period: Period, in zone: String = "UTC", now: String) throws -> String {
    let limits = try period.resolved(in: TimeZoneRules(identifier: zone), now: instant(now))
    func text(_ seconds: Int64?) -> String { seconds.map { ISO8601.string(Instant($0)) } ?? "-" }
    return "\(text(limits.from)) \(text(limits.to))"
  }

  /// The fault of a period in Paris.
  static func fault(_ period: Period, now: String = "2016-02-29T12:00:00Z") throws -> PeriodFault? {
    let (zone, now) = (try TimeZoneRules(identifier: "Europe/Paris"), try instant(now))
    do throws(PeriodFault) {
      _ = try period.resolved(in: zone, now: now)
      return nil
    } catch {
      return error
    }
  }
}
