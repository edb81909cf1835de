internal import SQLiteStore
internal import TagRanking

/// Makes the model and the columns of an import into an empty store on a thread of its own, while the importing thread
/// makes indexes and commits.
final class FreshDerivation: @unchecked Sendable {
  // Safe: what the thread makes is read after it has been joined.
  private final class Work: @unchecked Sendable {
    var model = UsageModel()
  }

  private let work = Work()
  private let columns: ColumnsDraft
  private var thread: WorkerThread?

  /// Starts; where there is no thread to be had, learns at once and drafts no columns.
  ///
  /// - Parameters:
  ///   - ids: the order of conversations that ended at one instant.
  ///   - columnsPath: where the columns will be.
  init(_ fresh: FreshContacts, _ ids: ConversationIDs, columnsPath: String) {
    let (work, columns) = (work, ColumnsDraft(path: columnsPath))
    self.columns = columns
    let learn: @Sendable () -> Void = { fresh.forEachClose(precedes: ids.precedes) { work.model.learn($0) } }
    do {
      thread = try WorkerThread {
        learn()
        columns.write(fresh)
      }
    } catch {
      learn()
    }
  }

  deinit {
    columns.end(nil)
    thread?.join()
  }

  /// Puts the columns in their place; whether they are there. Model and columns are done when this returns.
  func finishColumns(_ ending: ColumnsDraft.Ending) -> Bool {
    columns.end(ending)
    thread?.join()
    thread = nil
    return columns.isInPlace
  }

  /// The model, after ``finishColumns(_:)``.
  var model: UsageModel { work.model }
}
