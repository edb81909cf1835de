import Conversations

@testable import HandlingAnalytics

/// What it means that a filter keeps a contact, word by word.
struct ReferenceFilter {
  let attribution: HandlingQuery.Attribution
  let calendar: ReferenceCalendar

  func keeps(_ contact: Contact, _ filter: Filter) -> Bool {
    switch filter {
    case .all(let parts): return !parts.contains { !keeps(contact, $0) }
    case .any(let parts): return parts.contains { keeps(contact, $0) }
    case .not(let part): return !keeps(contact, part)
    case .oneOf(let dimension, let values):
      let isFolded = [.tag, .category, .channel].contains(dimension)
      let wanted = isFolded ? values.map(TestNames.name(spelt:)) : values
      return texts(contact, dimension).contains(where: wanted.contains)
    case .range(let dimension, let from, let through):
      return texts(contact, dimension).contains { text in
        if dimension == .rating, Int(text) == nil { return false }
        return !(from.map { Self.isBefore(text, $0) } ?? false)
          && !(through.map { Self.isBefore($0, text) } ?? false)
      }
    case .missing(let dimension): return texts(contact, dimension).isEmpty
    case .isBot: return contact.isBot
    case .basis(let bases): return bases.contains(contact.basis)
    case .flags(let flags): return !contact.flags.isDisjoint(with: flags)
    case .seconds(let duration, let from, let through):
      return contact.duration(duration).map { from <= $0 && $0 <= through } ?? false
    case .missingSeconds(let duration): return contact.duration(duration) == nil
    case .visitor(let visitors): return contact.visitor.map(visitors.contains) ?? false
    case .missingVisitor: return contact.visitor == nil
    case .period(let period):
      return contact.instant(attribution).map { calendar.limits(of: period).contains($0) } ?? false
    }
  }

  private func texts(_ contact: Contact, _ dimension: Dimension) -> [String] {
    contact.labels(dimension, attribution, in: calendar).compactMap(\.text)
  }

  /// Numbers by size; days, weeks, months and quarters sort as texts.
  private static func isBefore(_ one: String, _ other: String) -> Bool {
    if let first = Int(one), let second = Int(other) { return first < second }
    return one < other
  }
}
