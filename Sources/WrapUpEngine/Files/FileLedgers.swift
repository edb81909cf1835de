internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// What becomes of the rows of each file: first as if every row were a conversation of its own, then put right for
/// those that are not.
struct FileLedgers: Sendable {
  private(set) var ledgers: [ImportLedger] = []
  /// By file: names with the rows that have them.
  private(set) var names: [[NameRepository.Kind: [ChunkParser.Names]]]
  private var updatedBefore: [Int]
  private let firstLines: [[Int]]
  /// Numbers of texts, found when a row is refused.
  private var numberOfText: [[Int]: [[UInt8]: Int]] = [:]

  init(_ files: [ParsedFile], _ chunks: [(file: Int, chunk: ParsedChunk)]) {
    names = files.map(\.names)
    firstLines = files.map(\.firstLines)
    updatedBefore = files.map { _ in 0 }
    for file in files {
      var ledger = ImportLedger()
      ledger.unusedHeaders = file.unusedHeaders
      ledger.hasEnd = file.fields.contains(.endedAt)
      ledger.hasHandling = file.fields.contains(where: \.isHandling)
      for (chunk, line) in zip(file.chunks, file.firstLines) {
        ledger.rows += chunk.tally.rows
        ledger.refused.add(chunk.tally.refused, movedBy: line)
        for place in ledger.flagged.indices { ledger.flagged[place] += chunk.tally.flagged[place] }
        ledger.givenRows += chunk.tally.givenRows
        ledger.elapsedRows += chunk.tally.elapsedRows
        ledger.unixTimes.formUnion(chunk.tally.unixTimes)
        ledger.added += chunk.rowCount
        ledger.conversations += chunk.rowCount
      }
      ledgers.append(ledger)
    }
  }

  /// The line of its file that a row begins on.
  func line(of place: SharedIDs.RowPlace, _ chunks: [(file: Int, chunk: ParsedChunk)]) -> Int {
    let (file, chunk) = chunks[place.chunk]
    return firstLines[file][chunk.number] + chunk.tally.line(ofRow: place.row)
  }

  /// Forgets a row that has turned out to share its conversation.
  mutating func takeBack(_ record: ContactRecord, isElapsed: Bool, file: Int) {
    ledgers[file].added -= 1
    ledgers[file].conversations -= 1
    for (place, entry) in ContactFlags.names.enumerated() where record.flags.contains(entry.flag) {
      ledgers[file].flagged[place] -= 1
    }
    if record.handling.basis == .given {
      ledgers[file].givenRows -= 1
      if isElapsed { ledgers[file].elapsedRows -= 1 }
    }
  }

  /// Enters what became of a conversation's rows.
  mutating func enter(_ conversation: SharedConversation.Outcome, firstFile: Int) {
    ledgers[firstFile].conversations += 1
    for (file, ledger) in conversation.ledgers {
      ledgers[file].added += ledger.added
      ledgers[file].updated += ledger.updated
      ledgers[file].unchanged += ledger.unchanged
      ledgers[file].givenRows += ledger.givenRows
      ledgers[file].elapsedRows += ledger.elapsedRows
      for flags in ledger.flags { ledgers[file].count(flags) }
      for (_, rejection) in ledger.rejections { ledgers[file].refused.add(rejection) }
      if ledger.isUpdated { updatedBefore[file] += 1 }
    }
  }

  /// A refused row leaves nothing behind, not even the names that only it has.
  mutating func refuse(_ written: [(kind: NameRepository.Kind, text: String)], file: Int, parser: Int) {
    for (kind, name) in written {
      let key = [file, parser, ParsedFile.kinds.firstIndex { $0.kind == kind } ?? 0]
      if numberOfText[key] == nil {
        let texts = names[file][kind]![parser].texts
        numberOfText[key] = Dictionary(
          texts.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { first, _ in first })
      }
      if let text = numberOfText[key]![Array(name.utf8)] { names[file][kind]![parser].uses[text] -= 1 }
    }
  }

  /// The ledgers, and how many changes a store would have logged.
  func finish() -> (ledgers: [ImportLedger], changes: Int64) {
    var changes: Int64 = 0
    for file in ledgers.indices {
      changes += (ledgers[file].conversations > 0 ? 1 : 0) + Int64(updatedBefore[file])
    }
    return (ledgers, changes)
  }
}
