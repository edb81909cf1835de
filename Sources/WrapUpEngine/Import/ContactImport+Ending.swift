internal import Conversations
internal import SQLiteStore

/// What is left to do when all rows are in.
extension ContactImport {
  /// What is left of an import when its transaction is over: not what it had to keep in mind of every row.
  struct Outcome {
    let ledger: ImportLedger
    let position: ChangeLog.Position?
    let derivation: FreshDerivation?
    let fresh: FreshContacts
  }

  var outcome: Outcome {
    Outcome(ledger: ledger, position: position, derivation: derivation, fresh: fresh)
  }

  /// Works out what holds for a conversation that has not exactly one new contact.
  mutating func sumUp(_ conversation: Int64) throws {
    let overlaps = try state.sumUp(conversation, isNew: conversation >= firstNewConversation)
    ledger.count(.overlap, times: overlaps)
  }

  /// Logs the conversations that the file has brought.
  func logConversations() throws {
    guard ledger.conversations > 0 else { return }
    try state.changes.append(
      .imported, conversations: firstNewConversation..<(firstNewConversation + Int64(ledger.conversations)))
  }

  /// Notes how far the log is. Before the commit: what others write after it is not in what this import hands on.
  mutating func notePosition() throws {
    if ledger.added + ledger.updated > 0 { position = try state.changes.position() }
  }
}

extension EngineState {
  /// Works out anew what holds for a conversation by its contacts; how many of them were found to overlap.
  ///
  /// - Parameter isNew: whether nobody has seen it yet.
  func sumUp(_ conversation: Int64, isNew: Bool) throws -> Int {
    let rows = try ordered(try contacts.contacts(of: conversation))
    let records = rows.map(\.record)
    var summary = ConversationSummary(of: records)
    let overlaps = ConversationSummary.overlaps(in: records)
    var found = 0
    for (place, row) in rows.enumerated() {
      var flags = row.record.flags
      if overlaps[place] { flags.insert(.overlap) } else { flags.remove(.overlap) }
      let reply = summary.firstReply.flatMap { $0.contact == place ? $0.seconds : nil }
      guard flags != row.record.flags || reply != row.record.firstReplySeconds else { continue }
      try contacts.setDerived(flags, firstReplySeconds: reply, of: row.key)
      if overlaps[place], flags != row.record.flags { found += 1 }
    }
    if !isNew, let before = try conversations.summary(of: conversation) {
      summary.isRequalified =
        before.isRequalified || (before.state == .ended && before.tags != summary.tags)
    }
    try conversations.replace(key: conversation, summary)
    return found
  }
}
