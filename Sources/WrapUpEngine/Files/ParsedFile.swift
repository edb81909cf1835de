internal import ConversationFiles
internal import HandlingAnalytics
internal import SQLiteStore

/// One file taken apart by several threads; the same whatever their number.
struct ParsedFile: Sendable {
  let chunks: [ParsedChunk]
  /// By parser.
  var names: [NameRepository.Kind: [ChunkParser.Names]]
  let fields: Set<ImportField>
  let unusedHeaders: [String]
  /// For reading rows again, one a slice.
  let readers: [OwnReader]
  /// The line that each chunk begins on.
  let firstLines: [Int]

  /// How a file is taken apart.
  struct Manner {
    var options: ImportOptions
    var wanted: Set<ColumnID>
    /// Bytes of a chunk.
    var chunkSize = 2 << 20
    var progress: @Sendable (Int, Int) -> Void
  }

  static let folds: [ImportField: @Sendable (String) -> String] = [
    .tags: NameRepository.Kind.tag.fold, .category: NameRepository.Kind.category.fold,
    .channel: NameRepository.Kind.channel.fold,
  ]

  static let kinds: [(kind: NameRepository.Kind, field: ImportField)] = [
    (.tag, .tags), (.category, .category), (.channel, .channel), (.agent, .agent), (.group, .group),
  ]

  init(_ file: InputFile, _ manner: Manner, rowsBefore: Int, on runner: SliceRunner) throws(ContactFileFault)
  {
    let opened = try RowChunks(file.bytes, options: manner.options, size: manner.chunkSize)
    let slices = max(1, runner.sliceCount)
    let wanted = ParsedChunk.columns(for: manner.wanted)
    let parsers = (0..<slices).map { _ in OwnParser(opened.parser(folding: Self.folds, wanted: wanted)) }
    readers = (0..<slices).map { _ in OwnReader(opened.rowReader()) }
    let source = SharedChunks(opened)
    (fields, unusedHeaders) = (source.fields, source.unusedHeaders)
    let found = Places<[ParsedChunk]>(slices)
    let names = Places<[NameRepository.Kind: ChunkParser.Names]>(slices)
    runner.run(slices) { slice in
      let parser = parsers[slice]
      var chunk = RowChunks.Chunk()
      var parsed: [ParsedChunk] = []
      while source.read(&chunk) {
        let (columns, tally) = parser.value.parse(&chunk)
        parsed.append(ParsedChunk(chunk, parser: slice, columns, tally, wanted: manner.wanted))
        if tally.failure != nil { source.stop() }
        source.count(tally.rows, rowsBefore: rowsBefore, manner.progress)
      }
      found[slice] = parsed
      names[slice] = Dictionary(
        uniqueKeysWithValues: Self.kinds.map { ($0.kind, parser.value.names($0.field)) })
    }
    let chunks = (0..<slices).flatMap { found[$0] ?? [] }.sorted { $0.number < $1.number }
    var lines: [Int] = []
    var line = source.firstLine
    for chunk in chunks {
      lines.append(line)
      if let failure = chunk.tally.failure { throw failure.moved(by: line) }
      line += chunk.tally.lines
    }
    if let failure = source.failure { throw failure }
    self.chunks = chunks
    firstLines = lines
    self.names = Dictionary(
      uniqueKeysWithValues: Self.kinds.map { kind, _ in (kind, (0..<slices).compactMap { names[$0]?[kind] }) }
    )
  }

}

/// A parser that one thread at a time uses.
final class OwnParser: @unchecked Sendable {
  // Safe: each slice of a run takes its own.
  var value: ChunkParser

  init(_ value: consuming ChunkParser) { self.value = value }
}

/// A reader of single rows that one thread at a time uses.
final class OwnReader: @unchecked Sendable {
  // Safe: each slice of a run takes its own.
  var value: RowReader

  init(_ value: consuming RowReader) { self.value = value }
}

/// The chunks of one file, handed to whoever asks next.
private final class SharedChunks: @unchecked Sendable {
  // Safe: everything below is reached only while `rows` is locked.
  private let rows = Guarded(0)
  private var chunks: RowChunks
  private var isStopped = false
  private(set) var failure: ContactFileFault?
  let fields: Set<ImportField>
  let unusedHeaders: [String]
  let firstLine: Int

  init(_ chunks: consuming RowChunks) {
    fields = chunks.fields
    unusedHeaders = chunks.unusedHeaders
    firstLine = chunks.firstLine
    self.chunks = chunks
  }

  func read(_ chunk: inout RowChunks.Chunk) -> Bool {
    rows.withLock { _ in
      guard !isStopped else { return false }
      do throws(ContactFileFault) {
        return try chunks.read(&chunk)
      } catch {
        failure = error
        isStopped = true
        return false
      }
    }
  }

  /// Hands out no more chunks.
  func stop() {
    rows.withLock { _ in isStopped = true }
  }

  func count(_ more: Int, rowsBefore: Int, _ progress: (Int, Int) -> Void) {
    rows.withLock { rows in
      rows += more
      progress(rowsBefore + rows, chunks.bytesRead)
    }
  }
}

extension ContactFileFault {
  /// The same fault when the lines it names count from another one.
  func moved(by lines: Int) -> ContactFileFault {
    switch self {
    case .csv(.unterminatedQuote(let line)): .csv(.unterminatedQuote(line: line + lines))
    case .csv(.recordTooLong(let line, let limit)): .csv(.recordTooLong(line: line + lines, limit: limit))
    default: self
    }
  }
}
