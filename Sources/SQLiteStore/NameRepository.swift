internal import Conversations

/// One dictionary of the store: names with dense ids from 1, never deleted.
///
/// Names that only an unfinished import has brought, or one that was stopped, are seen by nobody: they are not found, and
/// stand as empty texts where names are listed by id.
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
    let row = try connection.prepare("SELECT id FROM \(kind.rawValue) WHERE fold = ? AND \(isUsed)")
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
  ///
  /// - Throws: also that the store is busy, when an import that is not finished has brought this very name.
  package func rename(_ id: Int32, to name: String) throws(SQLiteFault) {
    if let unused = try unusedID(of: name), unused != id { try giveUpFold(of: unused) }
    try set(name, of: id)
  }

  /// The name with this id.
  package func name(of id: Int32) throws(SQLiteFault) -> String? {
    let row = try connection.prepare("SELECT name FROM \(kind.rawValue) WHERE id = ?")
    row.bind(1, Int64(id))
    return try row.step() ? row.text(0) : nil
  }

  /// Adds a name that is not known yet; `nil` when the dictionary is full.
  package func add(_ name: String) throws(SQLiteFault) -> Int32? {
    if let unused = try takeUp(name) { return unused }
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
    try texts("SELECT CASE WHEN \(isUsed) THEN name ELSE '' END", after: count)
  }

  private func texts(_ selection: String, after count: Int) throws(SQLiteFault) -> [String] {
    let rows = try connection.prepare("\(selection) FROM \(kind.rawValue) WHERE id > ? ORDER BY id")
    rows.bind(1, Int64(count))
    var texts: [String] = []
    while try rows.step() { texts.append(rows.text(0) ?? "") }
    return texts
  }
}

/// Names that an import has brought which is not finished, or was stopped.
extension NameRepository {
  /// In SQL: whether the name of a row is to be seen.
  private var isUsed: String {
    "NOT EXISTS (SELECT 1 FROM unused_name WHERE dictionary = '\(kind.rawValue)' AND unused_name.id = \(kind.rawValue).id)"
  }

  /// The folds of all names with ids above `count`, whether they are seen or not, by id.
  package func allFolds(after count: Int = 0) throws(SQLiteFault) -> [String] {
    try texts("SELECT fold", after: count)
  }

  /// The ids of the names that nobody sees.
  package func unusedIDs() throws(SQLiteFault) -> Set<Int32> {
    let rows = try connection.prepare("SELECT id FROM unused_name WHERE dictionary = ?")
    rows.bind(1, kind.rawValue)
    var ids: Set<Int32> = []
    while try rows.step() { if let id = rows.integer(0) { ids.insert(Int32(id)) } }
    return ids
  }

  /// Has nobody see names that have just been added.
  package func setUnused(_ ids: Range<Int32>) throws(SQLiteFault) {
    let insert = try connection.prepare("INSERT INTO unused_name (dictionary, id) VALUES (?, ?)")
    for id in ids {
      insert.bind(1, kind.rawValue)
      insert.bind(2, Int64(id))
      try insert.run()
    }
  }

  /// Has everybody see a name that nobody saw, in this spelling; false when it was seen before, and is left as it is.
  package func use(_ id: Int32, spelt name: String) throws(SQLiteFault) -> Bool {
    let delete = try connection.prepare("DELETE FROM unused_name WHERE dictionary = ? AND id = ?")
    delete.bind(1, kind.rawValue)
    delete.bind(2, Int64(id))
    try delete.run()
    guard connection.changedRows > 0 else { return false }
    try replaceUnused(id, with: name)
    return true
  }

  /// Has a name be seen with the rows of the import that has brought it, in this spelling, unless it is seen already.
  package func decide(_ id: Int32, spelt name: String) throws(SQLiteFault) {
    let update = try connection.prepare(
      "UPDATE unused_name SET is_decided = 1 WHERE dictionary = ? AND id = ?")
    update.bind(1, kind.rawValue)
    update.bind(2, Int64(id))
    try update.run()
    if connection.changedRows > 0 { try replaceUnused(id, with: name) }
  }

  /// Gives the id of a name that nobody sees to another, or another spelling.
  package func replaceUnused(_ id: Int32, with name: String) throws(SQLiteFault) { try set(name, of: id) }

  private func set(_ name: String, of id: Int32) throws(SQLiteFault) {
    let update = try connection.prepare("UPDATE \(kind.rawValue) SET name = ?, fold = ? WHERE id = ?")
    update.bind(1, kind.spelling(name))
    update.bind(2, kind.fold(name))
    update.bind(3, Int64(id))
    try update.run()
  }

  /// Has everybody see a new name under an id that nobody saw: its own, or, while no import goes on, any; `nil` when
  /// there is none such.
  package func takeUp(_ name: String) throws(SQLiteFault) -> Int32? {
    var id = try unusedID(of: name)
    if id == nil, try connection.integer("SELECT conversation FROM import_border") == .max {
      let any = try connection.prepare("SELECT min(id) FROM unused_name WHERE dictionary = ?")
      any.bind(1, kind.rawValue)
      if try any.step() { id = any.integer(0).map(Int32.init) }
    }
    guard let id, try use(id, spelt: name) else { return nil }
    return id
  }

  private func unusedID(of name: String) throws(SQLiteFault) -> Int32? {
    let row = try connection.prepare("SELECT id FROM \(kind.rawValue) WHERE fold = ? AND NOT \(isUsed)")
    row.bind(1, kind.fold(name))
    return try row.step() ? row.integer(0).map(Int32.init) : nil
  }

  /// Leaves the fold of a name that nobody will ever see to another.
  private func giveUpFold(of id: Int32) throws(SQLiteFault) {
    guard try connection.integer("SELECT conversation FROM import_border") == .max else { throw .busy }
    // No fold of a name has a NUL.
    let update = try connection.prepare("UPDATE \(kind.rawValue) SET fold = char(0) || id WHERE id = ?")
    update.bind(1, Int64(id))
    try update.run()
  }
}
