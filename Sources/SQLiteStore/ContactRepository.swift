package import Conversations

/// The contacts as rows: the truth from which columns and models are derived.
package final class ContactRepository {
  static let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")

  /// A contact with its keys.
  package struct Row: Sendable {
    package let key: Int64
    package let conversation: Int64
    /// Opened or closed here, not only imported.
    package var isLive: Bool
    package var record: ContactRecord

    package init(key: Int64, conversation: Int64, isLive: Bool, record: ContactRecord) {
      self.key = key
      self.conversation = conversation
      self.isLive = isLive
      self.record = record
    }

    /// Binds the values of all columns, then the key.
    func bind(to statement: SQLiteStatement) {
      for (place, column) in Column.allCases.enumerated() {
        column.bind(record, conversation: conversation, isLive: isLive, to: statement, at: Int32(place + 1))
      }
      statement.bind(Int32(Column.allCases.count + 1), key)
    }
  }

  private let store: Store
  private let connection: SQLiteConnection
  private let replacement: SQLiteStatement
  private let derivation: SQLiteStatement
  private let ofConversation: SQLiteStatement
  private let byKey: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    self.store = store
    connection = store.connection
    let marks = repeatElement("?", count: Column.allCases.count).joined(separator: ", ")
    replacement = try connection.prepare(
      "UPDATE contact SET (\(Self.columns)) = (\(marks)) WHERE key = ?\(Column.allCases.count + 1)")
    derivation = try connection.prepare(
      "UPDATE contact SET flags = ?1, first_reply_seconds = ?2 WHERE key = ?3")
    ofConversation = try connection.prepare(
      "SELECT key, \(Self.columns) FROM contact WHERE conversation = ?1")
    byKey = try connection.prepare("SELECT key, \(Self.columns) FROM contact WHERE key = ?1")
  }

  /// What adds contacts of an unfinished import, one by one, as long as nobody else does.
  package func insertionOfImport() throws(SQLiteFault) -> ContactInsertion {
    try ContactInsertion(
      store, of: Column.allCases, isLive: false, firstKey: UnfinishedImport(store).nextOwnContactKey())
  }

  /// Adds a contact; its key.
  package func insert(_ record: ContactRecord, conversation: Int64, isLive: Bool) throws(SQLiteFault) -> Int64
  {
    let insertion = try ContactInsertion(
      store, of: Column.allCases, isLive: isLive, firstKey: UnfinishedImport(store).nextContactKey())
    let key = try insertion.insert(record, conversation: conversation)
    try insertion.flush()
    return key
  }

  /// Replaces all values of a contact.
  package func replace(_ row: Row) throws(SQLiteFault) {
    row.bind(to: replacement)
    try replacement.run()
  }

  /// Replaces what a contact has from its conversation: flags, and the seconds to the first reply.
  package func setDerived(_ flags: ContactFlags, firstReplySeconds: UInt32?, of key: Int64)
    throws(SQLiteFault)
  {
    derivation.bind(1, Int64(flags.rawValue))
    derivation.bind(2, firstReplySeconds.map(Int64.init))
    derivation.bind(3, key)
    try derivation.run()
  }

  /// The contacts of one conversation, in no particular order.
  package func contacts(of conversation: Int64) throws(SQLiteFault) -> [Row] {
    ofConversation.reset()
    ofConversation.bind(1, conversation)
    var rows: [Row] = []
    while try ofConversation.step() { rows.append(Self.row(ofConversation)) }
    ofConversation.reset()
    return rows
  }

  /// Calls `body` with every contact, in the order in which they were taken in. O(contacts), one at a time.
  package func forEach(_ body: (Row) throws -> Void) throws {
    let all = try connection.prepare(
      "SELECT key, \(Self.columns) FROM contact WHERE key < \(UnfinishedImport.contactBorder) ORDER BY key")
    while try all.step() { try body(Self.row(all)) }
  }

  /// The contact with this key.
  package func contact(_ key: Int64) throws(SQLiteFault) -> Row? {
    byKey.reset()
    byKey.bind(1, key)
    defer { byKey.reset() }
    return try byKey.step() ? Self.row(byKey) : nil
  }

  static func row(_ from: SQLiteStatement) -> Row {
    func number<Number: FixedWidthInteger>(_ column: Int32) -> Number? {
      from.integer(column).flatMap(Number.init(exactly:))
    }
    var record = ContactRecord(startedAt: from.integer(9) ?? 0)
    record.contactID = from.text(2)
    record.channel = number(3)
    record.category = number(4)
    record.tags = from.text(5).map(TagList.tags) ?? []
    record.agent = number(6)
    record.group = number(7)
    record.isBot = from.integer(8) == 1
    record.firstReplyAt = from.integer(10)
    record.endedAt = from.integer(11)
    record.endReason = number(12).flatMap(EndReason.init)
    record.closing = number(13).flatMap(Closing.init)
    record.state = number(14).flatMap(ConversationState.init)
    record.handling = HandlingValue(
      seconds: number(15), basis: number(16).flatMap(HandlingBasis.init) ?? .none)
    record.talkSeconds = number(17)
    record.holdSeconds = number(18)
    record.wrapUpSeconds = number(19)
    record.rating = number(20).flatMap(Rating.init(code:))
    record.isHandled = from.integer(21) == 1
    record.flags = ContactFlags(rawValue: number(23) ?? 0)
    record.note = from.text(24)
    record.closedAt = from.integer(25)
    record.visitor = from.text(26)
    record.firstMessageAt = from.integer(27)
    record.networkQuality = number(28)
    record.productQuality = number(29)
    record.firstReplySeconds = number(30)
    return Row(
      key: from.integer(0) ?? 0, conversation: from.integer(1) ?? 0, isLive: from.integer(22) == 1,
      record: record)
  }
}
