internal import Conversations
internal import SQLiteStore

/// Writes what a decided import says of earlier conversations, and then has everybody see the import: in that order, so
/// that whoever follows the log finds all of it at once.
struct StagedApplication {
  /// What has come of the staged contacts of a conversation.
  struct Result {
    /// The contact was closed here meanwhile, which stands.
    var keptLive: [ContactRepository.Row] = []
    /// Contacts that were found to overlap others.
    var overlaps = 0
  }

  /// Conversations that are looked up at a time.
  private static let lookup = 64

  private let state: EngineState
  private let staged: StagedContacts
  private let texts: ConversationTexts
  private let unfinished: UnfinishedImport

  init(_ state: EngineState) throws {
    self.state = state
    staged = try StagedContacts(state.store)
    texts = try ConversationTexts(state.store)
    unfinished = UnfinishedImport(state.store)
  }

  /// Writes some conversations, or has everybody see the import when all are written, as a short transaction of the
  /// caller's; whether that was the last.
  func writeSome(_ body: (Result) -> Void = { _ in }) throws -> Bool {
    guard var written = try unfinished.written() else { return true }
    let transaction = ShortTransaction()
    let insertion = try state.contacts.insertionOfImport()
    while true {
      let next = try staged.conversations(from: written, limit: Self.lookup)
      if next.isEmpty { break }
      for conversation in next {
        body(try write(conversation, insertion))
        written = conversation + 1
        if transaction.isDue {
          try unfinished.setWritten(written)
          return false
        }
      }
    }
    try unfinished.publish()
    return true
  }

  /// Writes what is staged of a conversation and works out anew what holds for it.
  private func write(_ conversation: Int64, _ insertion: ContactInsertion) throws -> Result {
    var result = Result()
    for row in try staged.contacts(of: conversation) {
      var key = row.key
      if key >= StagedContacts.firstKey {
        key = try insertion.insert(row.record, conversation: conversation)
      } else if try state.contacts.contact(key)?.isLive == true {
        result.keptLive.append(row)
        continue
      } else {
        try state.contacts.replace(row)
      }
      if let text = try staged.text(ofContact: row.key) { try texts.replace(text, ofContact: key) }
    }
    result.overlaps = try state.sumUp(conversation, isNew: false)
    return result
  }
}
