/// What a history has taught, for those who rank by it: how tags were used, and the words that speak for them.
///
/// Many may read a model while nobody learns into it; a ``TagLearner`` does.
package final class TagModel {
  /// How often which tag was chosen where.
  package internal(set) var usage: UsageModel
  /// What words say; `nil` before the first close with a text.
  package internal(set) var scorer: TextScorer?
  /// What scores by text are worth.
  package internal(set) var calibration: ScoreCalibration
  /// Tags mapped to each category, ascending.
  private var mapped: [Int32: [Int32]] = [:]
  /// Tags chosen in each category, ascending.
  private var used: [Int32: [Int32]] = [:]
  /// Tags that were ever mapped or chosen, ascending.
  private var known: [Int32] = []

  /// What was learnt up to some change.
  ///
  /// - Parameter mapping: pairs of category and tag as of that change.
  /// - Complexity: O(counts + tags).
  init(
    usage: UsageModel, scorer: TextScorer?, calibration: ScoreCalibration,
    mapping: [(category: Int32, tag: Int32)], everMapped: Set<Int32>
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

  /// The same as another, learnt into on its own; the scorer is shared.
  init(copying other: TagModel) {
    (usage, scorer, calibration) = (other.usage, other.scorer, other.calibration)
    (mapped, used, known) = (other.mapped, other.used, other.known)
  }

  /// Closes learnt.
  package var closeCount: Int { usage.closeCount }

  /// Those of them that had a text.
  package var textCount: Int { scorer?.textCount ?? 0 }

  /// Tags that were ever mapped or chosen.
  var knownCount: Int { known.count }

  /// Whether any tag is mapped to the category.
  package func hasMapping(_ category: Int32?) -> Bool { category.flatMap { mapped[$0] } != nil }

  /// Tags mapped to the category, ascending.
  func mapped(to category: Int32?) -> [Int32] { category.flatMap { mapped[$0] } ?? [] }

  /// Tags mapped to the category or chosen in it before, ascending; all that were ever mapped or chosen where none are
  /// mapped to it.
  package func candidates(in category: Int32?) -> [Int32] {
    guard let category, let mapped = mapped[category] else { return known }
    guard let used = used[category] else { return mapped }
    return mapped.merged(withSorted: used)
  }

  /// The mapping has changed.
  func map(_ tag: Int32, to category: Int32, isMapped: Bool) {
    if isMapped {
      mapped[category, default: []].insert(sorted: tag)
      known.insert(sorted: tag)
    } else {
      mapped[category]?.removeAll { $0 == tag }
      if mapped[category]?.isEmpty == true { mapped[category] = nil }
    }
  }

  /// Counts a close: all that it teaches but for its words.
  func count(_ close: UsageModel.Close) {
    usage.learn(close)
    for tag in close.tags {
      known.insert(sorted: tag)
      if let category = close.category { used[category, default: []].insert(sorted: tag) }
    }
  }
}
