internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The contacts of conversations with several rows, resolved one conversation after the other.
struct SharedContacts {
  private var contacts: [ContactFeed.Row] = []
  private var nextContact: Int64 = 1
  private var nextConversation: Int64 = 1

  /// Resolves the conversations, several at a time, and enters what became of their rows.
  mutating func add(
    _ conversations: [[SharedIDs.RowPlace]], _ texts: SharedRows, _ chunks: [(file: Int, chunk: ParsedChunk)],
    _ files: [ParsedFile], _ inputs: [InputFile], agents: FileNames, _ books: inout FileLedgers,
    on runner: SliceRunner
  ) throws(WrapUpError) {
    let fields = files.map(\.fields)
    let lines = books
    let slices = max(1, min(runner.sliceCount, conversations.count))
    let found = Places<[SharedConversation.Outcome]>(slices)
    runner.run(slices) { slice in
      let share = slice * conversations.count / slices..<(slice + 1) * conversations.count / slices
      found[slice] = conversations[share].map { places in
        let rows = places.map { place in
          let row = texts[place]
          return SharedConversation.Row(
            file: chunks[place.chunk].file, line: lines.line(of: place, chunks), record: row.record,
            isElapsed: row.isElapsed)
        }
        return SharedConversation(rows, fields: fields, agents: agents).outcome
      }
    }
    for (places, conversation) in zip(conversations, (0..<slices).flatMap { found[$0] ?? [] }) {
      for place in places {
        let row = texts[place]
        books.takeBack(row.record, isElapsed: row.isElapsed, file: chunks[place.chunk].file)
      }
      books.enter(conversation, firstFile: chunks[places[0].chunk].file)
      for (file, ledger) in conversation.ledgers {
        for place in ledger.rejections.map({ places[$0.place] }) {
          let chunk = chunks[place.chunk].chunk
          books.refuse(
            try SharedRows.names(ofRow: place.row, of: chunk, inputs[file], files[file].readers[0]),
            file: file,
            parser: chunk.parser)
        }
      }
      let summary = conversation.summary
      for record in conversation.records {
        var row = ContactFeed.Row(record, contact: nextContact, conversation: nextConversation, summary)
        row.firstReplySeconds = record.firstReplySeconds
        contacts.append(row)
        nextContact += 1
      }
      nextConversation += 1
    }
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
