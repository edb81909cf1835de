internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The contacts of conversations with several rows, resolved one conversation after the other.
struct SharedContacts {
  private var contacts: [ContactFeed.Row] = []
  private var nextContact: Int64 = 1
  private var nextConversation: Int64 = 1

  /// Resolves one conversation and enters what became of its rows.
  mutating func add(
    _ places: [SharedIDs.RowPlace], _ texts: SharedRows, _ chunks: [(file: Int, chunk: ParsedChunk)],
    _ files: [ParsedFile], _ names: [NameRepository.Kind: FileNames], _ books: inout FileLedgers
  ) {
    var rows: [SharedConversation.Row] = []
    for place in places {
      let found = texts[place]
      let file = chunks[place.chunk].file
      var record = found.row.record
      func id(_ name: String?, _ kind: NameRepository.Kind) -> Int32? { name.map { names[kind]!.id(of: $0) } }
      record.channel = id(found.channel, .channel)
      record.category = id(found.category, .category)
      record.agent = id(found.agent, .agent)
      record.group = id(found.group, .group)
      for tag in found.tags {
        let id = names[.tag]!.id(of: tag)
        if !record.tags.contains(id) { record.tags.append(id) }
      }
      books.takeBack(record, isElapsed: found.row.isElapsed, file: file)
      rows.append(
        SharedConversation.Row(
          file: file, line: books.line(of: place, chunks), record: record,
          isElapsed: found.row.isElapsed))
    }
    let conversation = SharedConversation(
      rows, firstKey: nextContact, fields: files.map(\.fields), agentName: names[.agent]!.name)
    nextContact += Int64(places.count)
    books.enter(conversation, firstFile: rows[0].file)
    for (file, ledger) in conversation.ledgers {
      for (place, rejection) in ledger.rejections {
        books.refuse(
          rejection, texts[places[place]], file: file, parser: chunks[places[place].chunk].chunk.parser)
      }
    }
    let summary = conversation.summary
    for (key, record) in conversation.rows {
      var row = ContactFeed.Row(record, contact: key, conversation: nextConversation, summary)
      row.firstReplySeconds = record.firstReplySeconds
      contacts.append(row)
    }
    nextConversation += 1
  }

  /// All contacts with their final codes.
  func rows(_ final: [NameRepository.Kind: FileNames.Final]) -> (ended: ContactRows, open: ContactRows) {
    var ended = ContactRows()
    var open = ContactRows()
    func code(_ id: UInt32, _ kind: NameRepository.Kind) -> UInt32 { final[kind]!.codes[Int(id)] }
    for contact in contacts {
      var row = contact
      row.channel = code(row.channel, .channel)
      row.category = code(row.category, .category)
      row.agent = code(row.agent, .agent)
      row.group = code(row.group, .group)
      row.tags = row.tags.map { Int32(code(UInt32($0), .tag)) }
      if row.state == .ended {
        ended.append(ContactRows.Row(row))
      } else {
        open.append(ContactRows.Row(row))
      }
    }
    return (ended, open)
  }
}
