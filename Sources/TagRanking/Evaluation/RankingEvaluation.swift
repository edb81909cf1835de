/// Ranks and learns closes in their order, and judges the lists.
package struct RankingEvaluation {
  /// Which tags are ranked for a close.
  package enum Candidates: Sendable {
    /// All, the category being unknown.
    case all
    /// Those mapped to its category, and those chosen in it before: a text may speak for a link that the mapping lacks.
    /// All where none are mapped.
    case mappedAndUsed
    /// Those mapped to its category and, for a close with a text, those chosen in it before; where none are mapped, only
    /// those.
    case mappedOrUsed
  }

  /// One close: what was known when it was ranked, and what was chosen.
  package struct Item: Sendable {
    package var category: Int32?
    package var channel: Int32?
    package var agent: Int32?
    package var text: String
    /// At least one.
    package var chosen: [Int32]
    /// When it ended, unix seconds; 0 where that is not known.
    package var endedAt: Int64
    /// Whether it is ranked rather than learnt by ``EvaluationReport/Order/split``.
    package var isTest: Bool
    /// Where it was read; 0 where that is not known.
    package var line: Int

    package init(
      category: Int32?, channel: Int32? = nil, agent: Int32? = nil, text: String, chosen: [Int32],
      endedAt: Int64 = 0,
      isTest: Bool = false, line: Int = 0
    ) {
      self.category = category
      self.channel = channel
      self.agent = agent
      self.text = text
      self.chosen = chosen
      self.endedAt = endedAt
      self.isTest = isTest
      self.line = line
    }
  }

  private let categoryNames: [String]
  private let candidates: Candidates
  private var isCategoryKnown: Bool { report.isCategoryKnown }
  private var ranker: TagRanker
  private let allTags: [Int32]
  /// By name.
  private var mapped: [Int32: [Int32]]
  /// What was chosen in each category so far, in no order.
  private var used: [Int32: [Int32]] = [:]
  /// Both together, by name.
  private var listed: [Int32: [Int32]]
  private var model = UsageModel()
  private let texts = TextLearner()
  private var calibration = ScoreCalibration()
  private var reader = TextScorer.Reader()
  private var report: EvaluationReport
  private var byCategory: [Int32: EvaluationReport.Row] = [:]
  private var times: (ranking: [Double], learning: [Double]) = ([], [])

  /// - Parameters:
  ///   - tags: names of all tags, by id - 1.
  ///   - categories: names of all categories, by id - 1.
  ///   - mapping: pairs of category and tag.
  package init(
    tags: [String], categories: [String], mapping: [(category: Int32, tag: Int32)],
    order: EvaluationReport.Order, candidates: Candidates
  ) {
    categoryNames = categories
    self.candidates = candidates
    let isCategoryKnown = if case .all = candidates { false } else { true }
    ranker = TagRanker(names: tags, mapping: isCategoryKnown ? mapping : [])
    allTags = ranker.byName(tags.indices.map { Int32($0 + 1) })
    mapped = Dictionary(grouping: mapping, by: \.category).mapValues { [ranker] in
      ranker.byName(Array(Set($0.map(\.tag))))
    }
    listed = mapped
    report = EvaluationReport(order: order, isCategoryKnown: isCategoryKnown)
  }

  /// Goes through all closes of a file. O(closes × (learning + ranking)).
  ///
  /// - Parameter onList: told of each list what was ranked, and its tags, best first.
  package mutating func run(
    _ items: [Item], progress: (Int) -> Void = { _ in }, onList: (Item, [Int32]) -> Void = { _, _ in }
  ) -> EvaluationReport {
    for (place, item) in items.enumerated() {
      if place % 256 == 0 { progress(place) }
      if report.order == .prequential { onList(item, judge(item)) }
      if report.order == .prequential || !item.isTest { learn(item) }
    }
    if report.order == .split { for item in items where item.isTest { onList(item, judge(item)) } }
    return finished
  }

  /// These tags, ascending, are mapped to a category from now on. O(tags × log tags) where they are others than before.
  package mutating func map(_ tags: [Int32], to category: Int32) {
    guard isCategoryKnown, tags != ranker.mapped(to: category) else { return }
    ranker.map(tags, to: category)
    mapped[category] = tags.isEmpty ? nil : ranker.byName(tags)
    listed[category] = ranker.byName(Array(Set(tags).union(used[category] ?? [])))
  }

  /// Ranks the next close, judges the list, and learns what was chosen. O(learning + ranking).
  package mutating func judgeAndLearn(_ item: Item) {
    _ = judge(item)
    learn(item)
  }

  /// What was found so far. O(closes × log closes).
  package var finished: EvaluationReport {
    var report = report
    report.categories = byCategory.values.sorted { ($0.category ?? "") < ($1.category ?? "") }
    report.ranking = EvaluationReport.Timing(times.ranking)
    report.learning = EvaluationReport.Timing(times.learning)
    return report
  }

  private func tags(for item: Item) -> [Int32] {
    guard isCategoryKnown, let category = item.category else { return allTags }
    switch candidates {
    case .all: return allTags
    case .mappedAndUsed: return mapped[category] == nil ? allTags : listed[category] ?? []
    case .mappedOrUsed:
      return (item.text.isEmpty ? mapped[category] : nil) ?? listed[category] ?? []
    }
  }

  private mutating func noteUse(_ item: Item) {
    guard isCategoryKnown, let category = item.category else { return }
    let new = item.chosen.filter { used[category]?.contains($0) != true }
    guard !new.isEmpty else { return }
    used[category, default: []] += new
    listed[category] = ranker.byName(Array(Set((listed[category] ?? []) + new)))
  }

  private mutating func learn(_ item: Item) {
    let start = ContinuousClock.now
    let candidates = tags(for: item)
    let close = UsageModel.Close(
      tags: item.chosen, category: item.category, channel: item.channel, agent: item.agent,
      endedAt: item.endedAt)
    if !item.text.isEmpty {
      let known = isCategoryKnown ? item.category : nil
      let scores = texts.learn(item.text, category: known, candidates: candidates, chosen: item.chosen)
      var ranked = close
      ranked.category = known
      calibration.learn(
        ranked, candidates, texts: scores, mapped: known.flatMap { mapped[$0] }?.sorted() ?? [], by: model,
        tagCount: allTags.count)
    }
    model.learn(close)
    times.learning.append(start.duration(to: .now) / .microseconds(1))
    noteUse(item)
    report.learnt += 1
  }

  /// The list.
  private mutating func judge(_ item: Item) -> [Int32] {
    let candidates = tags(for: item)
    let start = ContinuousClock.now
    let found = ranked(candidates, item)
    times.ranking.append(start.duration(to: .now) / .microseconds(1))
    let list = found.map(\.tag)
    for first in found.prefix(ScoreCalibration.listed) {
      let chance = item.text.isEmpty ? first.chance : calibration.chance(of: first.score)
      report.reliability.judge(chance, isChosen: item.chosen.contains(first.tag))
    }
    let right = candidates.count { item.chosen.contains($0) }
    if right > 0 { report.covered += 1 }
    let chosen = item.chosen.count
    var methods: [(EvaluationReport.Method, [Int32])] = [
      (.wrapup, list), (.mostUsed, mostUsed(candidates, in: nil)), (.alphabetical, candidates),
    ]
    if isCategoryKnown, item.category != nil {
      methods.append((.mostUsedInCategory, mostUsed(candidates, in: item.category)))
    }
    let key = item.category ?? 0
    var row =
      byCategory[key] ?? EvaluationReport.Row(category: item.category.map { categoryNames[Int($0) - 1] })
    for (method, list) in methods {
      let places = list.indices.filter { item.chosen.contains(list[$0]) }
      report.total.qualities[method, default: RankingQuality()].judge(places: places, chosen: chosen)
      row.qualities[method, default: RankingQuality()].judge(places: places, chosen: chosen)
    }
    report.total.qualities[.random, default: RankingQuality()].judgeRandom(
      right: right, of: candidates.count, chosen: chosen)
    row.qualities[.random, default: RankingQuality()].judgeRandom(
      right: right, of: candidates.count, chosen: chosen)
    byCategory[key] = row
    return list
  }

  private mutating func ranked(_ candidates: [Int32], _ item: Item) -> [(
    tag: Int32, score: Double, chance: Double
  )] {
    let context = RankingContext(
      category: isCategoryKnown ? item.category : nil, channel: item.channel, agent: item.agent)
    let text =
      item.text.isEmpty
      ? nil
      : texts.scorer.scores(of: item.text, category: context.category, tags: candidates, reader: &reader)
    return ranker.rank(candidates, context, by: model, text: text)
  }

  private func mostUsed(_ candidates: [Int32], in category: Int32?) -> [Int32] {
    func count(_ tag: Int32) -> Double {
      // By the longest half-life: as good as all that ever was.
      model.counts[category.map { UsageKey.category($0, tag) } ?? UsageKey.overall(tag)][3]
    }
    // Sorting is stable: equally used tags stay in the order of their names.
    return candidates.map { ($0, count($0)) }.sorted { $0.1 > $1.1 }.map(\.0)
  }
}
