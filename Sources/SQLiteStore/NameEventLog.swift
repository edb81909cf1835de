/// What happened to tags and categories: added, renamed, switched, merged; never changed afterwards.
package struct NameEventLog {
  /// What an event did.
  package enum Kind: Int64, Sendable {
    case added = 1
    case renamed = 2
    case switchedOff = 3
    case switchedOn = 4
    case merged = 5
    /// A merge was undone.
    case parted = 6
  }

  /// One event.
  package struct Event: Equatable, Sendable {
    /// Its own number; 0 before it is written.
    package var key: Int64 = 0
    /// The change of the log that it is part of.
    package let change: Int64
    /// When, unix seconds.
    package let happenedAt: Int64
    /// Of which dictionary: tags or categories.
    package let dictionary: NameRepository.Kind
    /// The tag or category.
    package let id: Int32
    package let kind: Kind
    /// The name before and after it was renamed.
    package var oldName: String?
    package var newName: String?
    /// The tag into which it was merged, or from which it was parted.
    package var target: Int32?
    /// The event that this one takes back.
    package var undoes: Int64?

    package init(
      change: Int64, happenedAt: Int64, _ dictionary: NameRepository.Kind, _ id: Int32, _ kind: Kind,
      oldName: String? = nil, newName: String? = nil, target: Int32? = nil, undoes: Int64? = nil
    ) {
      (self.change, self.happenedAt, self.dictionary, self.id) = (change, happenedAt, dictionary, id)
      (self.kind, self.oldName, self.newName) = (kind, oldName, newName)
      (self.target, self.undoes) = (target, undoes)
    }
  }

  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Writes an event. Part of the caller's transaction.
  package func append(_ event: Event) throws(SQLiteFault) {
    let insert = try connection.prepare(
      """
      INSERT INTO name_event (change, tag, category, kind, old_name, old_fold, new_name, target, undoes, happened_at) \
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insert.bind(1, event.change)
    insert.bind(2, event.dictionary == .tag ? Int64(event.id) : nil)
    insert.bind(3, event.dictionary == .category ? Int64(event.id) : nil)
    insert.bind(4, event.kind.rawValue)
    insert.bind(5, event.oldName)
    insert.bind(6, event.oldName.map(event.dictionary.fold))
    insert.bind(7, event.newName)
    insert.bind(8, event.target.map(Int64.init))
    insert.bind(9, event.undoes)
    insert.bind(10, event.happenedAt)
    try insert.run()
  }

  /// The events of tags or of categories, oldest first.
  ///
  /// - Parameter id: of this one alone.
  package func events(of dictionary: NameRepository.Kind, id: Int32? = nil) throws(SQLiteFault) -> [Event] {
    let column = dictionary.rawValue
    let rows = try connection.prepare(
      """
      SELECT key, change, happened_at, \(column), kind, old_name, new_name, target, undoes FROM name_event \
      WHERE \(id == nil ? "\(column) IS NOT NULL" : "\(column) = ?") ORDER BY key
      """)
    if let id { rows.bind(1, Int64(id)) }
    var events: [Event] = []
    while try rows.step() {
      guard let kind = rows.integer(4).flatMap(Kind.init) else { continue }
      var event = Event(
        change: rows.integer(1) ?? 0, happenedAt: rows.integer(2) ?? 0, dictionary,
        Int32(rows.integer(3) ?? 0), kind, oldName: rows.text(5), newName: rows.text(6),
        target: rows.integer(7).flatMap(Int32.init(exactly:)), undoes: rows.integer(8))
      event.key = rows.integer(0) ?? 0
      events.append(event)
    }
    return events
  }

  /// Whether tags were merged or parted after a change of the log.
  package func hasMerges(after seq: Int64) throws(SQLiteFault) -> Bool {
    let row = try connection.prepare(
      "SELECT 1 FROM name_event WHERE change > ? AND target IS NOT NULL LIMIT 1")
    row.bind(1, seq)
    return try row.step()
  }
}
