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

    /// How many names fit.
    package var limit: Int { self == .tag ? Bounds.tags : Bounds.names }
  }

  private let kind: Kind
  private let connection: SQLiteConnection

  package init(_ kind: Kind, of store: Store) {
    self.kind = kind
    connection = store.connection
  }

  /// The id of a name, `nil` when it is not known.
  package func id(of name: String) throws(SQLiteFault) -> Int32? {
    let row = try connection.prepare("SELECT id FROM \(kind.rawValue) WHERE fold = ?")
    row.bind(1, kind.fold(name))
    return try row.step() ? row.integer(0).map(Int32.init) : nil
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
