internal import Conversations

/// One dictionary of the store: names with dense ids from 1, never deleted.
package struct NameRepository {
  /// The dictionaries.
  package enum Kind: String, CaseIterable, Sendable {
    case tag, category, channel, agent
    case group = "agent_group"

    /// Agents and groups go by ids of other systems, where case can matter; the rest are words of people.
    package func fold(_ name: String) -> String {
      switch self {
      case .tag, .category: NameFold.fold(name)
      case .channel: ChannelKind.fold(name)
      case .agent, .group: name
      }
    }

    /// How a name is kept: channels in lower case, so that no file's first spelling decides; others as written.
    package func spelling(_ name: String) -> String { self == .channel ? NameFold.fold(name) : name }

    /// Whether its names can change.
    var isRenamed: Bool { self == .tag || self == .category }

    /// How many names fit.
    package var limit: Int { self == .tag ? Bounds.tags : Bounds.names }
  }

  private let kind: Kind
  private let connection: SQLiteConnection

  package init(_ kind: Kind, of store: Store) {
    self.kind = kind
    connection = store.connection
  }

  /// The id of a name, `nil` when it is not known. A name that a tag or category has given up finds it too, unless
  /// another has it now.
  package func id(of name: String) throws(SQLiteFault) -> Int32? {
    let row = try connection.prepare("SELECT id FROM \(kind.rawValue) WHERE fold = ?")
    row.bind(1, kind.fold(name))
    if try row.step() { return row.integer(0).map(Int32.init) }
    guard kind.isRenamed else { return nil }
    let former = try connection.prepare(
      "SELECT \(kind.rawValue) FROM former_name WHERE fold = ? AND \(kind.rawValue) IS NOT NULL ORDER BY key DESC LIMIT 1"
    )
    former.bind(1, kind.fold(name))
    return try former.step() ? former.integer(0).map(Int32.init) : nil
  }

  /// The ids of names that were given up and that nobody else has now, by fold.
  package func formerFolds() throws(SQLiteFault) -> [String: Int32] {
    guard kind.isRenamed else { return [:] }
    let rows = try connection.prepare(
      "SELECT fold, \(kind.rawValue) FROM former_name WHERE \(kind.rawValue) IS NOT NULL AND fold NOT IN (SELECT fold FROM \(kind.rawValue)) ORDER BY key"
    )
    var ids: [String: Int32] = [:]
    while try rows.step() { ids[rows.text(0) ?? ""] = rows.integer(1).map(Int32.init) }
    return ids
  }

  /// Gives a name to an id. Its fold must be free, or this id's own.
  package func rename(_ id: Int32, to name: String) throws(SQLiteFault) {
    let update = try connection.prepare("UPDATE \(kind.rawValue) SET name = ?, fold = ? WHERE id = ?")
    update.bind(1, kind.spelling(name))
    update.bind(2, kind.fold(name))
    update.bind(3, Int64(id))
    try update.run()
  }

  /// The name with this id.
  package func name(of id: Int32) throws(SQLiteFault) -> String? {
    let row = try connection.prepare("SELECT name FROM \(kind.rawValue) WHERE id = ?")
    row.bind(1, Int64(id))
    return try row.step() ? row.text(0) : nil
  }

  /// Adds a name that is not known yet; `nil` when the dictionary is full.
  package func add(_ name: String) throws(SQLiteFault) -> Int32? {
    let next = try connection.integer("SELECT coalesce(max(id), 0) + 1 FROM \(kind.rawValue)")
    guard next <= Int64(kind.limit) else { return nil }
    let insert = try connection.prepare("INSERT INTO \(kind.rawValue) (id, name, fold) VALUES (?, ?, ?)")
    insert.bind(1, next)
    insert.bind(2, kind.spelling(name))
    insert.bind(3, kind.fold(name))
    try insert.run()
    return Int32(next)
  }

  /// Adds names that are not known yet, with ids from `first` on, which is the least one free.
  package func add(_ names: [String], from first: Int32) throws(SQLiteFault) {
    let insert = try connection.prepare("INSERT INTO \(kind.rawValue) (id, name, fold) VALUES (?, ?, ?)")
    for (place, name) in names.enumerated() {
      insert.bind(1, Int64(first) + Int64(place))
      insert.bind(2, kind.spelling(name))
      insert.bind(3, kind.fold(name))
      try insert.run()
    }
  }

  /// The names with ids above `count`, by id.
  package func names(after count: Int = 0) throws(SQLiteFault) -> [String] {
    let rows = try connection.prepare("SELECT name FROM \(kind.rawValue) WHERE id > ? ORDER BY id")
    rows.bind(1, Int64(count))
    var names: [String] = []
    while try rows.step() { names.append(rows.text(0) ?? "") }
    return names
  }
}
