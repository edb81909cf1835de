/// Which tags are no longer in use: switched off, or merged into others.
package struct TagStates: Equatable, Sendable {
  /// What each merged tag has come to, itself not merged.
  package private(set) var merged: [Int32: Int32] = [:]
  /// Tags that are switched off, whether merged or not.
  package private(set) var switchedOff: Set<Int32> = []
  /// Tags that only an unfinished import has brought.
  private var unused: Set<Int32> = []

  /// All tags are in use.
  package init() {}

  /// As the store has it now. O(tags that are not in use).
  package init(_ store: Store) throws(SQLiteFault) {
    let rows = try store.connection.prepare(
      """
      SELECT tag, is_active, merged_into, 0 FROM tag_state \
      UNION ALL SELECT id, 1, NULL, 1 FROM unused_name WHERE dictionary = 'tag'
      """)
    var targets: [Int32: Int32] = [:]
    while try rows.step() {
      guard let tag = Self.id(rows, 0) else { continue }
      if rows.integer(3) == 1 { unused.insert(tag) }
      if rows.integer(1) == 0 { switchedOff.insert(tag) }
      if let target = Self.id(rows, 2) { targets[tag] = target }
    }
    for tag in targets.keys {
      // What others of the chain have come to is known from then on: each link is followed once.
      var (chain, end) = ([tag], targets[tag]!)
      while merged[end] == nil, let next = targets[end], chain.count <= targets.count {
        chain.append(end)
        end = next
      }
      for link in chain { merged[link] = merged[end] ?? end }
    }
  }

  private static func id(_ row: SQLiteStatement, _ column: Int32) -> Int32? {
    row.integer(column).flatMap(Int32.init(exactly:))
  }

  /// Tags that nobody is to choose any more.
  package var inactive: Set<Int32> { switchedOff.union(merged.keys).union(unused) }

  /// What a tag has come to.
  package func resolved(_ tag: Int32) -> Int32 { merged[tag] ?? tag }

  /// A tag and those that have come to it.
  package func all(resolvingTo tag: Int32) -> [Int32] {
    [tag] + merged.filter { $0.value == tag }.map(\.key).sorted()
  }

  /// What several tags have come to, each once, in the order of the first.
  package func resolved(_ tags: [Int32]) -> [Int32] {
    if merged.isEmpty { return tags }
    var found: [Int32] = []
    for tag in tags.map(resolved) where !found.contains(tag) { found.append(tag) }
    return found
  }
}

/// Writes which tags are in use.
package struct TagStateRepository {
  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Whether a tag is switched on, and what it was merged into itself.
  package func state(of tag: Int32) throws(SQLiteFault) -> (isOn: Bool, target: Int32?) {
    let row = try connection.prepare("SELECT is_active, merged_into FROM tag_state WHERE tag = ?")
    row.bind(1, Int64(tag))
    guard try row.step() else { return (true, nil) }
    return (row.integer(0) == 1, row.integer(1).flatMap(Int32.init(exactly:)))
  }

  /// Switches a tag on or off.
  package func setOn(_ isOn: Bool, _ tag: Int32) throws(SQLiteFault) {
    try set(tag, isOn: isOn, target: state(of: tag).target)
  }

  /// Merges a tag into another, which is not merged itself; `nil` parts them again.
  package func setTarget(_ target: Int32?, of tag: Int32) throws(SQLiteFault) {
    try set(tag, isOn: state(of: tag).isOn, target: target)
  }

  private func set(_ tag: Int32, isOn: Bool, target: Int32?) throws(SQLiteFault) {
    let write = try connection.prepare(
      "INSERT OR REPLACE INTO tag_state (tag, is_active, merged_into) VALUES (?, ?, ?)")
    write.bind(1, Int64(tag))
    write.bind(2, isOn ? 1 : 0)
    write.bind(3, target.map(Int64.init))
    try write.run()
  }
}
