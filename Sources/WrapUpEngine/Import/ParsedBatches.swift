internal import ConversationFiles
internal import SQLiteStore

/// The rows of a file as columns, taken apart on a thread of their own while the taker writes those before: the way
/// of a file into an empty store, where a row is nearly always a conversation of its own.
final class ParsedBatches: Sendable {
  /// Some rows; made once and used again.
  final class Batch: @unchecked Sendable {
    // Safe: touched by the reader until it is given, and by the taker until it is given back.
    var chunk = RowChunks.Chunk()
    var columns = RowColumns()
    var tally = ChunkTally()
    /// Rows that need to be taken one by one, ascending: those whose id was met before, and those read exactly.
    var singles: [(row: Int, values: ImportRow)] = []
    /// The names that stand in no batch before: in those rows, and by dictionary in the columns.
    var newTexts: [String] = []
    var newFolds: [NameRepository.Kind: ArraySlice<String>] = [:]
    /// The line on which the batch begins.
    var firstLine = 0
    /// Bytes of the file read so far.
    var bytesConsumed = 0
    /// How many rows the file may have in all, by its size and these rows; of the first batch, else 0.
    var expectedRows = 0
    /// What ended the reading of the file, after these rows.
    var failure: ContactFileFault?
  }

  /// What is known of the file when all of it has been read.
  struct Outcome: Sendable {
    var ids = IDNumbers()
    var names: [NameRepository.Kind: ChunkParser.Names] = [:]
  }

  /// A few thousand rows: little enough to stay in the processor's caches on their way.
  private static let chunkSize = 1 << 19
  /// For more rows than this no room is made before they have come, whatever the file's size seems to promise.
  private static let expectationLimit = 1 << 24
  private static let batchesAhead = 4

  private let handover = Handover<Batch>(capacity: batchesAhead)
  private let used = Guarded<[Batch]>([])
  private let outcome = Guarded(Outcome())

  /// Reads `file` while `body` takes batches; the reader has stopped when this returns.
  static func reading<Result>(
    _ file: consuming ContactFile, _ body: (ParsedBatches, consuming RowReader) throws -> Result
  ) throws -> Result {
    let batches = ParsedBatches()
    let chunks = RowChunks(file, size: chunkSize)
    let exact = chunks.rowReader()
    let source = Source(chunks)
    let reader = try WorkerThread { batches.read(source) }
    defer {
      batches.handover.end()
      reader.join()
    }
    return try body(batches, exact)
  }

  /// The next rows; `nil` at the end of the file.
  func next() -> Batch? { handover.take() }

  /// Gives a batch back, to be filled again.
  func reuse(_ batch: Batch) { used.withLock { $0.append(batch) } }

  /// What is known of the file, when ``next()`` has come to its end; once.
  func takeOutcome() -> Outcome {
    outcome.withLock { outcome in
      defer { outcome = Outcome() }
      return outcome
    }
  }

  private init() {}

  private func read(_ source: Source) {
    while true {
      let batch = used.withLock { $0.popLast() } ?? Batch()
      guard source.fill(batch) else { break }
      guard handover.give(batch) else { return }
    }
    let last = source.outcome()
    outcome.withLock { $0 = last }
    handover.end()
  }

  /// The file on its way to the thread that alone reads it.
  private final class Source: @unchecked Sendable {
    // Safe: handed to one thread, which alone touches it.
    private var chunks: RowChunks
    private var parser: ChunkParser
    private var ids = IDNumbers()
    private var line: Int
    private var knownTexts = 0
    private var knownFolds: [NameRepository.Kind: Int] = [:]
    private var isAtEnd = false

    init(_ chunks: consuming RowChunks) {
      parser = chunks.parser(folding: ParsedFile.folds)
      line = chunks.firstLine
      self.chunks = chunks
    }

    /// Reads the next rows; false at the end.
    func fill(_ batch: Batch) -> Bool {
      guard !isAtEnd else { return false }
      batch.failure = nil
      batch.firstLine = line
      do throws(ContactFileFault) {
        guard try chunks.read(&batch.chunk) else { return false }
        (batch.columns, batch.tally) = parser.parse(&batch.chunk, into: batch.columns)
        batch.failure = batch.tally.failure?.moved(by: line)
        batch.expectedRows = expectedRows(batch)
        if batch.expectedRows > 0 {
          let words = batch.expectedRows * batch.columns.idWordCount / batch.columns.count
          ids.reserve(ids: batch.expectedRows, words: min(words, 4 * ParsedBatches.expectationLimit))
        }
        do throws(IDNumbers.Full) { try number(batch) } catch { throw ContactFileFault.tooManyConversations }
      } catch {
        // Of these rows nothing is known, so that only the fault is passed on.
        batch.columns = RowColumns()
        batch.tally = ChunkTally()
        batch.singles = []
        batch.failure = error
      }
      isAtEnd = batch.failure != nil
      line += batch.tally.lines
      batch.bytesConsumed = chunks.bytesRead
      let texts = parser.exactTexts
      batch.newTexts = Array(texts[knownTexts...])
      knownTexts = texts.count
      for (kind, field) in ParsedFile.kinds {
        let folds = parser.folds(field)
        batch.newFolds[kind] = folds[knownFolds[kind, default: 0]...]
        knownFolds[kind] = folds.count
      }
      return true
    }

    private func expectedRows(_ batch: Batch) -> Int {
      guard ids.count == 0, let total = chunks.byteCount, chunks.bytesRead > 0 else { return 0 }
      let rows = Double(batch.columns.count) * Double(total) / Double(chunks.bytesRead)
      return Int(min(rows * 1.02, Double(ParsedBatches.expectationLimit)))
    }

    func outcome() -> Outcome {
      ids.endNumbering()
      let names = ParsedFile.kinds.map { ($0.kind, parser.names($0.field)) }
      return Outcome(ids: ids, names: Dictionary(uniqueKeysWithValues: names))
    }

    /// Numbers the ids, and reads the rows again that share theirs with one before.
    private func number(_ batch: Batch) throws(IDNumbers.Full) {
      let columns = batch.columns
      batch.singles.removeAll(keepingCapacity: true)
      var exact = 0
      for row in 0..<columns.count {
        let entry = unsafe Int(columns.ids[row])
        let count = (entry & 511 + 7) >> 3
        // Safe: the parser has written the words of every id.
        let id = unsafe Span(_unsafeStart: UnsafePointer(columns.idWords) + entry >> 9, count: count)
        let known = ids.count
        let number = try ids.number(of: id)
        let isExact = exact < columns.exactRows.count && columns.exactRows[exact].row == row
        guard isExact || number < known else { continue }
        let line = batch.firstLine + batch.tally.line(ofRow: row)
        var values: ImportRow
        if isExact {
          values = columns.exactRows[exact].values
          exact += 1
        } else {
          let place = unsafe Int(columns.places[row])
          // What was read once can be read again.
          values = parser.row(of: batch.chunk, at: place, line: line)!
        }
        values.line = line
        values.idNumber = number
        batch.singles.append((row, values))
      }
    }
  }
}
