internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// One file's way into the store: into one without conversations within one transaction of the caller, else by chunks
/// that nobody sees before the last.
///
/// A conversation of one contact is written at once, as nearly all are. One that is met again is remembered with
/// the keys of its contacts, and summed up when the file has been read. What changes conversations that everybody sees
/// is staged until then. Memory: into an empty store some 130 bytes a contact at the peak, columns and model included.
struct ContactImport {
  let state: EngineState
  let fields: Set<ImportField>
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
  /// The least keys of the file's own conversations, and of their contacts.
  let firstNewConversation: Int64
  let firstNewContact: Int64
  /// The same while the import goes by chunks; `nil` when it does not.
  let border: UnfinishedImport.Border?
  /// What the file says of contacts of conversations from before; `nil` where there are none.
  let staged: StagedContacts?
  /// Keys of the conversations met so far by their number in the file; 0 when not looked up yet.
  var keys: [Int64] = []
  var known: [Int64: KnownConversation] = [:]
  var texts: ContactTexts
  /// The file's own conversations that have not exactly one contact.
  var changed: Set<Int64> = []
  /// Lines of the contacts that this file added, by key - firstNewContact.
  var lines: [UInt32] = []
  /// Lines of contacts that are of conversations from before, by key.
  var earlierLines: [Int64: UInt32] = [:]
  /// Up to where what others have written is known.
  var followed: ChangeLog.Position
  var tags: NameResolver
  var categories: NameResolver
  var channels: NameResolver
  var agents: NameResolver
  var groups: NameResolver

  /// - Parameters:
  ///   - fields: the fields that the file has.
  ///   - unusedHeaders: headers of the file that name no field.
  ///   - goesByColumns: whether the file can be taken apart into columns.
  ///   - border: where the rows begin that nobody is to see; `nil` for a store that has no conversations.
  init(
    _ state: EngineState, fields: Set<ImportField>, unusedHeaders: [String], goesByColumns: Bool,
    border: UnfinishedImport.Border?
  ) throws {
    self.state = state
    self.fields = fields
    hasContactIDs = fields.contains(.contactId)
    ledger.unusedHeaders = unusedHeaders
    ledger.hasEnd = fields.contains(.endedAt)
    ledger.hasHandling = fields.contains(where: \.isHandling)
    self.border = border
    firstNewConversation = border?.conversation ?? 1
    firstNewContact = border?.contact ?? 1
    staged = try border.map { _ in try StagedContacts(state.store) }
    followed = try state.changes.position()
    storeWasEmpty = border == nil && goesByColumns && !fields.contains(.text)
    texts = try ContactTexts(state.store)
    // Where the store knows nothing of the file's conversations, hardly anything is read on the way.
    writing = storeWasEmpty ? try? WritingThread() : nil
    let batchSize = RowInsertion.bulkBatchSize(isQueued: writing != nil)
    insertion = try ContactInsertion(
      state.store, of: ContactRepository.Column.needed(for: fields), isLive: false,
      firstKey: border?.contact, batchSize: batchSize, queue: writing)
    conversationInsertion = try ConversationInsertion(
      state.store, of: ConversationRepository.Column.needed(for: fields), firstKey: border?.conversation,
      batchSize: batchSize, queue: writing)
    tags = try NameResolver(.tag, of: state.store)
    categories = try NameResolver(.category, of: state.store)
    channels = try NameResolver(.channel, of: state.store)
    agents = try NameResolver(.agent, of: state.store)
    groups = try NameResolver(.group, of: state.store)
  }

  /// Takes in every row of a file into a store without conversations; conversations, contacts, names and changes are
  /// written when this returns.
  mutating func run(_ batches: RowBatches, progress: (Int, Int) -> Void) throws {
    var texts: [String] = []
    while let batch = batches.next() {
      texts += batch.newTexts
      for row in batch.rows { try take(row, texts) }
      try end(batch)
      if self.texts.areMany { try flush() }
      progress(ledger.rows, batch.bytesConsumed)
    }
    try checkCancelled()
    try flush()
    try writeNames()
    for conversation in changed.sorted() { try sumUp(conversation) }
    try logConversations()
    try notePosition()
    try checkCancelled()
  }

  /// Takes a row as it was read.
  mutating func take(_ read: Result<ImportRow, RowRejection>, _ texts: [String]) throws {
    ledger.rows += 1
    switch read {
    case .success(let row): _ = try takeOrReject(row, texts)
    case .failure(let rejection): reject(rejection)
    }
    try checkStrictly()
  }

  /// All rows of a batch are taken.
  mutating func end(_ batch: RowBatches.Batch) throws {
    if let failure = batch.failure { throw failure }
    ledger.unixTimes.formUnion(batch.unixTimes)
    if !batch.unusedKeys.isEmpty { ledger.unusedHeaders = batch.unusedKeys }
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
    for conversation in changed.sorted() { try sumUp(conversation) }
    try logConversations()
    try notePosition()
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

  mutating func reject(_ rejection: RowRejection) {
    ledger.reject(rejection)
    rejected?(rejection)
  }

  func checkCancelled() throws {
    if isCancelled() { throw WrapUpError.cancelled }
  }

  /// - Throws: the first refusal, if none is wanted.
  func checkStrictly() throws {
    guard let strictPath, let first = ledger.rejections.first else { return }
    throw WrapUpError.row(path: strictPath, first)
  }

  /// Ends the thread that writes, whatever became of the import; the connection is the caller's again.
  func endWriting() { writing?.end() }

  /// Writes what the insertions have kept back, before anything is read.
  mutating func flush() throws {
    try conversationInsertion.flush()
    try insertion.flush()
    try texts.flush()
  }
}
