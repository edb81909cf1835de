internal import Conversations

/// What is known of a conversation when its dialog opens.
package struct RankingContext: Equatable, Sendable {
  package var category: Int32?
  package var channel: Int32?
  package var agent: Int32?
  /// Tags already chosen: they leave the list and speak for those that go with them.
  package var chosen: [Int32]
  /// Tags that may not be chosen here: they leave the list.
  package var excluded: [Int32]

  package init(
    category: Int32? = nil, channel: Int32? = nil, agent: Int32? = nil, chosen: [Int32] = [],
    excluded: [Int32] = []
  ) {
    self.excluded = excluded
    self.category = category
    self.channel = channel
    self.agent = agent
    self.chosen = chosen
  }
}

/// One tag of the list, with what speaks for it.
package struct RankedTag: Equatable, Sendable {
  package let tag: Int32
  /// ln of the tag's probability in this context, plus what the chosen tags add.
  package let score: Double
  package let isMapped: Bool
  /// In how many of the category's `recentCloses` last closes it was chosen.
  package let recentUses: Int
  package let recentCloses: Int
  /// Decayed share among all tags chosen anywhere; what is left to say where the category has no history.
  package let overallShare: Double
  /// The chosen tags that raise its score.
  package let goesWith: [Int32]
  /// The chance that it is chosen, 0…1.
  package var chance: Double
  /// The words of the text that raise its score most, in lower case.
  package var words: [String] = []
}

/// Ranks the tags of a close dialog by how they were used and, with a text, by what its words say.
///
///     score = ln P + 0.3 Σ_u ln (how much likelier beside u) over the chosen tags u
///
/// with P and the latter as ``UsageProbabilities`` has them. With a text, what its words say takes the place of ln P, and
/// 0.03 of that is added.
package struct TagRanker: Sendable {
  private static let chosenFactor = 0.3
  /// What usage counts beside a text.
  private static let usageFactor = 0.03
  /// An unmapped tag joins the mapped ones from this many closes of the category on …
  private static let adoptionCloses = 20.0
  /// … if at least this share of the recent closes chose it, in percent.
  private static let adoptionPercent = 30

  private let tagCount: Int
  /// Place of each tag by name, by id - 1.
  private let nameRanks: [Int]
  /// Those that can be chosen, by name.
  private let tagsByName: [Int32]
  /// Those that nobody is to choose any more.
  private let inactive: Set<Int32>
  /// Ascending, by category.
  private var mapping: [Int32: [Int32]]

  /// - Parameters:
  ///   - names: the names of all tags, by id - 1.
  ///   - mapping: pairs of category and tag.
  ///   - inactive: tags that never appear, mapped or not.
  package init(
    names: [String], mapping pairs: [(category: Int32, tag: Int32)], inactive: Set<Int32> = []
  ) {
    self.inactive = inactive
    tagCount = names.count
    let folds = names.map(NameFold.fold)
    let order = names.indices.sorted {
      folds[$0] == folds[$1]
        ? names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8)
        : folds[$0].unicodeScalars.lexicographicallyPrecedes(folds[$1].unicodeScalars)
    }
    var ranks = [Int](repeating: 0, count: names.count)
    for (rank, tag) in order.enumerated() { ranks[tag] = rank }
    nameRanks = ranks
    tagsByName = order.map { Int32($0 + 1) }.filter { !inactive.contains($0) }
    mapping = Dictionary(grouping: pairs.filter { !inactive.contains($0.tag) }, by: \.category).mapValues {
      Set($0.map(\.tag)).sorted()
    }
  }

  /// Tags mapped to the category, ascending.
  func mapped(to category: Int32) -> [Int32] { mapping[category] ?? [] }

  /// These tags, ascending, are mapped to the category instead of others.
  mutating func map(_ tags: [Int32], to category: Int32) { mapping[category] = tags.isEmpty ? nil : tags }

  /// Whether any tag is mapped to the category.
  package func hasMapping(_ category: Int32?) -> Bool {
    category.flatMap { mapping[$0] } != nil
  }

  /// The first `limit` tags of the list: the mapped ones and those the category has taken to, best first; then those
  /// that its last closes chose, best first; then all others by name. Without a mapping all are ranked. O(tags of the category), O(T) when it must fill up.
  package func rank(_ context: RankingContext, by model: UsageModel, limit: Int) -> [RankedTag] {
    let mapped = context.category.flatMap { mapping[$0] } ?? []
    let candidates = mapped.isEmpty ? tagsByName : mapped + adopted(context, mapped, model)
    return rank(candidates, context, mapped, by: model, limit: limit) { _ in nil }
  }

  /// The same by what a text says too. A text may speak for a tag that the mapping lacks: those chosen in the category
  /// before are ranked beside the mapped ones.
  ///
  /// - Complexity: O(features × blocks of the tags), and what reasons need for `limit` tags.
  package func rank(
    _ context: RankingContext, text: String, by model: TagModel, reader: inout TextScorer.Reader, limit: Int
  ) -> [RankedTag] {
    guard let scorer = model.scorer, !text.isEmpty else {
      return rank(context, by: model.usage, limit: limit)
    }
    let mapped = context.category.flatMap { mapping[$0] } ?? []
    let candidates = mapped.isEmpty ? tagsByName : model.candidates(in: context.category)
    var list = rank(candidates, context, mapped, by: model.usage, limit: limit) {
      scorer.scores(of: text, category: context.category, tags: $0, reader: &reader)
    }
    let words = scorer.words(speakingFor: list.map(\.tag), in: text, reader: &reader)
    for place in list.indices {
      list[place].chance = model.calibration.chance(of: list[place].score)
      list[place].words = words[place]
    }
    return list
  }

  private func rank(
    _ candidates: [Int32], _ context: RankingContext, _ mapped: [Int32], by model: UsageModel, limit: Int,
    textScores: ([Int32]) -> [Float]?
  ) -> [RankedTag] {
    let scorer = Scorer(context, mapped: mapped, model: model, tagCount: tagCount)
    let closed = inactive.union(context.chosen).union(context.excluded)
    let open = closed.isEmpty ? candidates : candidates.filter { !closed.contains($0) }
    var list = first(limit, of: open, scores: scorer.scores(open, texts: textScores(open))).map {
      ($0.tag, $0.score)
    }
    if list.count < limit, !mapped.isEmpty {
      var ranked = Set(candidates)
      // What the category has chosen lately is likelier than what it has not, though nobody has mapped it.
      let used = lately(chosenIn: context.category, model).filter {
        !ranked.contains($0) && !closed.contains($0)
      }
      list += first(limit - list.count, of: used, scores: scorer.scores(used, texts: textScores(used))).map {
        ($0.tag, $0.score)
      }
      ranked.formUnion(used)
      let rest = tagsByName.lazy.filter { !ranked.contains($0) && !closed.contains($0) }
      let more = Array(rest.prefix(limit - list.count))
      list += zip(more, scorer.scores(more, texts: textScores(more))).map { ($0, $1) }
    }
    return list.map { scorer.explain($0, score: $1) }
  }

  private struct ScoredTag {
    let tag: Int32
    let score: Double
    /// Its place by name.
    let nameRank: Int

    static func precedes(_ one: ScoredTag, _ other: ScoredTag) -> Bool {
      one.score == other.score ? one.nameRank < other.nameRank : one.score > other.score
    }
  }

  /// The first `limit` in the order of the list. O(tags) and, for those that come near them, × log `limit`.
  private func first(_ limit: Int, of tags: [Int32], scores: [Double]) -> ArraySlice<ScoredTag> {
    let limit = min(max(0, limit), tags.count)
    guard limit > 0 else { return [] }
    var list: [ScoredTag] = []
    list.reserveCapacity(min(2 * limit, tags.count))
    // Below it `limit` others come first.
    var bound = -Double.infinity
    for place in tags.indices where scores[place] >= bound {
      list.append(ScoredTag(tag: tags[place], score: scores[place], nameRank: nameRank(tags[place])))
      if list.count == 2 * limit {
        list.sort(by: ScoredTag.precedes)
        list.removeLast(limit)
        bound = list[limit - 1].score
      }
    }
    list.sort(by: ScoredTag.precedes)
    return list.prefix(limit)
  }

  /// The score of a tag by what a text says and by ln of its probability by usage.
  static func score(text: Float, usage: Double) -> Double { Double(text) + usageFactor * usage }

  /// The same tags in the order of their names.
  package func byName(_ tags: [Int32]) -> [Int32] {
    tags.sorted { nameRank($0) < nameRank($1) }
  }

  /// Tags in the order of their score for a context, ties by name, with the chance of each by usage. O(tags × log tags).
  ///
  /// - Parameter text: what the text says of each tag, in their order; `nil` without a text. Usage then only decides
  ///   what the text leaves open, with 0.03 of its weight: with 0.1, means over four sets lose 0.05 to 0.15 points close
  ///   by close, and change by less than 0.1 either way where a split is frozen.
  package func rank(_ tags: [Int32], _ context: RankingContext, by model: UsageModel, text: [Float]?)
    -> [(tag: Int32, score: Double, chance: Double)]
  {
    let mapped = context.category.flatMap { mapping[$0] } ?? []
    let scorer = Scorer(context, mapped: mapped, model: model, tagCount: tagCount)
    let list = first(tags.count, of: tags, scores: scorer.scores(tags, texts: text))
    return zip(list, scorer.chances(of: list.map(\.score))).map { ($0.tag, $0.score, $1) }
  }

  /// The tags among the category's last closes, ascending.
  private func lately(chosenIn category: Int32?, _ model: UsageModel) -> [Int32] {
    category.flatMap { model.recent[$0] }.map { $0.counts.keys.sorted() } ?? []
  }

  private func nameRank(_ tag: Int32) -> Int { nameRanks[Int(tag) - 1] }

  private func adopted(_ context: RankingContext, _ mapped: [Int32], _ model: UsageModel) -> [Int32] {
    guard let category = context.category, let recent = model.recent[category] else { return [] }
    return recent.counts.compactMap { tag, uses in
      uses * 100 >= Self.adoptionPercent * recent.count && !mapped.contains(sorted: tag)
        && model.counts[UsageKey.closes(category, tag)][0] >= Self.adoptionCloses ? tag : nil
    }
  }

  /// The formula for one context.
  private struct Scorer {
    private let context: RankingContext
    private let mapped: [Int32]
    private let recent: RecentCloses?
    private let probabilities: UsageProbabilities

    init(_ context: RankingContext, mapped: [Int32], model: UsageModel, tagCount: Int) {
      self.context = context
      self.mapped = mapped
      recent = context.category.flatMap { model.recent[$0] }
      probabilities = UsageProbabilities(
        model, context, shares: model.halfLives.shares, mappedCount: mapped.count, tagCount: tagCount)
    }

    /// The score of each tag, in their order. O(tags) for ascending ones.
    ///
    /// - Parameter texts: what a text says of each.
    func scores(_ tags: [Int32], texts: [Float]?) -> [Double] {
      var scores = ExactMath.inFours(
        probabilities.probabilities(of: tags, mapped: mapped), ExactMath.logarithms)
      if let texts {
        for place in tags.indices {
          scores[place] = TagRanker.score(text: texts[place], usage: scores[place])
        }
      }
      if !context.chosen.isEmpty {
        for place in tags.indices { scores[place] += together(tags[place]) }
      }
      return scores
    }

    /// The chance of a tag by its score without a text: its share of all tags chosen, for each of the tags that the
    /// category's closes have on average.
    func chances(of scores: [Double]) -> [Double] {
      let tagsPerClose = recent?.tagsPerClose ?? 1
      return ExactMath.inFours(scores) { ExactMath.powersOfTwo($0 / ExactMath.ln2) }
        .map { min(1, tagsPerClose * $0) }
    }

    /// What the chosen tags say.
    private func together(_ tag: Int32) -> Double {
      context.chosen.reduce(0) {
        $0 + chosenFactor * ExactMath.logarithm(probabilities.lift(tag, beside: $1))
      }
    }

    func explain(_ tag: Int32, score: Double) -> RankedTag {
      RankedTag(
        tag: tag, score: score, isMapped: mapped.contains(sorted: tag),
        recentUses: recent?.count(of: tag) ?? 0,
        recentCloses: recent?.count ?? 0, overallShare: probabilities.overallShare(tag),
        goesWith: context.chosen.filter { probabilities.lift(tag, beside: $0) > 1 },
        chance: chances(of: [score])[0])
    }
  }
}
