internal import Conversations

extension Filter {
  /// The condition as text that reads back as an equal filter; as one that keeps the same contacts where this one
  /// has a form that reading never gives: an empty list, an empty or unlimited range, a combination of one part.
  /// Equal filters have the same text.
  ///
  /// A filter made by hand may hold what no text can say: values that the field cannot have are written as they
  /// are and refused when read, and so is a text beyond the bounds of `init(where:)`. O(length × depth).
  public var text: String { normalForm.written(as: .whole) }

  /// What a part of a text belongs to; each binds tighter than the one before.
  private enum Place: Int, Comparable {
    case whole, alternative, conjunct, negated

    static func < (one: Place, other: Place) -> Bool { one.rawValue < other.rawValue }
  }

  private func written(as place: Place) -> String {
    if let comparison = comparison(isNegated: false) { return comparison }
    switch self {
    case .all(let parts):
      return Self.joined(parts, " and ", none: "true", as: place, bindingAs: .conjunct)
    case .any(let parts):
      return Self.joined(parts, " or ", none: "false", as: place, bindingAs: .alternative)
    case .not(let filter):
      return filter.comparison(isNegated: true) ?? "not " + filter.written(as: .negated)
    default:
      return ""
    }
  }

  private static func joined(
    _ parts: [Filter], _ connective: String, none: String, as place: Place, bindingAs own: Place
  ) -> String {
    if parts.isEmpty { return none }
    let text = parts.map { $0.written(as: own) }.joined(separator: connective)
    return place >= own ? "(\(text))" : text
  }

  /// The filter, or its complement, as one comparison; `nil` where it takes more.
  private func comparison(isNegated: Bool) -> String? {
    switch self {
    case .oneOf(let dimension, let values): Self.listed(dimension.rawValue, values, isNegated)
    case .range(let dimension, let from, let through):
      Self.range(dimension, from, through, isNegated)
    case .missing(let dimension): Self.missing(dimension.rawValue, isNegated)
    case .isBot: "bot = \(!isNegated)"
    case .basis(let bases): Self.listed("basis", bases.map(\.word), isNegated)
    case .flags(let flags):
      Self.listed(
        "flag", ContactFlags.names.filter { flags.contains($0.flag) }.map(\.name), isNegated)
    case .seconds(let duration, let from, let through):
      Self.seconds(duration.rawValue, from, through, isNegated)
    case .missingSeconds(let duration): Self.missing(duration.rawValue, isNegated)
    case .visitor(let ids): Self.listed("visitor", ids, isNegated)
    case .missingVisitor: Self.missing("visitor", isNegated)
    case .period(let period): Self.period(period, isNegated)
    case .all(let parts): isNegated ? nil : Self.strict(parts)
    case .any(let parts): Self.anySeconds(parts, isNegated)
    case .not: nil
    }
  }

  private static func listed(_ field: String, _ values: [String], _ isNegated: Bool) -> String {
    let list = values.map(WhereToken.written).joined(separator: ", ")
    return values.count == 1
      ? "\(field) \(isNegated ? "!=" : "=") \(list)" : "\(field) \(isNegated ? "not in" : "in") (\(list))"
  }

  private static func missing(_ field: String, _ isNegated: Bool) -> String {
    "\(field) is \(isNegated ? "not missing" : "missing")"
  }

  /// Not both ends are open.
  private static func range(
    _ dimension: Dimension, _ from: String?, _ through: String?, _ isNegated: Bool
  ) -> String? {
    let (from, through) = (from.map(WhereToken.written), through.map(WhereToken.written))
    guard let from else { return isNegated ? nil : "\(dimension.rawValue) <= \(through ?? "")" }
    guard let through else { return isNegated ? nil : "\(dimension.rawValue) >= \(from)" }
    return "\(dimension.rawValue) \(isNegated ? "not between" : "between") \(from) and \(through)"
  }

  private static func seconds(
    _ field: String, _ from: UInt32, _ through: UInt32, _ isNegated: Bool
  ) -> String? {
    if from == through { return "\(field) \(isNegated ? "!=" : "=") \(from)" }
    if through == WhereParser.greatestSeconds { return isNegated ? nil : "\(field) >= \(from)" }
    if from == 0 { return isNegated ? nil : "\(field) <= \(through)" }
    return "\(field) \(isNegated ? "not between" : "between") \(from) and \(through)"
  }

  private static func period(_ period: Period, _ isNegated: Bool) -> String? {
    switch period {
    case .named(let name): return "period \(isNegated ? "!=" : "=") \(WhereToken.written(name))"
    case .between(let from, let to):
      if isNegated { return nil }
      return "period" + (from.map { " from \(WhereToken.written($0))" } ?? "")
        + (to.map { " to \(WhereToken.written($0))" } ?? "")
    }
  }

  /// `day > 2016-02-29` is kept as its two parts: there is a value, and it is not in the range up to that day.
  private static func strict(_ parts: [Filter]) -> String? {
    guard parts.count == 2, case .not(.missing(let field)) = parts[0],
      case .not(.range(field, let from, let through)) = parts[1], field.unit != nil
    else { return nil }
    switch (from, through) {
    case (nil, let through?): return "\(field.rawValue) > \(WhereToken.written(through))"
    case (let from?, nil): return "\(field.rawValue) < \(WhereToken.written(from))"
    default: return nil
    }
  }

  /// `handling in (60, 120)` is kept as one range for each.
  private static func anySeconds(_ parts: [Filter], _ isNegated: Bool) -> String? {
    guard parts.count > 1, case .seconds(let duration, _, _) = parts[0] else { return nil }
    var values: [String] = []
    for part in parts {
      guard case .seconds(duration, let from, let through) = part, from == through else {
        return nil
      }
      values.append(String(from))
    }
    return listed(duration.rawValue, values, isNegated)
  }
}
