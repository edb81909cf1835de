internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The contacts of some files as a table in memory, with what became of every row.
struct FileContacts {
  /// Something that only a store resolves: more names than one takes, or too many rows to hold one by one.
  struct NeedsStore: Error {}

  let table: ContactTable
  let ledgers: [ImportLedger]

  /// Rows of conversations with several beyond which a store is the better place.
  private static let sharedLimit = 3_000_000

  init(_ inputs: [InputFile], _ manner: ParsedFile.Manner, on runner: SliceRunner) throws {
    var files: [ParsedFile] = []
    var rows = 0
    for input in inputs {
      do {
        files.append(try ParsedFile(input, manner, rowsBefore: rows, on: runner))
      } catch {
        throw WrapUpError.input(path: input.path, WrapUpError.InputProblem(error))
      }
      rows += files[files.count - 1].chunks.reduce(0) { $0 + $1.tally.rows }
    }
    var chunks: [(file: Int, chunk: ParsedChunk)] = []
    for (number, file) in files.enumerated() { chunks += file.chunks.map { (number, $0) } }
    let shared = SharedIDs(chunks.map(\.chunk), on: runner).conversations
    let places = shared.flatMap(\.self)
    guard places.count <= Self.sharedLimit else { throw NeedsStore() }
    let names = Dictionary(
      uniqueKeysWithValues: ParsedFile.kinds.map { kind, _ in
        var names = FileNames(kind)
        for file in files { names.add(file.names[kind] ?? []) }
        return (kind, names)
      })
    var books = FileLedgers(files, chunks)
    var sharedRows = SharedContacts()
    if !places.isEmpty {
      let texts = try SharedRows(places, chunks, files, inputs, names, on: runner)
      try sharedRows.add(shared, texts, chunks, files, inputs, agents: names[.agent]!, &books, on: runner)
    }
    for input in inputs where !input.isUnchanged { throw WrapUpError.input(path: input.path, .changed) }
    var final: [NameRepository.Kind: FileNames.Final] = [:]
    for (kind, _) in ParsedFile.kinds {
      guard let found = names[kind]!.final(books.names.map { $0[kind] ?? [] }) else { throw NeedsStore() }
      final[kind] = found
    }
    let (ledgers, changes) = books.finish()
    self.ledgers = ledgers
    table = Self.table(chunks, places, names, final, sharedRows, seq: changes, on: runner)
  }

  private static func table(
    _ chunks: [(file: Int, chunk: ParsedChunk)], _ places: [SharedIDs.RowPlace],
    _ names: [NameRepository.Kind: FileNames], _ final: [NameRepository.Kind: FileNames.Final],
    _ shared: SharedContacts, seq: Int64, on runner: SliceRunner
  ) -> ContactTable {
    var hidden: [Int: [Int]] = [:]
    for place in places { hidden[place.chunk, default: []].append(place.row) }
    let hiddenRows = hidden
    let columns: [(column: ColumnID, kind: NameRepository.Kind)] = [
      (.firstTag, .tag), (.category, .category), (.channel, .channel), (.agent, .agent), (.group, .group),
    ]
    let slices = max(1, min(runner.sliceCount, chunks.count))
    let found = Places<[Int: [(block: ContactBlock, hidden: [UInt32])]]>(slices)
    runner.run(slices) { slice in
      var codes: [[Int]: [UInt32]] = [:]
      var blocks: [Int: [(block: ContactBlock, hidden: [UInt32])]] = [:]
      for number in stride(from: slice, to: chunks.count, by: slices) {
        let (file, chunk) = chunks[number]
        let rows = hiddenRows[number] ?? []
        blocks[number] = chunk.parts.map { part in
          var block = part.block
          for (place, (column, kind)) in columns.enumerated() {
            guard let numbers = part.names.first(where: { $0.column == column })?.numbers else { continue }
            let key = [file, chunk.parser, place]
            let map = codes[key] ?? names[kind]!.codes(final[kind]!, file: file, parser: chunk.parser)
            codes[key] = map
            switch numbers {
            case .narrow(let numbers): block.set(column, numbers.span, codes: map.span)
            case .wide(let numbers): block.set(column, numbers.span, codes: map.span)
            }
            if column == .firstTag {
              block.setFurtherTags(rows: part.furtherRows, codes: part.furtherTags.map { map[Int($0)] })
            }
          }
          let range = part.firstRow..<part.firstRow + block.rowCount
          return (
            block.block(hasEnded: part.hasEnded),
            rows.filter(range.contains).map { UInt32($0 - part.firstRow) }
          )
        }
      }
      found[slice] = blocks
    }
    let blocks = chunks.indices.flatMap { found[$0 % slices]?[$0] ?? [] }
    var dictionaries = NameDictionaries()
    for (kind, place) in [
      (NameDictionaries.Kind.tag, NameRepository.Kind.tag), (.category, .category), (.channel, .channel),
      (.agent, .agent), (.group, .group),
    ] {
      dictionaries[kind] = final[place]?.names ?? []
    }
    let (ended, open) = shared.rows(final)
    return ContactTable(
      blocks: blocks, ended: ended, open: open, names: dictionaries,
      position: TablePosition(seq: seq, nonce: 0))
  }
}
