internal import Columnar
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore
internal import TagRanking

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

  /// Makes room for contacts to come.
  mutating func reserve(_ contacts: Int) { rows.reserve(contacts) }

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

  /// Hands every tagged close over in the order in which they are learnt: by ended instant, then id. O(n) where
  /// instants differ.
  ///
  /// - Parameter precedes: whether the id of one conversation comes before that of another, by bytes.
  func forEachClose(
    precedes: (Int64, Int64) -> Bool, _ body: (UsageModel.Close) -> Void
  ) {
    // Places from `noted` on are those of closes that were read from the store.
    func conversation(_ place: Int) -> Int64 {
      place < noted ? rows.conversation(of: place) : replacedCloses[place - noted].conversation
    }
    let order = InstantOrder.rows(
      noted + replacedCloses.count,
      instant: { place in
        place < noted
          ? rows.reportedAt(of: place) ?? OffsetColumn.missing : replacedCloses[place - noted].endedAt
      }, precedes: { precedes(conversation($0), conversation($1)) })
    // Most closes have one tag: a list of it is made once.
    var singles: [[Int32]] = []
    for place in order {
      guard place < noted else {
        body(UsageModel.Close(replacedCloses[place - noted]))
        continue
      }
      let tags = rows.tags(of: place)
      guard let endedAt = rows.reportedAt(of: place), let first = tags.first else { continue }
      while singles.count <= Int(first) { singles.append([Int32(singles.count)]) }
      let names = rows.names(of: place)
      body(
        UsageModel.Close(
          tags: tags.count == 1 ? singles[Int(first)] : tags.map { Int32(bitPattern: $0) },
          category: Self.id(names.category), channel: Self.id(names.channel),
          agent: rows.marks(of: place).isBot ? nil : Self.id(names.agent), endedAt: endedAt))
    }
  }

  private static func id(_ code: UInt32) -> Int32? { code == 0 ? nil : Int32(bitPattern: code) }
}
