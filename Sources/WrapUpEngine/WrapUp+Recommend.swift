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
    return try withState { state in
      let (model, ranker) = try state.ranking.current()
      let start = ContinuousClock.now
      var unknown: [(field: String, name: String, nearest: [String])] = []
      func id(_ field: String, _ kind: NameRepository.Kind, _ name: String?) throws -> Int32? {
        guard let name = name?.trimmed, !name.isEmpty else { return nil }
        let repository = state.names(kind)
        if let id = try repository.id(of: name) { return id }
        unknown.append((field, name, NearestNames.of(name, among: try repository.names())))
        return nil
      }
      let known = RankingContext(
        category: try id("category", .category, context.category),
        channel: try id("channel", .channel, context.channel),
        agent: try id("agent", .agent, context.agent),
        chosen: try context.chosen.compactMap { try id("tag", .tag, $0) })
      let tags = state.ranking.tagNames
      let list = ranker.rank(
        known, text: context.text ?? "", by: model, reader: &state.textReader, limit: max(0, limit)
      ).map { ranked in
        Recommendation(
          tag: tags[Int(ranked.tag) - 1], score: ranked.score, chance: ranked.chance,
          reasons: Self.reasons(ranked, category: context.category, tags: tags))
      }
      let shown = ShownList(
        context: context, entries: list.map { ShownList.Entry(tag: $0.tag, score: $0.score) },
        modelSeq: state.ranking.learntSeq,
        rankingMicroseconds: Int(start.duration(to: .now) / .microseconds(1)), shownAt: settings.now())
      return Recommendations(
        list: list, unknown: unknown, hasMapping: ranker.hasMapping(known.category), shown: shown)
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
