/// Which tags are mapped to which category.
package struct MappingRepository {
  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Maps a tag to a category; false when it was mapped already.
  package func add(category: Int32, tag: Int32) throws(SQLiteFault) -> Bool {
    let known = try connection.prepare("SELECT 1 FROM mapping WHERE category = ? AND tag = ?")
    known.bind(1, Int64(category))
    known.bind(2, Int64(tag))
    if try known.step() { return false }
    let insert = try connection.prepare("INSERT INTO mapping (category, tag) VALUES (?, ?)")
    insert.bind(1, Int64(category))
    insert.bind(2, Int64(tag))
    try insert.run()
    return true
  }

  /// Takes a tag out of a category's mapping; false when it was not in it.
  package func remove(category: Int32, tag: Int32) throws(SQLiteFault) -> Bool {
    let delete = try connection.prepare("DELETE FROM mapping WHERE category = ? AND tag = ?")
    delete.bind(1, Int64(category))
    delete.bind(2, Int64(tag))
    try delete.run()
    return connection.changedRows > 0
  }

  /// A link made or cut.
  package struct Event: Equatable, Sendable {
    package let category: Int32
    package let tag: Int32
    package let isMapped: Bool

    package init(category: Int32, tag: Int32, isMapped: Bool) {
      (self.category, self.tag, self.isMapped) = (category, tag, isMapped)
    }
  }

  /// Notes what a change of the log did to the mapping. Part of the caller's transaction.
  package func append(_ events: [Event], change: Int64) throws(SQLiteFault) {
    let insert = try connection.prepare(
      "INSERT INTO mapping_change (change, category, tag, is_mapped) VALUES (?, ?, ?, ?)")
    for event in events {
      insert.bind(1, change)
      insert.bind(2, Int64(event.category))
      insert.bind(3, Int64(event.tag))
      insert.bind(4, event.isMapped ? 1 : 0)
      try insert.run()
    }
  }

  /// What happened to the mapping after a change of the log, by change.
  package func events(after seq: Int64) throws(SQLiteFault) -> [Int64: [Event]] {
    let rows = try connection.prepare(
      "SELECT change, category, tag, is_mapped FROM mapping_change WHERE change > ? ORDER BY change, category, tag"
    )
    rows.bind(1, seq)
    var events: [Int64: [Event]] = [:]
    while try rows.step() { events[rows.integer(0) ?? 0, default: []].append(Self.event(rows)) }
    return events
  }

  /// Every link there ever was up to a change of the log, and whether it was there then, by category and tag.
  package func links(at seq: Int64) throws(SQLiteFault) -> [Event] {
    // With a single max(), SQLite takes the other columns from the row that has it.
    let rows = try connection.prepare(
      """
      SELECT max(change), category, tag, is_mapped FROM mapping_change WHERE change <= ? \
      GROUP BY category, tag ORDER BY category, tag
      """)
    rows.bind(1, seq)
    var links: [Event] = []
    while try rows.step() { links.append(Self.event(rows)) }
    return links
  }

  private static func event(_ row: SQLiteStatement) -> Event {
    Event(
      category: Int32(row.integer(1) ?? 0), tag: Int32(row.integer(2) ?? 0), isMapped: row.integer(3) == 1)
  }

  /// Every pair, by category and tag.
  package func pairs() throws(SQLiteFault) -> [(category: Int32, tag: Int32)] {
    let rows = try connection.prepare("SELECT category, tag FROM mapping ORDER BY category, tag")
    var pairs: [(Int32, Int32)] = []
    while try rows.step() {
      pairs.append((Int32(rows.integer(0) ?? 0), Int32(rows.integer(1) ?? 0)))
    }
    return pairs
  }
}
