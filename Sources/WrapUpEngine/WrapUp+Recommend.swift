internal import Conversations
internal import SQLiteStore
internal import TagRanking

extension WrapUp {
  /// The tags a close dialog should show first.
  ///
  /// - Parameter limit: the most tags to answer with; a dialog shows five.
  /// - Throws: ``WrapUpError/valueTooLong(field:limit:)`` for a text of over 1 MB.
  /// - Complexity: O(tags mapped to the category); without a mapping, O(all tags). With a text, times its words.
  public func recommend(_ context: DialogContext, limit: Int = 5) throws(WrapUpError) -> Recommendations {
    if let text = context.text, text.utf8.count > Bounds.textBytes {
      throw .valueTooLong(field: "text", limit: Bounds.textBytes)
    }
    do {
      // Before a view is held: the learner waits for those who hold one, and names may have to wait for a report.
      let (known, unknown) = try known(context)
      return try ranking.rank(openKeeper) { view, reader in
        let start = ContinuousClock.now
        let list = view.ranker.rank(
          known, text: context.text ?? "", by: view.model, reader: &reader, limit: max(0, limit)
        ).map { ranked in
          Recommendation(
            tag: view.tagNames[Int(ranked.tag) - 1], score: ranked.score, chance: ranked.chance,
            reasons: Self.reasons(ranked, category: context.category, tags: view.tagNames))
        }
        let shown = ShownList(
          context: context, entries: list.map { ShownList.Entry(tag: $0.tag, score: $0.score) },
          modelSeq: view.learntSeq,
          rankingMicroseconds: Int(start.duration(to: .now) / .microseconds(1)), shownAt: settings.now())
        return Recommendations(
          list: list, unknown: unknown, hasMapping: view.ranker.hasMapping(known.category), shown: shown)
      }
    } catch {
      throw WrapUpError(error, path: path)
    }
  }

  /// The keeper of this store's ranker, on a connection of its own; `nil` while a first import has the store to itself.
  func openKeeper() throws -> RankingKeeper? {
    if try withState({ $0.store.isFrozen }) { return nil }
    return RankingKeeper(try Store(path: path, whenMissing: .fail), notify: settings.notify)
  }

  /// What the names of a context stand for, and those that the store lacks.
  private func known(_ context: DialogContext) throws -> (
    RankingContext, unknown: [(field: String, name: String, nearest: [String])]
  ) {
    try withState { state in
      var unknown: [(field: String, name: String, nearest: [String])] = []
      func id(_ field: String, _ kind: NameRepository.Kind, _ name: String?) throws -> Int32? {
        guard let name = name?.trimmed, !name.isEmpty else { return nil }
        let repository = state.names(kind)
        if let id = try repository.id(of: name) { return id }
        unknown.append((field, name, NearestNames.of(name, among: try repository.names())))
        return nil
      }
      func tags(_ names: [String]) throws -> [Int32] {
        if names.isEmpty { return [] }
        let states = try TagStates(state.store)
        return try names.compactMap { try id("tag", .tag, $0).map(states.resolved) }
      }
      let known = RankingContext(
        category: try id("category", .category, context.category),
        channel: try id("channel", .channel, context.channel),
        agent: try id("agent", .agent, context.agent),
        chosen: try tags(context.chosen), excluded: try tags(context.excluded))
      return (known, unknown)
    }
  }

  private static func reasons(_ ranked: RankedTag, category: String?, tags: [String]) -> [Recommendation
    .Reason]
  {
    var reasons: [Recommendation.Reason] = []
    if let category {
      if ranked.isMapped { reasons.append(.mapped(category: category)) }
      if ranked.recentUses > 0 {
        reasons.append(.used(count: ranked.recentUses, of: ranked.recentCloses, category: category))
      }
    }
    if ranked.recentUses == 0, ranked.overallShare > 0 {
      reasons.append(.usedOverall(share: ranked.overallShare))
    }
    if !ranked.words.isEmpty { reasons.append(.words(ranked.words)) }
    return reasons + ranked.goesWith.map { .goesWith(tag: tags[Int($0) - 1]) }
  }
}
