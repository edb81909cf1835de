/// What a history has taught, in the order of its changes: how tags were used, and the words that speak for them.
///
/// Learning a close looks at what was learnt before it and at the mapping as it was then, never at what came later, so
/// that the same history gives the same model to the bit.
package struct TagModel {
  /// How often which tag was chosen where.
  package private(set) var usage: UsageModel
  /// What words say; `nil` before the first close with a text. A reference: copies of a model share it.
  package private(set) var scorer: TextScorer?
  /// What scores by text are worth.
  package private(set) var calibration: ScoreCalibration
  /// Tags mapped to each category, ascending.
  private var mapped: [Int32: [Int32]] = [:]
  /// Tags chosen in each category, ascending.
  private var used: [Int32: [Int32]] = [:]
  /// Tags that were ever mapped or chosen, ascending.
  private var known: [Int32] = []

  /// Goes on from what was learnt.
  ///
  /// - Parameter mapping: pairs of category and tag at the change up to which was learnt.
  /// - Complexity: O(counts + tags).
  package init(
    usage: UsageModel = UsageModel(), scorer: TextScorer? = nil,
    calibration: ScoreCalibration = ScoreCalibration(),
    mapping: [(category: Int32, tag: Int32)] = [], everMapped: Set<Int32> = []
  ) {
    (self.usage, self.scorer, self.calibration) = (usage, scorer, calibration)
    mapped = Dictionary(grouping: mapping, by: \.category).mapValues { Set($0.map(\.tag)).sorted() }
    var chosen: Set<Int32> = []
    for (category, tag) in usage.uses {
      used[category, default: []].append(tag)
      chosen.insert(tag)
    }
    used = used.mapValues { $0.sorted() }
    known = chosen.union(usage.tags).union(everMapped).union(mapping.map(\.tag)).sorted()
  }

  /// Closes learnt.
  package var closeCount: Int { usage.closeCount }

  /// Those of them that had a text.
  package var textCount: Int { scorer.map { Int($0.frequencies.texts) } ?? 0 }

  /// Whether any tag is mapped to the category.
  package func hasMapping(_ category: Int32?) -> Bool { category.flatMap { mapped[$0] } != nil }

  /// Tags mapped to the category or chosen in it before, ascending; all that were ever mapped or chosen where none are
  /// mapped to it.
  package func candidates(in category: Int32?) -> [Int32] {
    guard let category, let mapped = mapped[category] else { return known }
    guard let used = used[category] else { return mapped }
    return mapped.merged(withSorted: used)
  }

  /// The mapping has changed.
  package mutating func map(_ tag: Int32, to category: Int32, isMapped: Bool) {
    if isMapped {
      mapped[category, default: []].insert(sorted: tag)
      known.insert(sorted: tag)
    } else {
      mapped[category]?.removeAll { $0 == tag }
      if mapped[category]?.isEmpty == true { mapped[category] = nil }
    }
  }

  /// Learns a close; one without tags teaches nothing. O(features × blocks of the candidates).
  package mutating func learn(_ close: UsageModel.Close, text: String?) {
    guard !close.tags.isEmpty else { return }
    if let text, !text.isEmpty {
      let scorer = scorer ?? TextScorer()
      self.scorer = scorer
      let candidates = candidates(in: close.category)
      let scores = scorer.learn(
        text, category: close.category, candidates: candidates, chosen: close.tags)
      calibration.learn(
        close, candidates, texts: scores, mapped: close.category.flatMap { mapped[$0] } ?? [], by: usage,
        tagCount: known.count)
    }
    usage.learn(close)
    for tag in close.tags {
      known.insert(sorted: tag)
      if let category = close.category { used[category, default: []].insert(sorted: tag) }
    }
  }
}
