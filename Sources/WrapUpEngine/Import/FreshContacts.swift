internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// What an import into an empty store knows when it is done: enough to build columns and model without reading
/// a row back.
///
/// Conversations of one contact are noted as they pass; the others are read from the store at the end.
struct FreshContacts {
  private(set) var ended = ContactRows()
  private(set) var open = ContactRows()
  private(set) var closes: [CloseFeed.Close] = []

  /// Hands the closes over.
  mutating func takeCloses() -> [CloseFeed.Close] {
    defer { closes = [] }
    return closes
  }

  /// Notes the only contact, so far, of a new conversation.
  mutating func append(
    _ record: ContactRecord, contact: Int64, conversation: Int64, id: String, _ summary: ConversationSummary
  ) {
    let row = ContactRows.Row(
      ContactFeed.Row(record, contact: contact, conversation: conversation, summary))
    guard let endedAt = summary.endedAt else { return open.append(row) }
    ended.append(row)
    guard !record.tags.isEmpty else { return }
    closes.append(
      CloseFeed.Close(
        conversation: conversation, id: id, endedAt: endedAt, category: record.category,
        channel: record.channel, tags: record.tags, agent: record.isBot ? nil : record.agent))
  }

  /// Replaces what was noted of `changed` conversations by what the store holds.
  mutating func finish(replacing changed: Set<Int64>, from store: Store) throws {
    if !changed.isEmpty {
      ended.removeAll(ofConversations: changed.contains)
      open.removeAll(ofConversations: changed.contains)
      closes.removeAll { changed.contains($0.conversation) }
      let feed = try ContactFeed(byConversation: store)
      let closeFeed = try CloseFeed(store)
      for conversation in changed.sorted() {
        feed.start(conversation: conversation)
        while let row = try feed.next() {
          if row.state == .ended {
            ended.append(ContactRows.Row(row))
          } else {
            open.append(ContactRows.Row(row))
          }
        }
        closes += try closeFeed.closes(conversation..<(conversation + 1))
      }
    }
  }

  /// The closes in learning order. O(n log n).
  static func learningOrder(_ closes: [CloseFeed.Close]) -> [CloseFeed.Close] {
    // Instants with places are cheap to move and to compare; ids matter only where instants are equal.
    let order = closes.indices.map { (endedAt: closes[$0].endedAt, place: $0) }.sorted {
      $0.endedAt == $1.endedAt
        ? CloseFeed.Close.precedes(closes[$0.place], closes[$1.place]) : $0.endedAt < $1.endedAt
    }
    return order.map { closes[$0.place] }
  }
}
