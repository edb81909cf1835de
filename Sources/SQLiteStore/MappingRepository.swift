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
