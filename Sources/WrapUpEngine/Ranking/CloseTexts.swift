internal import SQLiteStore
internal import TagRanking

/// Takes the texts of closes apart for a learner; of many closes on a thread of its own, some batches ahead of it.
enum CloseTexts {
  private typealias Batch = [TextTally?]

  /// Closes that are handed over at once, fewer where their texts are long: what is on its way stays below 10 MB.
  private static let batchCount = 64
  private static let batchFeatures = 1 << 15
  private static let batchesAhead = 16
  /// From so many closes on a thread is worth its start.
  private static let threadedCount = 1_024

  /// Reads on the thread that uses the store's connection at that time, and no other does.
  // Safe: moved to a thread, which ends before the mover goes on to use the connection.
  private struct Source: @unchecked Sendable {
    let texts: ConversationTexts
    let closes: [CloseFeed.Close]

    func tally(of place: Int, _ reader: inout TextReader) throws -> TextTally? {
      try texts.text(of: closes[place].conversation).flatMap { reader.tally(of: $0) }
    }
  }

  /// Calls `body` with each close and its text, in their order. `body` must not use the store.
  static func forEach(
    of closes: [CloseFeed.Close], in texts: ConversationTexts, _ body: (CloseFeed.Close, TextTally?) -> Void
  ) throws {
    let source = Source(texts: texts, closes: closes)
    let (handover, fault) = (Handover<Batch>(capacity: batchesAhead), Guarded<(any Error)?>(nil))
    guard closes.count >= threadedCount, let thread = try? reading(source, into: handover, fault) else {
      var reader = TextReader()
      for place in closes.indices { body(closes[place], try source.tally(of: place, &reader)) }
      return
    }
    var place = 0
    while let batch = handover.take() {
      for text in batch {
        body(closes[place], text)
        place += 1
      }
    }
    thread.join()
    if let fault = fault.withLock({ $0 }) { throw fault }
  }

  private static func reading(
    _ source: Source, into handover: Handover<Batch>, _ fault: Guarded<(any Error)?>
  ) throws(WorkerThread.Unavailable) -> WorkerThread {
    try WorkerThread {
      defer { handover.end() }
      var reader = TextReader()
      var first = 0
      while first < source.closes.count {
        var (batch, features): (Batch, Int) = ([], 0)
        do {
          while batch.count < batchCount, features < batchFeatures, first < source.closes.count {
            let text = try source.tally(of: first, &reader)
            batch.append(text)
            features += text?.featureCount ?? 0
            first += 1
          }
        } catch {
          return fault.withLock { $0 = error }
        }
        guard handover.give(batch) else { return }
      }
    }
  }
}
