internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// What an import into an empty store knows when it is done: enough to build columns and model without reading
/// a row back.
///
/// Conversations of one contact are noted as they pass; the others are read from the store at the end.
struct FreshContacts: Sendable {
  /// The contacts in the order of their keys; those of ``replaced`` conversations behind the others.
  private(set) var rows = ContactRows()
  /// The closes of conversations that were read from the store.
  private var replacedCloses: [CloseFeed.Close] = []
  /// Rows from this one on are of conversations that were read from the store.
  private var noted = 0
  /// Contacts of conversations that have not ended.
  private var openCount = 0

  /// Notes the only contact, so far, of a new conversation.
  mutating func append(
    _ record: ContactRecord, contact: Int64, conversation: Int64, _ summary: ConversationSummary
  ) {
    rows.append(
      ContactRows.Row(ContactFeed.Row(record, contact: contact, conversation: conversation, summary)))
    if summary.state != .ended { openCount += 1 }
    noted += 1
  }

  /// Notes contacts column by column; `fill` adds all of them.
  mutating func appendRun(
    firstConversation: Int64, firstContact: Int64, count: Int, open: Int, _ fill: (inout ContactRows) -> Void
  ) {
    fill(&rows)
    rows.finishRun(firstConversation: firstConversation, firstContact: firstContact, count: count)
    openCount += open
    noted += count
  }

  /// The contact that a conversation was made with, counted from the first conversation, which is 0; its identity
  /// is right when it has no id of its own.
  func first(ofConversation number: Int64) -> (contact: Int64, identity: ContactIdentity, tags: [Int32]) {
    let row = rows[Int(number)]
    let agent = row.agent == 0 ? nil : Int32(bitPattern: row.agent)
    return (row.contact, .start(row.startedAt, agent: agent), row.tags)
  }

  /// Replaces what was noted of `changed` conversations by what the store holds.
  mutating func finish(replacing changed: Set<Int64>, from store: Store) throws {
    guard !changed.isEmpty else { return }
    rows.removeAll(ofConversations: changed.contains)
    noted = rows.count
    let feed = try ContactFeed(byConversation: store)
    let closeFeed = try CloseFeed(store)
    for conversation in changed.sorted() {
      feed.start(conversation: conversation)
      while let row = try feed.next() { rows.append(ContactRows.Row(row)) }
      replacedCloses += try closeFeed.closes(conversation..<(conversation + 1))
    }
    openCount = (0..<rows.count).count { rows.reportedAt(of: $0) == nil }
  }

  /// The contacts of ended conversations, and the others.
  func split() -> (ended: ContactRows, open: ContactRows) {
    if openCount == 0 { return (rows, ContactRows()) }
    var (ended, open) = (ContactRows(), ContactRows())
    for row in 0..<rows.count {
      if rows.reportedAt(of: row) == nil { open.append(rows[row]) } else { ended.append(rows[row]) }
    }
    return (ended, open)
  }

  /// Hands every tagged close over in the order in which they are learnt: by ended instant, then id. O(n log n).
  ///
  /// - Parameter precedes: whether the id of one conversation comes before that of another, by bytes.
  func forEachClose(
    precedes: (Int64, Int64) -> Bool, _ body: (CloseFeed.Close) -> Void
  ) {
    // Instants with places are cheap to move and to compare; ids matter only where instants are equal. Places from
    // `noted` on are those of closes that were read from the store.
    var order: [(endedAt: Int64, place: Int)] = []
    order.reserveCapacity(noted + replacedCloses.count)
    for row in 0..<noted {
      if let endedAt = rows.reportedAt(of: row), !rows.tags(of: row).isEmpty { order.append((endedAt, row)) }
    }
    for (place, close) in replacedCloses.enumerated() { order.append((close.endedAt, noted + place)) }
    func conversation(_ place: Int) -> Int64 {
      place < noted ? rows.conversation(of: place) : replacedCloses[place - noted].conversation
    }
    order.sort {
      $0.endedAt == $1.endedAt
        ? precedes(conversation($0.place), conversation($1.place)) : $0.endedAt < $1.endedAt
    }
    for (_, place) in order {
      if place < noted { body(CloseFeed.Close(rows[place])) } else { body(replacedCloses[place - noted]) }
    }
  }
}

extension CloseFeed.Close {
  /// The only contact of an ended conversation.
  fileprivate init(_ row: ContactRows.Row) {
    func id(_ code: UInt32) -> Int32? { code == 0 ? nil : Int32(bitPattern: code) }
    self.init(
      conversation: row.conversation, id: "", endedAt: row.reportedAt ?? 0, category: id(row.category),
      channel: id(row.channel), tags: row.tags, agent: row.marks.isBot ? nil : id(row.agent))
  }
}
