internal import Conversations
internal import SQLiteStore

/// Writes what a decided import says of earlier conversations, and then logs these: in that order, so that whoever
/// follows the log finds all of them as they are to be.
struct StagedApplication {
  /// What has become of the staged contacts of a conversation, but for those that were written.
  struct Result {
    /// The contact was closed here meanwhile, which stands.
    var keptLive: [ContactRepository.Row] = []
    /// The conversation was given so many tags meanwhile that it can't take these.
    var refused: [ContactRepository.Row] = []
    /// Contacts that were found to overlap others.
    var overlaps = 0
  }

  /// When a transaction is to end, its commit apart.
  private static let duration = Duration.milliseconds(50)
  /// Conversations after which the clock is looked at.
  private static let conversationsByClock = 64

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

  /// Writes or logs some conversations, as a short transaction of the caller's; whether that was the last.
  func writeSome(_ body: (Result) -> Void = { _ in }) throws -> Bool {
    guard var written = try unfinished.written() else { return true }
    let start = ContinuousClock.now
    var isDue: Bool { start.duration(to: .now) >= Self.duration }
    while !isDue {
      let next = try staged.conversations(from: written, limit: Self.conversationsByClock)
      guard let last = next.last else { break }
      for conversation in next { body(try write(conversation)) }
      written = last + 1
      try unfinished.setWritten(written)
    }
    while !isDue {
      let next = try staged.conversations(from: 0, limit: Self.conversationsByClock)
      guard next.last.map({ $0 < written }) ?? true else { break }
      if next.isEmpty {
        try unfinished.setWritten(nil)
        return true
      }
      for conversation in next {
        try state.changes.append(.updated, conversations: conversation..<(conversation + 1))
        try staged.remove(conversation)
      }
    }
    return false
  }

  /// Writes what is staged of a conversation and works out anew what holds for it.
  private func write(_ conversation: Int64) throws -> Result {
    var (result, known) = (Result(), KnownConversation())
    for row in try state.contacts.contacts(of: conversation) { known.add(row) }
    for row in try staged.contacts(of: conversation) {
      let stored = row.key < StagedContacts.firstKey ? try state.contacts.contact(row.key) : nil
      if stored?.isLive == true {
        result.keptLive.append(row)
        continue
      }
      let tags = stored?.record.tags ?? []
      known.replaceTags(tags, with: row.record.tags)
      if known.tagUses.count > Bounds.tagsOfConversation {
        known.replaceTags(row.record.tags, with: tags)
        result.refused.append(row)
      } else {
        try write(row, isNew: stored == nil)
      }
    }
    result.overlaps = try state.sumUp(conversation, isNew: false)
    return result
  }

  private func write(_ row: ContactRepository.Row, isNew: Bool) throws {
    var key = row.key
    if isNew {
      key = try state.contacts.insert(row.record, conversation: row.conversation, isLive: false)
    } else {
      try state.contacts.replace(row)
    }
    if let text = try staged.text(ofContact: row.key) { try texts.replace(text, ofContact: key) }
  }
}
