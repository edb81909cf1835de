internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// What becomes of a row: a new conversation, a new contact of one that is there, or the same again.
extension ContactImport {
  /// Conversations of the store that are remembered at a time.
  private static let knownLimit = 1 << 14

  mutating func take(_ row: ImportRow, _ texts: [String]) throws {
    var record = try resolved(row, texts)
    if let key = try key(of: row) {
      try takeAgain(record, row, conversation: key)
    } else {
      let summary = ConversationSummary(of: [record])
      record.firstReplySeconds = summary.firstReply?.seconds
      let key = try conversationInsertion.insert(id: row.id, summary)
      keys[row.idNumber] = key
      ledger.conversations += 1
      let contact = try add(record, row, conversation: key)
      if storeWasEmpty {
        if record.contactID != nil { named.insert(key) }
        fresh.append(record, contact: contact, conversation: key, summary)
      }
    }
    if record.handling.basis == .given {
      ledger.givenRows += 1
      if row.isElapsed { ledger.elapsedRows += 1 }
    }
  }

  private mutating func key(of row: ImportRow) throws -> Int64? {
    if row.idNumber >= keys.count {
      keys.append(contentsOf: repeatElement(0, count: row.idNumber + 1 - keys.count))
    }
    if keys[row.idNumber] != 0 { return keys[row.idNumber] }
    guard !storeWasEmpty, let key = try state.conversations.key(of: row.id) else { return nil }
    keys[row.idNumber] = key
    return key
  }

  private mutating func takeAgain(_ record: ContactRecord, _ row: ImportRow, conversation: Int64) throws {
    if known[conversation] == nil {
      // What the store has can be read again; in one that was empty there is no index yet to find it by.
      if !storeWasEmpty, known.count == Self.knownLimit { known.removeAll(keepingCapacity: true) }
      var found = KnownConversation()
      if storeWasEmpty, !named.contains(conversation) {
        let first = fresh.first(ofConversation: conversation - firstNewConversation)
        found.contacts[first.identity] = first.contact
        found.replaceTags([], with: first.tags)
      } else {
        try flush()
        for contact in try contacts(of: conversation) { found.add(contact) }
      }
      known[conversation] = found
    }
    let identity = ContactIdentity(record)
    if let contact = known[conversation]?.contacts[identity] {
      return try repeatOf(contact, record, row, conversation: conversation)
    }
    guard known[conversation]!.contacts.count < Bounds.contactsOfConversation else {
      throw RowRejection(
        line: row.line, column: "id", reason: .tooManyContacts(limit: Bounds.contactsOfConversation))
    }
    try replaceTags([], with: record.tags, of: conversation, line: row.line)
    let isOwn = conversation >= firstNewConversation
    let contact =
      try isOwn
      ? add(record, row, conversation: conversation) : stage(record, row, conversation: conversation)
    known[conversation]!.contacts[identity] = contact
    if isOwn { changed.insert(conversation) }
  }

  /// A contact that is there already: the same, an update, or a contradiction within this file.
  private mutating func repeatOf(
    _ contact: Int64, _ record: ContactRecord, _ row: ImportRow, conversation: Int64
  )
    throws
  {
    try flush()
    guard let stored = try staged?.contact(contact) ?? state.contacts.contact(contact) else { return }
    // What depends on the other contacts is found when the conversation is summed up.
    var same = stored.record
    same.flags.remove(.overlap)
    same.firstReplySeconds = nil
    let fields = row.fields ?? fields
    let record = record.keeping(same, absent: fields)
    if let end = record.endedAt, end < record.startedAt {
      throw RowRejection(
        line: row.line, column: fields.contains(.endedAt) ? "endedAt" : "startedAt", reason: .endBeforeStart)
    }
    let hasSameText =
      try !fields.contains(.text)
      || row.text == staged?.text(ofContact: contact) ?? texts.stored.text(ofContact: contact)
    let isSame = same == record && hasSameText
    if let line = line(of: contact), !isSame {
      throw RowRejection(line: row.line, reason: .conflictsWithLine(Int(line)))
    }
    if conversation < firstNewConversation { earlierLines[contact] = UInt32(clamping: row.line) }
    guard !isSame else {
      ledger.unchanged += 1
      return
    }
    guard !stored.isLive else {
      // What was recorded here when it happened stands against what a file says of it.
      ledger.keptLive += 1
      return
    }
    try replaceTags(same.tags, with: record.tags, of: conversation, line: row.line)
    let replacing = ContactRepository.Row(
      key: contact, conversation: conversation, isLive: stored.isLive, record: record)
    if let staged, conversation < firstNewConversation {
      try staged.put(replacing)
      if !hasSameText { try staged.put(row.text, ofContact: contact) }
    } else {
      try state.contacts.replace(replacing)
      if !hasSameText { try texts.stored.replace(row.text, ofContact: contact) }
      changed.insert(conversation)
    }
    ledger.updated += 1
    ledger.count(record.flags)
  }

  /// The contacts of a conversation that is met for the second time, or was there before.
  private func contacts(of conversation: Int64) throws -> [ContactRepository.Row] {
    guard storeWasEmpty else {
      let stored = try state.contacts.contacts(of: conversation)
      guard let staged, conversation < firstNewConversation else { return stored }
      let replacing = try staged.contacts(of: conversation)
      return stored.filter { row in !replacing.contains { $0.key == row.key } } + replacing
    }
    // The index is put off: it has the one contact it was made with.
    let first = fresh.first(ofConversation: conversation - firstNewConversation)
    return try [state.contacts.contact(first.contact)].compactMap(\.self)
  }

  /// Replaces a contact's tags among those of its conversation, unless there would be too many.
  private mutating func replaceTags(_ old: [Int32], with new: [Int32], of conversation: Int64, line: Int)
    throws
  {
    known[conversation]!.replaceTags(old, with: new)
    guard known[conversation]!.tagUses.count <= Bounds.tagsOfConversation else {
      known[conversation]!.replaceTags(new, with: old)
      throw RowRejection(line: line, column: "tags", reason: .tooManyTags(limit: Bounds.tagsOfConversation))
    }
  }

  /// The line of this file on which a contact was named before.
  func line(of contact: Int64) -> UInt32? {
    contact >= firstNewContact && contact < StagedContacts.firstKey
      ? lines[Int(contact - firstNewContact)] : earlierLines[contact]
  }

  private mutating func add(_ record: ContactRecord, _ row: ImportRow, conversation: Int64) throws -> Int64 {
    let contact = try insertion.insert(record, conversation: conversation)
    if let text = row.text { texts.keep(text, of: contact) }
    lines.append(UInt32(clamping: row.line))
    ledger.added += 1
    ledger.count(record.flags)
    return contact
  }

  /// Keeps a new contact of a conversation from before; its key until it is written.
  private mutating func stage(_ record: ContactRecord, _ row: ImportRow, conversation: Int64) throws -> Int64
  {
    guard let staged else { preconditionFailure("a store without conversations has none from before") }
    let key = staged.newKey()
    try staged.put(.init(key: key, conversation: conversation, isLive: false, record: record))
    if let text = row.text { try staged.put(text, ofContact: key) }
    earlierLines[key] = UInt32(clamping: row.line)
    ledger.added += 1
    ledger.count(record.flags)
    return key
  }
}
