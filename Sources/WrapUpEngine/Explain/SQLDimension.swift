internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// A dimension as SQL: what contacts are grouped by, and how its groups are labelled and ordered.
struct SQLDimension {
  let dimension: Dimension
  /// The name of its column of codes.
  let column: String
  /// The code of a contact, NULL where there is none: the id of a name, a bucket, or a stored number. For a tag, that
  /// of the primary one.
  let code: String
  /// The label of a group's code.
  let label: String
  /// What groups are ordered by.
  let order: [String]
  /// What finds the names of the groups' codes.
  let joins: [String]

  /// - Parameters:
  ///   - calendar: the instants' buckets.
  ///   - tags: how tags count.
  ///   - includesOpen: whether open conversations may be among the contacts.
  ///   - folds: the table of names that fold otherwise than by `lower`, of agents and groups; `nil` without any.
  init(
    _ dimension: Dimension, _ calendar: SQLCalendar, includesOpen: Bool, tags: SQLTags, folds: SQLFolds?
  ) {
    self.dimension = dimension
    let kind = dimension.nameKind
    column = kind?.rawValue ?? dimension.rawValue
    code = Self.code(dimension, calendar, includesOpen: includesOpen, tags: tags)
    let group = "lines.\(column)"
    if let kind {
      let table = "\(kind.rawValue)"
      label = "\(table).name"
      let join = "LEFT JOIN \(table) ON \(table).id = \(group)"
      if kind == .agent || kind == .group {
        let lower = "lower(\(table).name)"
        order = [folds.map { "coalesce(\($0.table).fold, \(lower))" } ?? lower, label]
        joins = [join] + (folds.map { ["LEFT JOIN \($0.table) ON \($0.table).id = \(group)"] } ?? [])
      } else {
        order = ["\(table).fold", label]
        joins = [join]
      }
      return
    }
    joins = []
    switch dimension {
    case .closing:
      label = Self.named(group, Closing.allCases.map { ($0.rawValue, $0.name) }, otherwise: nil)
      order = [label]
    case .rating:
      label = Self.named(
        group, Rating.allCases.filter { $0.score == nil }.map { (Int($0.code), $0.name) }, otherwise: group)
      order = [group]
    default:
      label = group
      order = [group]
    }
  }

  /// The value of a contact as its code or, for what has no names, as its label.
  static func code(
    _ dimension: Dimension, _ calendar: SQLCalendar, includesOpen: Bool, tags: SQLTags
  ) -> String {
    switch dimension {
    case .tag: tags.first
    case .category: "conversation.category"
    case .channel: "conversation.channel"
    case .agent: "contact.agent"
    case .group: "contact.agent_group"
    // Who closed a conversation is known before it has ended, but does not count.
    case .closing:
      includesOpen ? "CASE WHEN conversation.state = 2 THEN conversation.closing END" : "conversation.closing"
    case .rating: "conversation.rating"
    case .hour, .weekday, .day, .week, .month, .quarter, .year: calendar.bucket(dimension) ?? "NULL"
    }
  }

  private static func named(_ code: String, _ names: [(code: Int, name: String)], otherwise: String?)
    -> String
  {
    let cases = names.map { "WHEN \($0.code) THEN \(SQLText.literal($0.name))" }.joined(separator: " ")
    return "CASE \(code) \(cases)\(otherwise.map { " ELSE \($0)" } ?? "") END"
  }
}

extension Dimension {
  /// The dictionary of its names; `nil` where it has none.
  var nameKind: NameRepository.Kind? {
    switch self {
    case .tag: .tag
    case .category: .category
    case .channel: .channel
    case .agent: .agent
    case .group: .group
    case .closing, .rating, .hour, .weekday, .day, .week, .month, .quarter, .year: nil
    }
  }
}

/// How the names of agents or groups are ordered that SQLite's `lower` does not fold as we do: the store keeps no fold
/// of them, because they are told apart letter by letter.
struct SQLFolds {
  /// Beyond these a statement would be mostly names.
  static let limit = 1_000

  /// The name of the table.
  let table: String
  /// The ids and folds of these names.
  private let folds: [(id: Int, fold: String)]

  /// `nil` when `lower` folds every name right. O(names).
  ///
  /// - Parameter names: by id, from 1.
  init?(_ kind: NameRepository.Kind, _ names: [String]) {
    table = "\(kind.rawValue)_fold"
    var folds: [(id: Int, fold: String)] = []
    // `lower` folds A to Z alone, and so do we in names of ASCII.
    for (place, name) in names.enumerated() where !name.utf8.allSatisfy({ $0 < 0x80 }) {
      folds.append((place + 1, NameFold.fold(name)))
    }
    if folds.isEmpty { return nil }
    self.folds = folds
  }

  /// Whether there are too many to write them down.
  var isTooLong: Bool { folds.count > Self.limit }

  /// The table.
  var definition: String {
    let rows = folds.map { "(\($0.id), \(SQLText.literal($0.fold)))" }.joined(separator: ",\n")
    return "\(table)(id, fold) AS (VALUES\n\(SQLText.indented(rows)))"
  }
}
