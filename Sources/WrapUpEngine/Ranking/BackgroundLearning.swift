internal import SQLiteStore
internal import TagRanking

/// Learns the closes of an import on a thread of its own, while the importing thread makes indexes and columns.
final class BackgroundLearning: @unchecked Sendable {
  // Safe: written by the thread, read after it has been joined.
  private var model = UsageModel()
  private var thread: WorkerThread?

  /// Starts learning; where there is no thread to be had, learns at once.
  ///
  /// - Parameter ids: the order of conversations that ended at one instant.
  init(_ fresh: FreshContacts, _ ids: ConversationIDs) {
    do {
      thread = try WorkerThread { [self] in learn(fresh, ids) }
    } catch {
      learn(fresh, ids)
    }
  }

  /// The model when all is learnt; to be called once, by whoever started it.
  func finished() -> UsageModel {
    thread?.join()
    thread = nil
    return model
  }

  private func learn(_ fresh: FreshContacts, _ ids: ConversationIDs) {
    fresh.forEachClose(precedes: ids.precedes) { model.learn($0) }
  }
}
