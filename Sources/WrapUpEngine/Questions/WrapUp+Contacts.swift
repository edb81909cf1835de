public import HandlingAnalytics
internal import SQLiteStore

extension WrapUp {
  /// Lists the contacts that a question counts, each once, whatever its dimensions: the rows behind a figure.
  ///
  /// - Parameters:
  ///   - query: its filter, period, attribution and limit decide; dimensions and measures do not.
  ///   - order: ties go by the order in which the store took the contacts in.
  ///   - body: is given the contacts one after the other.
  /// - Returns: how many there were.
  /// - Throws: as ``report(_:)``, and what `body` throws.
  /// - Complexity: as a report, and one read by key per contact; 16 bytes a contact.
  @discardableResult
  public func forEachContact(
    of query: HandlingQuery, sortedBy order: ContactOrder, _ body: (CountedContact) -> Void
  ) throws(WrapUpError) -> Int {
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    let keys = try ask(query) { query, table, setting throws(QueryFault) in
      try table.contacts(query, sortedBy: order, setting, on: runner)
    }
    var names: ContactNames?
    // The lock is given back between batches, so that closes go on meanwhile.
    for start in stride(from: 0, to: keys.count, by: 1024) {
      let batch = keys[start..<min(start + 1024, keys.count)]
      let contacts = try withState { state in
        try state.store.read {
          let known = try names ?? ContactNames(state, asOf: query.asOf)
          names = known
          let source = try CountedContacts(state.store, state.contacts)
          return try batch.compactMap { try source.row($0).map(known.contact) }
        }
      }
      for contact in contacts { body(contact) }
    }
    return keys.count
  }
}

/// The names behind the ids of contacts.
private struct ContactNames {
  private let tags: [String]
  private let states: TagStates
  private let categories: [String]
  private let channels: [String]
  private let agents: [String]
  private let groups: [String]

  init(_ state: EngineState, asOf time: HandlingQuery.TagTime) throws {
    states = time == .today ? try TagStates(state.store) : TagStates()
    tags = try state.names(.tag).names()
    categories = try state.names(.category).names()
    channels = try state.names(.channel).names()
    agents = try state.names(.agent).names()
    groups = try state.names(.group).names()
  }

  func contact(_ row: CountedContacts.Row) -> CountedContact {
    let (record, conversation) = (row.contact, row.conversation)
    var contact = CountedContact(
      id: row.conversationID, startedAt: record.startedAt, state: conversation.state)
    contact.contactID = record.contactID
    contact.visitor = conversation.visitor
    contact.channel = Self.name(conversation.channel, channels)
    contact.category = Self.name(conversation.category, categories)
    contact.tags = states.resolved(conversation.tags).compactMap { Self.name($0, tags) }
    contact.agent = Self.name(record.agent, agents)
    contact.group = Self.name(record.group, groups)
    contact.isBot = record.isBot
    contact.firstMessageAt = record.firstMessageAt
    contact.firstReplyAt = record.firstReplyAt
    contact.endedAt = record.endedAt
    contact.endReason = record.endReason
    contact.reportedAt = conversation.endedAt
    contact.closing = conversation.closing
    contact.handlingSeconds = record.handling.seconds.map(Int.init)
    contact.basis = record.handling.basis
    contact.isHandled = record.isHandled
    contact.talkSeconds = record.talkSeconds.map(Int.init)
    contact.holdSeconds = record.holdSeconds.map(Int.init)
    contact.wrapUpSeconds = record.wrapUpSeconds.map(Int.init)
    contact.rating = conversation.rating
    contact.networkQuality = conversation.networkQuality.map(Int.init)
    contact.productQuality = conversation.productQuality.map(Int.init)
    contact.flags = record.flags
    return contact
  }

  /// Ids are dense from 1; one that a later writer has added since is left blank.
  private static func name(_ id: Int32?, _ names: [String]) -> String? {
    guard let id, id > 0, id <= names.count else { return nil }
    return names[Int(id) - 1]
  }
}
