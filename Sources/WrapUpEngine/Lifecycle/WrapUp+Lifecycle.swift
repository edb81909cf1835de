internal import Conversations
internal import MappedFiles
internal import SQLiteStore

extension WrapUp {
  /// Opens a conversation with one live contact that starts now. On disk when this returns.
  ///
  /// - Parameters:
  ///   - id: the conversation's id, new to the store.
  ///   - agent: who has accepted it; talk time runs from now on.
  /// - Throws: ``WrapUpError/conversationExists(id:)``, ``WrapUpError/beingImported(id:)``.
  public func open(_ id: String, channel: String, category: String? = nil, agent: String? = nil)
    throws(WrapUpError)
  {
    let id = try Self.checked(id, field: "id")
    let channel = try Self.checked(channel, field: "channel")
    let category = try category.map { value throws(WrapUpError) in try Self.checked(value, field: "category")
    }
    let agent = try agent.map { value throws(WrapUpError) in try Self.checked(value, field: "agent") }
    let now = settings.now()
    try settlingFirst { () throws(WrapUpError) in
      try withState { state in
        try state.store.write(beforeCommit: FaultPoint.beforeCommit.reach) {
          guard try state.conversations.key(of: id) == nil else {
            throw WrapUpError.conversationExists(id: id)
          }
          try state.makeWay(for: id)
          var record = ContactRecord(startedAt: now)
          record.channel = try state.intern(channel, .channel)
          record.category = try category.map { try state.intern($0, .category) }
          record.agent = try agent.map { try state.intern($0, .agent) }
          record.isHandled = agent != nil
          let key = try state.conversations.insert(id: id, ConversationSummary(of: [record]))
          _ = try state.contacts.insert(record, conversation: key, isLive: true)
          try state.changes.append(.opened, conversations: key..<(key + 1))
        }
        FaultPoint.afterCommit.reach()
      }
    }
  }

  /// Closes a conversation as its agent. On disk when this returns; the next report and recommendation know it.
  ///
  /// - Parameters:
  ///   - tags: what it was about, most important first; they replace those of its latest contact. None keeps
  ///     them.
  ///   - note: an endnote for the history.
  ///   - ending: on a social channel, end it rather than leave it in the picking list.
  ///   - text: what the visitor wrote, to learn from; it replaces what was given before. None keeps it.
  ///   - shown: the list from which the tags were chosen, for the ledger.
  /// - Throws: ``WrapUpError/unknownConversation(id:)``, ``WrapUpError/beingImported(id:)``,
  ///   ``WrapUpError/notClosable(id:state:)``.
  @discardableResult
  public func close(
    _ id: String, tags: [String], note: String? = nil, ending: Bool = false, text: String? = nil,
    shown: ShownList? = nil
  ) throws(WrapUpError) -> CloseReceipt {
    let id = try Self.checked(id, field: "id")
    var checkedTags: [String] = []
    for tag in tags { checkedTags.append(try Self.checked(tag, field: "tag")) }
    let tags = checkedTags
    // As an import takes it, so that it comes back from an export as it is.
    let note = note?.trimmed
    if let note, note.count > Bounds.noteCharacters {
      throw .valueTooLong(field: "note", limit: Bounds.noteCharacters)
    }
    if let text, text.utf8.count > Bounds.textBytes {
      throw .valueTooLong(field: "text", limit: Bounds.textBytes)
    }
    let now = settings.now()
    return try settlingFirst { () throws(WrapUpError) in
      try withState { state in
        let receipt = try state.store.write(beforeCommit: FaultPoint.beforeCommit.reach) {
          let (receipt, key, seq) = try state.close(id, tags: tags, note: note, ending: ending, now: now)
          if let text { try ConversationTexts(state.store).replace(text, of: key) }
          if let shown { try state.keep(shown, of: key, tags: tags, closedAt: now, change: seq) }
          return receipt
        }
        FaultPoint.afterCommit.reach()
        return receipt
      }
    }
  }

  /// A conversation with its contacts; `nil` when the store has none of this id.
  public func conversation(_ id: String) throws(WrapUpError) -> ConversationDetails? {
    try withState { state in
      try state.store.read {
        guard let key = try state.conversations.key(of: id),
          let summary = try state.conversations.summary(of: key)
        else { return nil }
        return try state.details(id: id, key: key, summary)
      }
    }
  }

  /// The value without blanks around it, as an import takes it.
  static func checked(_ value: String, field: String) throws(WrapUpError) -> String {
    let value = value.trimmed
    guard !value.isEmpty else { throw .emptyValue(field: field) }
    guard value.utf8.count <= Bounds.idBytes else { throw .valueTooLong(field: field, limit: Bounds.idBytes) }
    return value
  }
}

extension EngineState {
  /// The id of a name, added if it is new. Part of the caller's transaction.
  func intern(_ name: String, _ kind: NameRepository.Kind) throws -> Int32 {
    if let id = try names(kind).id(of: name) { return id }
    if let id = try names(kind).takeUp(name) {
      // Its id has been read without a name.
      try changes.append(.taxonomy)
      return id
    }
    guard let id = try names(kind).add(name) else {
      throw WrapUpError.tooManyNames(field: kind.rawValue, limit: kind.limit)
    }
    return id
  }

  fileprivate func close(_ id: String, tags: [String], note: String?, ending: Bool, now: Int64) throws
    -> (CloseReceipt, key: Int64, seq: Int64)
  {
    guard let key = try conversations.key(of: id), let summary = try conversations.summary(of: key) else {
      throw try lack(of: id)
    }
    let channel = try summary.channel.flatMap { try names(.channel).name(of: $0) } ?? ""
    guard let next = summary.state.closedByAgent(on: ChannelKind(channelName: channel), ending: ending) else {
      throw WrapUpError.notClosable(id: id, state: summary.state)
    }
    var (created, merged): ([(tag: String, nearest: [String])], [(tag: String, into: String)]) = ([], [])
    var chosen: [Int32] = []
    let states = tags.isEmpty ? TagStates() : try TagStates(store)
    for tag in tags {
      if try names(.tag).id(of: tag) == nil {
        created.append((tag, NearestNames.of(tag, among: try names(.tag).names())))
      }
      let given = try intern(tag, .tag)
      let tagID = states.resolved(given)
      if tagID != given { merged.append((tag, try names(.tag).name(of: tagID) ?? "")) }
      // What it has been given before stays allowed.
      guard !states.switchedOff.contains(tagID) || states.resolved(summary.tags).contains(tagID) else {
        throw WrapUpError.tagOff(name: try names(.tag).name(of: tagID) ?? "")
      }
      if !chosen.contains(tagID) { chosen.append(tagID) }
    }
    var rows = try ordered(contacts.contacts(of: key))
    guard var latest = rows.popLast() else { throw WrapUpError.unknownConversation(id: id) }
    latest.record.close(as: next, tags: chosen, note: note, now: now, isLive: latest.isLive)
    latest.isLive = true
    var closed = ConversationSummary(of: rows.map(\.record) + [latest.record])
    closed.isRequalified = summary.isRequalified
    guard closed.tags.count <= Bounds.tagsOfConversation else {
      throw WrapUpError.tooManyTags(limit: Bounds.tagsOfConversation)
    }
    try contacts.replace(latest)
    try conversations.replace(key: key, closed)
    if !created.isEmpty { try changes.append(.taxonomy) }
    let seq = try changes.append(.closed, conversations: key..<(key + 1))
    return (CloseReceipt(state: closed.state, created: created, merged: merged), key, seq)
  }

  /// The contacts of a conversation in the order of (start, key); the key is the contact id, else the agent.
  func ordered(_ rows: [ContactRepository.Row]) throws -> [ContactRepository.Row] {
    let byStart = rows.sorted { $0.record.startedAt < $1.record.startedAt }
    let hasTies = zip(byStart, byStart.dropFirst()).contains { $0.record.startedAt == $1.record.startedAt }
    // Agents' names are looked up only where they decide.
    guard hasTies else { return byStart }
    let keys = try rows.map { row in
      try row.record.contactID ?? row.record.agent.flatMap { try names(.agent).name(of: $0) } ?? ""
    }
    return rows.indices.sorted {
      rows[$0].record.startedAt == rows[$1].record.startedAt
        ? keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8)
        : rows[$0].record.startedAt < rows[$1].record.startedAt
    }.map { rows[$0] }
  }
}

extension ContactRecord {
  /// Ends this contact as its agent's close does.
  ///
  /// A live contact's talk runs from acceptance, else from the push, to now, where the dialog opens and is
  /// confirmed at once; what an import has said of a contact's handling stays.
  fileprivate mutating func close(
    as next: ConversationState, tags: [Int32], note: String?, now: Int64, isLive: Bool
  ) {
    if !tags.isEmpty { self.tags = tags }
    self.note = note ?? self.note
    state = next
    closing = .agent
    closedAt = max(now, startedAt)
    // What ended before, by a transfer, a snooze or an earlier close, stays what it was.
    guard endedAt == nil else { return }
    isHandled = true
    endedAt = closedAt
    endReason = .closed
    if isLive, let talk = UInt32(exactly: max(now, startedAt) - startedAt) {
      talkSeconds = talk
      wrapUpSeconds = 0
      handling = HandlingValue(given: nil, parts: [.seconds(talk), .seconds(0)], elapsed: nil)
    }
  }
}
