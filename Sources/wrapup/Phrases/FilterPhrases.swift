internal import WrapUpEngine

/// Filters as the ends of a sentence about contacts.
enum FilterPhrases {
  /// One phrase for each condition that all must hold.
  static func phrases(for filter: Filter?) -> [String] {
    switch filter {
    case nil: []
    case .all(let parts)?: parts.flatMap(phrases)
    case .not(let part)?: [phrase(for: part).map { "not \($0)" } ?? "where \(Filter.not(part).text)"]
    case let part?: [phrase(for: part) ?? "where \(part.text)"]
    }
  }

  /// `nil` for what is best said as it would be asked.
  private static func phrase(for filter: Filter) -> String? {
    switch filter {
    case .oneOf(let dimension, let values):
      guard !values.isEmpty else { return nil }
      let names = any(of: values)
      return switch dimension {
      case .tag: "of conversations tagged \(names)"
      case .category: "of conversations about \(names)"
      case .channel: "of conversations by \(names)"
      case .agent: "of agent \(names)"
      case .group: "of group \(names)"
      case .closing: "of conversations ended by \(names)"
      case .rating: "of conversations rated \(names)"
      default: nil
      }
    case .isBot: return "of bots"
    case .flags(let flags):
      return "flagged \(any(of: ContactFlags.names.filter { flags.contains($0.flag) }.map(\.name)))"
    case .visitor(let visitors): return visitors.isEmpty ? nil : "of visitor \(any(of: visitors))"
    default: return nil
    }
  }

  private static func any(of values: [String]) -> String {
    guard values.count > 1, let last = values.last else { return values.first ?? "none" }
    return values.dropLast().joined(separator: ", ") + " or " + last
  }
}
