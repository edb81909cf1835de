internal import SQLiteStore
internal import TagRanking

/// What there is to rank by, as of some change of the store.
struct RankingView {
  let model: TagModel
  let ranker: TagRanker
  /// The names of all tags, by id - 1.
  let tagNames: [String]
  /// The change up to which the model has learnt.
  let learntSeq: Int64
}

/// Learns what happens in a store and ranks by it. Who ranks never waits for who learns.
final class Ranking: Sendable {
  private let keeper = Guarded<RankingKeeper?>(nil)
  private let views = LeftRight<RankingView>()
  /// Of threads that have ranked; a text is read by one that nobody uses.
  private let readers = Guarded<[TextScorer.Reader]>([])

  /// Runs `body` with the newest there is to rank by. Learns first what is new, unless another thread is at it: then what
  /// was known before will do.
  ///
  /// - Parameter open: makes the keeper of the store, on a connection of its own; `nil` while there is nothing to learn.
  func rank<Result>(
    _ open: () throws -> RankingKeeper?, _ body: (RankingView, inout TextScorer.Reader) throws -> Result
  ) throws -> Result {
    let isCurrent: Void? = try keeper.withLockIfFree { try refresh(&$0, open) }
    if isCurrent == nil, !views.isPublished { try keeper.withLock { try refresh(&$0, open) } }
    var reader = readers.withLock { $0.popLast() } ?? TextScorer.Reader()
    defer { readers.withLock { $0.append(reader) } }
    let ranked = try views.read { try body($0, &reader) }
    return try ranked ?? body(.empty, &reader)
  }

  private func refresh(_ keeper: inout RankingKeeper?, _ open: () throws -> RankingKeeper?) throws {
    if keeper == nil { keeper = try open() }
    try keeper?.refresh(views)
  }

  /// Has the keeper to itself: after an import.
  func withKeeper(
    _ open: () throws -> RankingKeeper?, _ body: (inout RankingKeeper, LeftRight<RankingView>) throws -> Void
  ) throws {
    try keeper.withLock { keeper in
      if keeper == nil { keeper = try open() }
      if keeper != nil { try body(&keeper!, views) }
    }
  }

  /// Lets go of the store.
  func close() { keeper.withLock { $0 = nil } }
}

extension RankingView {
  /// Of a store in which nothing has happened.
  static var empty: RankingView {
    RankingView(
      model: TagLearner().model, ranker: TagRanker(names: [], mapping: []), tagNames: [], learntSeq: 0)
  }
}
