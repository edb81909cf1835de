import CivilTime
import Conversations
import TestSupport

@testable import HandlingAnalytics

/// One contact as a filter sees it, and what it means that a filter keeps it: the definitions, word by word.
struct FilterRow {
  /// Of dimensions with one value; tags have their own list.
  var labels: [Dimension: String] = [:]
  var tags: [String] = []
  var seconds: [Filter.Duration: UInt32] = [:]
  var basis = HandlingBasis.none
  var flags: ContactFlags = []
  var isBot = false
  var visitor: String?
  /// The instant that files it.
  var instant: Int64?

  /// What `now` is for periods.
  static let now = Instant(1_456_704_960)

  func isKept(by filter: Filter) -> Bool {
    switch filter {
    case .all(let parts): return parts.allSatisfy(isKept)
    case .any(let parts): return parts.contains(where: isKept)
    case .not(let filter): return !isKept(by: filter)
    case .oneOf(.tag, let values): return !Set(values).isDisjoint(with: tags)
    case .oneOf(let dimension, let values): return labels[dimension].map(values.contains) ?? false
    case .range(let dimension, let from, let through):
      guard let label = labels[dimension], label != "good", label != "bad" else { return false }
      return (from.map { Self.isOrdered($0, label) } ?? true)
        && (through.map { Self.isOrdered(label, $0) } ?? true)
    case .missing(.tag): return tags.isEmpty
    case .missing(let dimension): return labels[dimension] == nil
    case .isBot: return isBot
    case .basis(let bases): return bases.contains(basis)
    case .flags(let wanted): return !flags.isDisjoint(with: wanted)
    case .seconds(let duration, let from, let through):
      return seconds[duration].map { $0 >= from && $0 <= through } ?? false
    case .missingSeconds(let duration): return seconds[duration] == nil
    case .visitor(let ids): return visitor.map(ids.contains) ?? false
    case .missingVisitor: return visitor == nil
    case .period(let period):
      guard let instant, let limits = try? period.resolved(in: .utc, now: Self.now) else { return false }
      return limits.contains(instant)
    }
  }

  /// Numbers by value, other labels by their text.
  static func isOrdered(_ one: String, _ other: String) -> Bool {
    if let first = Int(one), let second = Int(other) { return first <= second }
    return one <= other
  }

  /// Random contacts of 2014 to 2018 whose labels are those that ``FilterGenerator`` asks for, or near them.
  static func random(_ count: Int, seed: UInt64) -> [FilterRow] {
    var generator = SeededGenerator(seed: seed)
    let calendar = ReferenceCalendar(zone: "UTC")
    func chance() -> Bool { Bool.random(using: &generator) }
    return (0..<count).map { _ in
      var row = FilterRow()
      for name in FilterGenerator.names.shuffled(using: &generator).prefix(3) where chance() {
        row.tags.append(name)
      }
      for dimension in [Dimension.category, .channel, .agent, .group] where chance() {
        row.labels[dimension] = FilterGenerator.names.randomElement(using: &generator)
      }
      if chance() { row.labels[.closing] = Closing.allCases.randomElement(using: &generator)!.name }
      if chance() {
        row.labels[.rating] = ["1", "2", "3", "4", "5", "good", "bad"].randomElement(using: &generator)
      }
      for duration in Filter.Duration.allCases where chance() {
        row.seconds[duration] = FilterGenerator.seconds.dropLast().randomElement(using: &generator)
      }
      row.basis = HandlingBasis.allCases.randomElement(using: &generator)!
      row.flags = ContactFlags(rawValue: UInt16.random(in: 0..<256, using: &generator))
      row.isBot = chance()
      row.visitor = chance() ? FilterGenerator.names.randomElement(using: &generator) : nil
      if Int.random(in: 0..<5, using: &generator) > 0 {
        let instant = Int64.random(in: 1_388_534_400..<1_546_300_800, using: &generator)
        row.instant = instant
        for dimension in FilterGenerator.calendar {
          switch calendar.label(dimension, of: instant) {
          case .name(let name): row.labels[dimension] = name
          case .number(let number): row.labels[dimension] = String(number)
          case .missing: break
          }
        }
      }
      return row
    }
  }
}
