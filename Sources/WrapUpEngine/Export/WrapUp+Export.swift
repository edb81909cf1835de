internal import Conversations
internal import Glibc
internal import SQLiteStore

/// What can be written out of a store.
public enum ExportSubject: String, CaseIterable, Sendable {
  /// One row a conversation, to be read by people: what its contacts sum up to, tags as merges leave them.
  case conversations
  /// One row a contact, as an import takes it: taken in again, it changes nothing.
  case contacts
  /// Categories with the tags mapped to them, as an import takes it.
  case mapping
  /// Tags, whether they are in use and what they were merged into.
  case tags

  /// The names of the fields, in order.
  public var fields: [String] {
    switch self {
    case .conversations: ExportedConversation.fields
    case .contacts: ExportedContact.fields
    case .mapping: ["category", "tag"]
    case .tags: ["tag", "state", "merged_into"]
    }
  }
}

extension WrapUp {
  /// How often an export looks whether an import is done, and how long it waits then, microseconds.
  private static let exportAttempts = 1_200
  private static let exportPause: UInt32 = 50_000

  /// Calls `body` with every row of what is exported, as of one moment, in the order in which it was taken in: the values
  /// of ``ExportSubject/fields``. Instants are ISO 8601 in UTC, durations whole seconds.
  ///
  /// - Throws: ``WrapUpError/storeBusy(path:)`` when an import has been writing what it changes for a minute.
  /// - Complexity: O(rows); one row is in memory at a time.
  public func export(_ subject: ExportSubject, _ body: ([FieldValue]) -> Void) throws(WrapUpError) {
    do {
      // On a connection of its own: others go on meanwhile.
      let state = try openState()
      for _ in 0..<Self.exportAttempts {
        let isDone = try state.store.read {
          // An import that is decided has written a part of what it changes.
          guard try UnfinishedImport(state.store).written() == nil else { return false }
          switch subject {
          case .contacts: try state.exportContacts(body)
          case .conversations: try state.exportConversations(body)
          case .mapping: try state.exportMapping(body)
          case .tags: try state.exportTags(body)
          }
          return true
        }
        if isDone { return }
        usleep(Self.exportPause)
        try? state.settleSomeOfUnfinishedImport()
      }
      throw StoreFault.busy
    } catch {
      throw WrapUpError(error, path: path)
    }
  }
}

extension EngineState {
  fileprivate func exportContacts(_ body: ([FieldValue]) -> Void) throws {
    let (names, texts) = (try StoreNames(self), try ConversationTexts(store))
    // Contacts of one conversation mostly follow each other.
    var conversation: (key: Int64, id: String) = (0, "")
    try contacts.forEach { row in
      if row.conversation != conversation.key {
        conversation = (row.conversation, try conversations.id(of: row.conversation) ?? "")
      }
      body(
        ExportedContact(
          id: conversation.id, record: row.record, text: try texts.text(ofContact: row.key), names: names
        ).values)
    }
  }

  fileprivate func exportConversations(_ body: ([FieldValue]) -> Void) throws {
    let (names, states) = (try StoreNames(self), try TagStates(store))
    try conversations.forEach { key, id, summary in
      var summary = summary
      summary.tags = states.resolved(summary.tags)
      let rows = try contacts.contacts(of: key).map(\.record)
      body(ExportedConversation(id: id, summary: summary, contacts: rows, names: names).values)
    }
  }

  fileprivate func exportMapping(_ body: ([FieldValue]) -> Void) throws {
    let names = try StoreNames(self)
    for (category, tag) in try MappingRepository(store).pairs() {
      body([.text(names[.category, category]), .text(names[.tag, tag])])
    }
  }

  fileprivate func exportTags(_ body: ([FieldValue]) -> Void) throws {
    let (names, states) = (try self.names(.tag).names(), try TagStates(store))
    for (place, name) in names.enumerated() where !name.isEmpty {
      let id = Int32(place + 1)
      let target = states.merged[id].map { names[Int($0) - 1] }
      body([
        .text(name), .text(target != nil ? "merged" : states.switchedOff.contains(id) ? "off" : "on"),
        .text(target),
      ])
    }
  }
}

/// The names behind the ids of a store, as of one moment.
struct StoreNames {
  private var names: [NameRepository.Kind: [String]] = [:]

  init(_ state: EngineState) throws {
    for kind in NameRepository.Kind.allCases { names[kind] = try state.names(kind).names() }
  }

  /// Ids are dense from 1; one that a later writer has added since has no name here.
  subscript(kind: NameRepository.Kind, id: Int32?) -> String? {
    guard let id, let names = names[kind], names.indices.contains(Int(id) - 1) else { return nil }
    return names[Int(id) - 1]
  }
}
