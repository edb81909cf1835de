internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// One file's way into the store, within one transaction of the caller.
///
/// A conversation of one contact is written at once, as nearly all are. One that is met again is remembered with
/// the keys of its contacts, and summed up when the file has been read. Memory: into an empty store some 130
/// bytes a contact at the peak, columns and model included.
struct ContactImport {
  /// Conversations of the store that are remembered at a time.
  private static let knownLimit = 1 << 14

  let state: EngineState
  private let fields: Set<ImportField>
  var ledger = ImportLedger()
  /// Whether the store held no conversation when the import began, and the file is a CSV without texts, of which no
  /// refused row is wanted whole.
  let storeWasEmpty: Bool
  /// Given every refused row, if anybody wants them.
  var rejected: ((RowRejection) -> Void)?
  /// Whether to stop.
  var isCancelled: () -> Bool = { false }
  /// The file, when it is to be refused as a whole for a single row.
  var strictPath: String?
  /// What passes through, for columns and model; kept only when the store was empty.
  var fresh = FreshContacts()
  /// The import's last change; `nil` when it changed nothing.
  var position: ChangeLog.Position?
  /// Model and columns of an import into an empty store.
  private(set) var derivation: FreshDerivation?
  /// What writes the rows of an import into an empty store while the next ones are made.
  private let writing: WritingThread?
  let insertion: ContactInsertion
  let conversationInsertion: ConversationInsertion
  /// Whether the file has a column for contact ids, and the conversations, in a store that was empty, whose first
  /// contact has one.
  let hasContactIDs: Bool
  var named: Set<Int64> = []
  /// The ids of the file's conversations, once it has been read on the way into an empty store.
  private var ids = ConversationIDs()
  let firstNewConversation: Int64
  let firstNewContact: Int64
  /// Keys of the conversations met so far by their number in the file; 0 when not looked up yet.
  var keys: [Int64] = []
  private var known: [Int64: KnownConversation] = [:]
  private var texts: ContactTexts
  /// Conversations that have not exactly one new contact.
  var changed: Set<Int64> = []
  /// Lines of the contacts that this file added, by key - firstNewContact.
  var lines: [UInt32] = []
  /// Lines of contacts from before that this file has named.
  private var earlierLines: [Int64: UInt32] = [:]
  var tags: NameResolver
  var categories: NameResolver
  var channels: NameResolver
  var agents: NameResolver
  var groups: NameResolver

  /// - Parameters:
  ///   - fields: the fields that the file has.
  ///   - unusedHeaders: headers of the file that name no field.
  ///   - goesByChunks: whether the file can be taken apart into columns.
  init(
    _ state: EngineState, fields: Set<ImportField>, unusedHeaders: [String], goesByChunks: Bool
  ) throws {
    self.state = state
    self.fields = fields
    hasContactIDs = fields.contains(.contactId)
    ledger.unusedHeaders = unusedHeaders
    ledger.hasEnd = fields.contains(.endedAt)
    ledger.hasHandling = fields.contains(where: \.isHandling)
    firstNewConversation = try state.conversations.lastKey() + 1
    firstNewContact = try state.contacts.lastKey() + 1
    storeWasEmpty = firstNewConversation == 1 && goesByChunks && !fields.contains(.text)
    texts = try ContactTexts(state.store)
    // Where the store knows nothing of the file's conversations, hardly anything is read on the way.
    writing = storeWasEmpty ? try? WritingThread() : nil
    let batchSize = RowInsertion.bulkBatchSize(isQueued: writing != nil)
    insertion = try ContactInsertion(
      state.store, of: ContactRepository.Column.needed(for: fields), isLive: false,
      batchSize: batchSize, queue: writing)
    conversationInsertion = try ConversationInsertion(
      state.store, of: ConversationRepository.Column.needed(for: fields),
      batchSize: batchSize, queue: writing)
    tags = try NameResolver(.tag, of: state.store)
    categories = try NameResolver(.category, of: state.store)
    channels = try NameResolver(.channel, of: state.store)
    agents = try NameResolver(.agent, of: state.store)
    groups = try NameResolver(.group, of: state.store)
  }

  /// Takes in every row of a file; conversations, contacts, names and changes are written when this returns.
  mutating func run(_ batches: RowBatches, progress: (Int, Int) -> Void) throws {
    var texts: [String] = []
    while let batch = batches.next() {
      texts += batch.newTexts
      for read in batch.rows {
        ledger.rows += 1
        switch read {
        case .success(let row): _ = try takeOrReject(row, texts)
        case .failure(let rejection): reject(rejection)
        }
        try checkStrictly()
      }
      if let failure = batch.failure { throw failure }
      ledger.unixTimes.formUnion(batch.unixTimes)
      if !batch.unusedKeys.isEmpty { ledger.unusedHeaders = batch.unusedKeys }
      if self.texts.areMany { try flush() }
      try checkCancelled()
      progress(ledger.rows, batch.bytesConsumed)
    }
    try checkCancelled()
    try flush()
    try writeNames()
    try sumUp()
    try logChanges()
    try checkCancelled()
  }

  /// Takes in every row of a file that was taken apart into columns, when the store is empty.
  mutating func run(_ batches: ParsedBatches, _ exact: consuming RowReader, progress: (Int, Int) -> Void)
    throws
  {
    var parsed = ParsedRows(exact, contact: insertion.columns, conversation: conversationInsertion.columns)
    try state.store.dropIndexes()
    while let batch = batches.next() {
      try take(batch, &parsed)
      try checkStrictly()
      try checkCancelled()
      if let failure = batch.failure { throw failure }
      progress(ledger.rows, batch.bytesConsumed)
      batches.reuse(batch)
    }
    try checkCancelled()
    try flush()
    let outcome = batches.takeOutcome()
    ids = ConversationIDs(outcome.ids, keys: keys, first: firstNewConversation)
    keys = []
    try spellNames(outcome.names)
    try writeNames()
    if changed.isEmpty { derive() }
    try state.store.createIndexes()
    try sumUp()
    try logChanges()
    try checkCancelled()
    guard !changed.isEmpty else { return }
    try fresh.finish(replacing: changed, from: state.store)
    derive()
  }

  /// Has model and columns made while indexes are, and what follows.
  private mutating func derive() {
    derivation = FreshDerivation(fresh, ids, columnsPath: state.columns.path)
  }

  /// Takes a row; when it has to be refused, notes why and returns false.
  mutating func takeOrReject(_ row: ImportRow, _ texts: [String]) throws -> Bool {
    do {
      try take(row, texts)
      return true
    } catch var rejection as RowRejection {
      rejection.source = row.source
      reject(rejection)
      refuseNames()
      return false
    }
  }

  private mutating func reject(_ rejection: RowRejection) {
    ledger.reject(rejection)
    rejected?(rejection)
  }

  private func checkCancelled() throws {
    if isCancelled() { throw WrapUpError.cancelled }
  }

  /// - Throws: the first refusal, if none is wanted.
  private func checkStrictly() throws {
    guard let strictPath, let first = ledger.rejections.first else { return }
    throw WrapUpError.row(path: strictPath, first)
  }

  private mutating func take(_ row: ImportRow, _ texts: [String]) throws {
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
        for contact in try contacts(of: conversation) {
          found.contacts[ContactIdentity(contact.record)] = contact.key
          found.replaceTags([], with: contact.record.tags)
        }
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
    let contact = try add(record, row, conversation: conversation)
    known[conversation]!.contacts[identity] = contact
    changed.insert(conversation)
  }

  /// A contact that is there already: the same, an update, or a contradiction within this file.
  private mutating func repeatOf(
    _ contact: Int64, _ record: ContactRecord, _ row: ImportRow, conversation: Int64
  )
    throws
  {
    try flush()
    guard let stored = try state.contacts.contact(contact) else { return }
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
      try !fields.contains(.text) || row.text == texts.stored.text(ofContact: contact)
    let isSame = same == record && hasSameText
    if let line = line(of: contact), !isSame {
      throw RowRejection(line: row.line, reason: .conflictsWithLine(Int(line)))
    }
    if contact < firstNewContact { earlierLines[contact] = UInt32(clamping: row.line) }
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
    try state.contacts.replace(
      ContactRepository.Row(
        key: contact, conversation: conversation, isLive: stored.isLive, record: record))
    if !hasSameText { try texts.stored.replace(row.text, ofContact: contact) }
    changed.insert(conversation)
    ledger.updated += 1
    ledger.count(record.flags)
  }

  /// The contacts of a conversation that is met for the second time, or was there before.
  private func contacts(of conversation: Int64) throws -> [ContactRepository.Row] {
    guard storeWasEmpty else { return try state.contacts.contacts(of: conversation) }
    // The index is put off: it has the one contact it was made with.
    let first = fresh.first(ofConversation: conversation - firstNewConversation)
    return try [state.contacts.contact(first.contact)].compactMap(\.self)
  }

  /// Ends the thread that writes, whatever became of the import; the connection is the caller's again.
  func endWriting() { writing?.end() }

  /// Writes what the insertions have kept back, before anything is read.
  mutating func flush() throws {
    try conversationInsertion.flush()
    try insertion.flush()
    try texts.flush()
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
  private func line(of contact: Int64) -> UInt32? {
    contact >= firstNewContact ? lines[Int(contact - firstNewContact)] : earlierLines[contact]
  }

  private mutating func add(_ record: ContactRecord, _ row: ImportRow, conversation: Int64) throws -> Int64 {
    let contact = try insertion.insert(record, conversation: conversation)
    if let text = row.text { texts.keep(text, of: contact) }
    lines.append(UInt32(clamping: row.line))
    ledger.added += 1
    ledger.count(record.flags)
    return contact
  }
}
