internal import CivilTime
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// A filter as a condition of SQL over `contact` and `conversation`, never NULL: with a third truth value, `NOT` would
/// not be the complement.
struct SQLFilter {
  let calendar: SQLCalendar
  let includesOpen: Bool
  let tags: SQLTags
  let zone: TimeZoneRules
  let now: Instant

  /// How deep conditions may be nested: SQLite's parser has room for a hundred symbols that wait for their end,
  /// three for each level and up to fifty around and inside.
  static let nestingLimit = 16

  /// The conditions that all must hold.
  ///
  /// - Throws: what is wrong with a period.
  func conditions(_ filter: Filter) throws(PeriodFault) -> [String] {
    guard case .all(let parts) = filter else { return [try condition(filter)] }
    var conditions: [String] = []
    for part in parts { conditions += try self.conditions(part) }
    return conditions
  }

  private func condition(_ filter: Filter) throws(PeriodFault) -> String {
    switch filter {
    case .all(let parts):
      return parts.isEmpty ? "1" : SQLText.joined(try parts.map(condition), by: "AND")
    case .any(let parts):
      return parts.isEmpty ? "0" : SQLText.joined(try parts.map(condition), by: "OR")
    case .not(let part):
      let condition = try condition(part)
      return part.isJoined ? "NOT \(condition)" : "NOT (\(condition))"
    case .oneOf(let dimension, let values): return isOne(dimension, values)
    case .range(let dimension, let from, let through): return isBetween(dimension, from, through)
    case .missing(.tag): return "conversation.tags = '[]'"
    case .missing(let dimension): return "\(code(dimension)) IS NULL"
    case .isBot: return "contact.is_bot = 1"
    case .basis(let bases):
      return SQLText.isOne("contact.handling_basis", of: bases.map { "\($0.rawValue)" }, isNullable: false)
    case .flags(let flags): return "contact.flags & \(flags.rawValue) <> 0"
    case .seconds(let duration, let from, let through):
      let last = min(through, UInt32.max - 1)
      if from > last { return "0" }
      return "coalesce(contact.\(duration.column) BETWEEN \(from) AND \(last), 0)"
    case .missingSeconds(let duration): return "contact.\(duration.column) IS NULL"
    case .visitor(let visitors):
      return SQLText.isOne("conversation.visitor", of: visitors.map(SQLText.literal))
    case .missingVisitor: return "conversation.visitor IS NULL"
    case .period(let period):
      let limits = calendar.limits(try period.resolved(in: zone, now: now))
      return "coalesce(\(limits.joined(separator: " AND ")), 0)"
    }
  }

  private func code(_ dimension: Dimension) -> String {
    SQLDimension.code(dimension, calendar, includesOpen: includesOpen, tags: tags)
  }

  private func isOne(_ dimension: Dimension, _ values: [String]) -> String {
    if let kind = dimension.nameKind {
      let folds = values.map { SQLText.literal(kind.fold($0)) }
      return isNamed(dimension, SQLText.isOne("\(kind.rawValue).fold", of: folds, isNullable: false))
    }
    let codes: [String] =
      switch dimension {
      case .closing: Closing.allCases.filter { values.contains($0.name) }.map { "\($0.rawValue)" }
      case .rating: values.compactMap { Rating(name: $0) }.map { "\($0.code)" }
      // What is spelt otherwise than the label is no value.
      case .hour, .weekday: values.filter { Int($0).map(String.init) == $0 }
      default: values.map(SQLText.literal)
      }
    return SQLText.isOne(code(dimension), of: codes)
  }

  /// That the name of a dimension meets a condition.
  private func isNamed(_ dimension: Dimension, _ condition: String) -> String {
    guard let kind = dimension.nameKind else { return "0" }
    if dimension == .tag {
      return "EXISTS (SELECT 1 FROM json_each(\(tags.list)) AS chosen JOIN tag ON tag.id = chosen.value "
        + "WHERE \(condition))"
    }
    return "coalesce(\(code(dimension)) IN (SELECT id FROM \(kind.rawValue) WHERE \(condition)), 0)"
  }

  private func isBetween(_ dimension: Dimension, _ from: String?, _ through: String?) -> String {
    if let kind = dimension.nameKind {
      let conditions = bounds("\(kind.rawValue).name", isNumber: false, from, through)
      return isNamed(dimension, conditions.isEmpty ? "1" : conditions.joined(separator: " AND "))
    }
    var conditions: [String]
    switch dimension {
    // The words of a rating of two values lie in no range.
    case .rating:
      conditions = [code(dimension) + " <= 5"] + bounds(code(dimension), isNumber: true, from, through)
    case .hour, .weekday, .year:
      conditions = bounds("CAST(\(code(dimension)) AS INTEGER)", isNumber: true, from, through)
    case .closing:
      let names = Closing.allCases.filter { closing in
        (from.map { closing.name >= $0 } ?? true) && (through.map { closing.name <= $0 } ?? true)
      }
      return SQLText.isOne(code(dimension), of: names.map { "\($0.rawValue)" })
    default: conditions = bounds(code(dimension), isNumber: false, from, through)
    }
    if conditions.isEmpty { conditions = ["\(code(dimension)) IS NOT NULL"] }
    return "coalesce(\(conditions.joined(separator: " AND ")), 0)"
  }

  /// That an expression lies within bounds: as numbers where both are, else by their bytes.
  private func bounds(_ expression: String, isNumber: Bool, _ from: String?, _ through: String?) -> [String] {
    func bound(_ sign: String, _ value: String?) -> [String] {
      guard let value else { return [] }
      if isNumber, let number = Int(value) { return ["\(expression) \(sign) \(number)"] }
      return ["CAST(\(expression) AS TEXT) \(sign) \(SQLText.literal(value))"]
    }
    return bound(">=", from) + bound("<=", through)
  }
}

extension Filter.Duration {
  /// Its column in the store.
  fileprivate var column: String {
    switch self {
    case .handling: "handling_seconds"
    case .talk: "talk_seconds"
    case .hold: "hold_seconds"
    case .wrapup: "wrapup_seconds"
    }
  }
}

extension Filter {
  /// Whether it is several conditions in parentheses.
  fileprivate var isJoined: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.count > 1
    default: false
    }
  }

  /// How many conditions at most lie one within another.
  var nesting: Int {
    switch self {
    case .all(let parts), .any(let parts): 1 + (parts.map(\.nesting).max() ?? 0)
    case .not(let part): 1 + part.nesting
    default: 0
    }
  }
}
