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

  /// Works out what holds for each conversation that has not exactly one new contact.
  mutating func sumUp() throws {
    for key in changed.sorted() {
      let rows = try state.ordered(try state.contacts.contacts(of: key))
      let records = rows.map(\.record)
      var summary = ConversationSummary(of: records)
      let overlaps = ConversationSummary.overlaps(in: records)
      for (place, row) in rows.enumerated() {
        var flags = row.record.flags
        if overlaps[place] { flags.insert(.overlap) } else { flags.remove(.overlap) }
        let reply = summary.firstReply.flatMap { $0.contact == place ? $0.seconds : nil }
        guard flags != row.record.flags || reply != row.record.firstReplySeconds else { continue }
        try state.contacts.setDerived(flags, firstReplySeconds: reply, of: row.key)
        if overlaps[place], flags != row.record.flags { ledger.count(.overlap) }
      }
      if key < firstNewConversation, let before = try state.conversations.summary(of: key) {
        summary.isRequalified =
          before.isRequalified || (before.state == .ended && before.tags != summary.tags)
      }
      try state.conversations.replace(key: key, summary)
    }
  }

  mutating func logChanges() throws {
    if ledger.conversations > 0 {
      try state.changes.append(
        .imported, conversations: firstNewConversation..<(firstNewConversation + Int64(ledger.conversations)))
    }
    for key in changed.sorted() where key < firstNewConversation {
      try state.changes.append(.updated, conversations: key..<(key + 1))
    }
    // Read before the commit: what others write after it is not in what this import hands on.
    if ledger.added + ledger.updated > 0 { position = try state.changes.position() }
  }
}
