/// What happened to a store, in the only order there is.
///
/// A row is written in the transaction of what it describes. Readers catch up by `seq`; the nonce tells a seq of
/// this history from the same number in a restored copy's.
package struct ChangeLog {
  /// What a change did.
  package enum Kind: Int64, Sendable {
    /// An import added the conversations from the first to the last key.
    case imported = 1
    /// An import changed one conversation that was there before.
    case updated = 2
    /// A conversation was opened.
    case opened = 3
    /// A conversation was closed, or closed and ended.
    case closed = 4
    /// Names or mappings were added.
    case taxonomy = 5
    /// Words and visitors of conversations were taken out of the store; how they were closed stands as it was.
    case forgotten = 6
  }

  /// One row of the log.
  package struct Change: Sendable {
    package let seq: Int64
    package let kind: Kind
    /// Keys of the conversations concerned; empty for a change of names.
    package let conversations: Range<Int64>
  }

  /// A place in the log: nothing happened at seq 0.
  package struct Position: Equatable, Sendable {
    package let seq: Int64
    package let nonce: Int64
    package init(seq: Int64, nonce: Int64) {
      self.seq = seq
      self.nonce = nonce
    }
    package static let start = Position(seq: 0, nonce: 0)
  }

  private let connection: SQLiteConnection

  package init(_ store: Store) {
    self.init(store.connection)
  }

  init(_ connection: SQLiteConnection) {
    self.connection = connection
  }

  /// The last change. One step.
  package func position() throws(SQLiteFault) -> Position {
    let last = try connection.prepare("SELECT seq, nonce FROM change ORDER BY seq DESC LIMIT 1")
    guard try last.step(), let seq = last.integer(0), let nonce = last.integer(1) else { return .start }
    return Position(seq: seq, nonce: nonce)
  }

  /// Whether this store's history has `position` in it. One step.
  package func contains(_ position: Position) throws(SQLiteFault) -> Bool {
    if position == .start { return true }
    let row = try connection.prepare("SELECT 1 FROM change WHERE seq = ? AND nonce = ?")
    row.bind(1, position.seq)
    row.bind(2, position.nonce)
    return try row.step()
  }

  /// Writes a change, whose seq it returns; `conversations` may be empty.
  @discardableResult
  package func append(_ kind: Kind, conversations: Range<Int64> = 0..<0) throws(SQLiteFault) -> Int64 {
    let insert = try connection.prepare(
      "INSERT INTO change (kind, conversation, last_conversation, nonce) VALUES (?, ?, ?, random())")
    insert.bind(1, kind.rawValue)
    if !conversations.isEmpty {
      insert.bind(2, conversations.lowerBound)
      insert.bind(3, conversations.upperBound - 1)
    }
    try insert.run()
    return connection.lastRowID
  }

  /// Writes that an import changed each conversation that is staged, by key.
  func appendUpdatesOfStaged() throws(SQLiteFault) {
    let insert = try connection.prepare(
      """
      INSERT INTO change (kind, conversation, last_conversation, nonce) \
      SELECT ?, conversation, conversation, random() \
      FROM (SELECT DISTINCT conversation FROM staged_contact ORDER BY conversation)
      """)
    insert.bind(1, Kind.updated.rawValue)
    try insert.run()
  }

  /// Whether a change of a kind happened after `seq`. O(changes after it).
  package func has(_ kind: Kind, after seq: Int64) throws(SQLiteFault) -> Bool {
    let row = try connection.prepare("SELECT 1 FROM change WHERE seq > ? AND kind = ? LIMIT 1")
    row.bind(1, seq)
    row.bind(2, kind.rawValue)
    return try row.step()
  }

  /// The changes after `seq`, oldest first; at most `limit`.
  package func changes(after seq: Int64, limit: Int = .max) throws(SQLiteFault) -> [Change] {
    let rows = try connection.prepare(
      "SELECT seq, kind, conversation, last_conversation FROM change WHERE seq > ? ORDER BY seq LIMIT ?")
    rows.bind(1, seq)
    rows.bind(2, Int64(limit))
    var changes: [Change] = []
    while try rows.step() {
      // A kind that this version does not know concerns names, or a newer schema that was refused before.
      let kind = rows.integer(1).flatMap(Kind.init) ?? .taxonomy
      let first = rows.integer(2)
      changes.append(
        Change(
          seq: rows.integer(0) ?? 0, kind: kind,
          conversations: first.map { $0..<((rows.integer(3) ?? $0) + 1) } ?? 0..<0))
    }
    return changes
  }
}
