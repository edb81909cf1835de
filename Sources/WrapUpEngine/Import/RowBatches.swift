internal import ConversationFiles

/// The rows of a file, read and checked on a thread of their own while the taker writes those before.
final class RowBatches: Sendable {
  /// Some rows, and the names that stand in none before.
  struct Batch: Sendable {
    var rows: [Result<ImportRow, RowRejection>] = []
    var newTexts: [String] = []
    /// Of JSON Lines, keys met so far that name no field.
    var unusedKeys: [String] = []
    /// In which units instants were whole numbers so far.
    var unixTimes: UnixTimes = []
    /// Bytes of the file read so far.
    var bytesConsumed = 0
    /// What ended the reading of the file, after these rows.
    var failure: ContactFileFault?
  }

  private static let rowsOfBatch = 2_048
  /// Bytes of the file after which a batch gets no further row: rows can have texts of a megabyte.
  private static let bytesOfBatch = 4 << 20
  private static let batchesAhead = 4

  private let handover = Handover<Batch>(capacity: batchesAhead)

  /// Reads `file` while `body` takes batches; the reader has stopped when this returns.
  static func reading<Result>(_ file: consuming ContactFile, _ body: (RowBatches) throws -> Result) throws
    -> Result
  {
    let batches = RowBatches()
    let source = Source(file)
    let reader = try WorkerThread { batches.read(source) }
    defer {
      batches.handover.end()
      reader.join()
    }
    return try body(batches)
  }

  /// The next rows; `nil` at the end of the file.
  func next() -> Batch? { handover.take() }

  private init() {}

  private func read(_ source: Source) {
    var known = 0
    while let batch = source.batch(upTo: Self.rowsOfBatch, knownTexts: &known), handover.give(batch) {}
    handover.end()
  }

  /// The file on its way to the thread that alone reads it.
  private final class Source: @unchecked Sendable {
    // Safe: handed to one thread, which alone touches it.
    private var file: ContactFile
    private var isAtEnd = false

    init(_ file: consuming ContactFile) {
      self.file = file
    }

    func batch(upTo limit: Int, knownTexts: inout Int) -> Batch? {
      guard !isAtEnd else { return nil }
      var batch = Batch()
      batch.rows.reserveCapacity(limit)
      do throws(ContactFileFault) {
        let end = file.bytesConsumed + bytesOfBatch
        while batch.rows.count < limit, file.bytesConsumed < end {
          guard let row = try file.next() else {
            isAtEnd = true
            break
          }
          batch.rows.append(row)
        }
      } catch {
        isAtEnd = true
        batch.failure = error
      }
      let texts = file.texts.texts
      batch.newTexts = Array(texts[knownTexts...])
      knownTexts = texts.count
      batch.bytesConsumed = file.bytesConsumed
      batch.unixTimes = file.unixTimes
      if !file.isCSV { batch.unusedKeys = file.unusedHeaders }
      return batch
    }
  }
}
