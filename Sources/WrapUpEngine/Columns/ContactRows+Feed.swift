internal import HandlingAnalytics
internal import SQLiteStore

extension ContactRows.Row {
  /// A stored contact as a row of columns.
  init(_ row: ContactFeed.Row) {
    let hasEnded = row.state == .ended
    self.init(
      conversation: row.conversation, contact: row.contact, startedAt: row.startedAt, endedAt: row.endedAt,
      reportedAt: hasEnded ? row.conversationEndedAt : nil,
      marks: ContactMarks(
        isBot: row.isBot, isHandled: row.isHandled, conversationHasEnded: hasEnded, basis: row.handling.basis,
        isRequalified: row.isRequalified, hasVisitor: row.hasVisitor))
    seconds = row.handling.seconds
    talk = row.talkSeconds
    hold = row.holdSeconds
    wrapUp = row.wrapUpSeconds
    firstReply = row.firstReplySeconds
    reopens = row.reopens
    flags = UInt32(row.flags.rawValue)
    channel = row.channel
    category = row.category
    agent = row.agent
    group = row.group
    closing = row.closing.map { UInt32($0.rawValue + 1) } ?? 0
    rating = UInt32(row.rating?.code ?? 0)
    networkQuality = UInt32(row.networkQuality ?? 0)
    productQuality = UInt32(row.productQuality ?? 0)
    tags = row.tags
  }
}
