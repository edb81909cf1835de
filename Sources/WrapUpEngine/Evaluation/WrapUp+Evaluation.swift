internal import SQLiteStore
public import TagRanking

extension WrapUp {
  /// Measures how well tags would have been ranked for the closes of this store: each is ranked by what was known before
  /// it ended, then learnt.
  ///
  /// As ``recommend(_:limit:)`` does, this ranks by mapping, use and, where a close has one, by its text. Where a category
  /// has no mapping, the tags chosen in it before are ranked. The mapping is that of each close, a category's first one
  /// taken to have been there all along; tags that were changed after a close, or merged, are those of today.
  ///
  /// - Parameters:
  ///   - isCategoryKnown: whether the category's tags are ranked, rather than all tags.
  ///   - progress: told now and then how many closes have been gone through.
  /// - Complexity: O(closes × tags of their category); closes are read one by one.
  public func evaluate(
    isCategoryKnown: Bool = true, progress: (_ done: Int) -> Void = { _ in }
  ) throws(WrapUpError) -> EvaluationReport {
    do {
      // On a connection of its own: others go on meanwhile.
      let state = try openState()
      return try state.store.read {
        let states = try TagStates(state.store)
        let mapping = try MappingHistory(state.store, states)
        var evaluation = RankingEvaluation(
          tags: try state.names(.tag).names(), categories: try state.names(.category).names(),
          mapping: mapping.first, order: .prequential,
          candidates: isCategoryKnown ? .mappedOrUsed : .all)
        let texts = try ConversationTexts(state.store)
        var done = 0
        try CloseFeed.forEachInOrder(of: state.store) { close in
          if done % 256 == 0 { progress(done) }
          done += 1
          if mapping.isChanging, let category = close.category,
            let tags = mapping.tags(of: category, for: close.conversation)
          {
            evaluation.map(tags, to: category)
          }
          evaluation.judgeAndLearn(
            RankingEvaluation.Item(
              category: close.category, channel: close.channel, agent: close.agent,
              text: try texts.text(of: close.conversation) ?? "",
              chosen: states.resolved(close.tags), endedAt: close.endedAt))
        }
        return evaluation.finished
      }
    } catch {
      throw WrapUpError(error, path: path)
    }
  }
}
