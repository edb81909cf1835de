internal import SQLiteStore
internal import TagRanking

/// Learns the closes of an import on a thread of its own, while the importing thread makes indexes and columns.
final class BackgroundLearning: @unchecked Sendable {
  // Safe: written by the thread, read after it has been joined.
  private var model = UsageModel()
  private var thread: WorkerThread?

  /// Starts learning; where there is no thread to be had, learns at once.
  init(_ closes: [CloseFeed.Close]) {
    do {
      thread = try WorkerThread { [self] in learn(closes) }
    } catch {
      learn(closes)
    }
  }

  /// The model when all is learnt; to be called once, by whoever started it.
  func finished() -> UsageModel {
    thread?.join()
    thread = nil
    return model
  }

  private func learn(_ closes: [CloseFeed.Close]) {
    for close in FreshContacts.learningOrder(closes) { model.learn(UsageModel.Close(close)) }
  }
}
