internal import SQLiteStore

/// What was learnt of a store's history.
public struct Training: Equatable, Sendable {
  /// Tagged closes.
  public let closes: Int
  /// Those of them that had a text.
  public let texts: Int
  /// Where the checkpoint lies; `nil` where it could not be written, because another process was writing it or the
  /// folder can't be written to.
  public let path: String?
}

extension WrapUp {
  /// Learns the store's whole history anew and writes the checkpoint that later starts go on from. Equal, to the bit,
  /// to what learning close by close has made.
  ///
  /// - Parameter progress: told now and then how many closes have been learnt, of how many.
  /// - Complexity: O(closes × learning); reports and recommendations go on meanwhile.
  public func train(progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) throws(WrapUpError) -> Training
  {
    do {
      let state = try openState()
      var keeper = RankingKeeper(state.store, notify: settings.notify)
      let count = try CloseFeed.count(in: state.store)
      let (model, isSaved) = try keeper.retrain { progress($0, count) }
      return Training(
        closes: model.closeCount, texts: model.textCount, path: isSaved ? "\(path).model" : nil)
    } catch {
      throw WrapUpError(error, path: path)
    }
  }
}
