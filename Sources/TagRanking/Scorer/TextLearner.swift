/// Learns a scorer online, one close at a time, for all candidates, chosen or not, by implicit AdaGrad steps. The same closes
/// in the same order give the same scorer to the bit.
package final class TextLearner {
  /// Learning rate of a close.
  private static let rate: Float = 1.2
  /// How many earlier closes are learnt again at each, as long as few texts have been learnt. On four sets three gained
  /// 0.15 points of hit@1 prequentially over one at every close, and lost 0.05 and 0.3 where a split was frozen; going on
  /// beyond 3,000 texts changed at most 0.06 and costs three quarters of the learning.
  private static let replays = 3
  private static let replayedTexts = 4_000
  /// Most tags learnt about at a close.
  private static let candidateLimit = 200
  /// Blocks of weights kept at most: 161 MB.
  package static let standardCeiling = 1_220_000

  /// What is being learnt.
  private(set) var scorer: TextScorer
  let weights: WeightLearner
  private var reader = TextReader()
  private(set) var ring = ReplayRing()
  /// The checksums of pages of a checkpoint that nobody has looked at.
  var unread: [UInt64]?

  /// Knows nothing.
  package init(ceiling: Int = TextLearner.standardCeiling) {
    weights = WeightLearner(ceiling: ceiling)
    scorer = TextScorer(capacity: weights.ceiling)
  }

  /// A learner as a checkpoint holds it.
  init(_ scorer: TextScorer, weights: WeightLearner, ring: ReplayRing) {
    (self.scorer, self.weights, self.ring) = (scorer, weights, ring)
  }

  /// Learns a close; what it said of each candidate before.
  ///
  /// - Parameters:
  ///   - candidates: the tags that could have been chosen: those mapped to the category, or all.
  ///   - chosen: the tags that were.
  @discardableResult
  package func learn(_ text: String, category: Int32?, candidates: [Int32], chosen: [Int32]) -> ArraySlice<
    Float
  > {
    reader.read(text)
    return learn(reader.counts.tally, category: category, candidates: candidates, chosen: chosen)
  }

  /// The same of a text that was taken apart before.
  @discardableResult
  func learn(
    _ text: TextTally, category: Int32?, candidates: [Int32], chosen: [Int32]
  ) -> ArraySlice<Float> {
    addCategory(category)
    let vector = scorer.vector(of: text, category)
    let unmapped = chosen.filter { !candidates.contains($0) }
    let tags = unmapped.isEmpty ? candidates : candidates + unmapped
    scorer.columns.add(tags)
    let scores = step(vector, tags: tags, chosen: chosen)
    if scorer.textCount < Self.replayedTexts {
      for _ in 0..<Self.replays {
        if let item = ring.draw() { _ = step(item.vector, tags: item.tags, chosen: item.chosen) }
      }
      ring.append(ReplayRing.Item(vector: vector, tags: tags, chosen: chosen))
    } else {
      ring.removeAll()
    }
    scorer.frequencies.learn(text.features)
    weights.changes.noteText(text.features)
    return scores.prefix(candidates.count)
  }

  /// Blocks of 16 weights in use.
  package var blockCount: Int { weights.count }

  /// Memory of the scorer, once for the learner and twice for readers, bytes, but for its tags and categories.
  package var byteCount: Int { weights.byteCount(scorer.table) + 2 * FeatureHash.count * 4 }

  /// Makes another scorer like the one being learnt, and learns into that one from now on. The other is the one that was
  /// learnt into before the last turn; `nil` makes a new one.
  ///
  /// - Complexity: O(changes since the last turn), or O(blocks) where they are many.
  func turn(to other: TextScorer?) {
    let next = other ?? TextScorer(capacity: weights.ceiling)
    var changes = weights.changes
    if other == nil { changes.noteAll() }
    next.table.follow(scorer.table, changes, slotCount: weights.stamps.count)
    if changes.isAll {
      next.frequencies = scorer.frequencies
    } else {
      for features in changes.texts { next.frequencies.learn(features) }
    }
    (next.columns, next.categoryRows) = (scorer.columns, scorer.categoryRows)
    weights.changes = ScorerChanges()
    scorer = next
  }

  private func addCategory(_ category: Int32?) {
    guard let category, scorer.categoryRows[category] == nil else { return }
    let row = TextScorer.overallRow + 1 + scorer.categoryRows.count
    scorer.categoryRows[category] = row
    scorer.table.reserveRow(row)
  }

  /// The scores of the tags before the step.
  private func step(_ vector: FeatureVector, tags: [Int32], chosen: [Int32]) -> [Float] {
    let (table, selection) = (scorer.table, ColumnSelection(tags, in: scorer.columns))
    let blocks = selection.blocks
    var places = WeightPlaces()
    let sums = weights.scores(of: vector, blocks, in: table, at: &places)
    let targets = tags.indices.filter { chosen.contains(tags[$0]) }.map { selection.lanes[$0] }
    var errors = LogisticErrors(
      scores: sums, lanes: selection.lanes, chosen: targets, limit: Self.candidateLimit)
    let reach = weights.reach(
      of: vector, blocks, in: table, at: &places, errors: errors.errors, largest: errors.largest)
    errors.shorten(reach: reach, rate: Self.rate)
    weights.learn(
      vector, blocks, in: table, at: &places, errors: errors.errors, largest: errors.largest,
      rate: Self.rate)
    return TextScorer.scores(sums, selection)
  }
}
