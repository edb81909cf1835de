/// Scores tags by the words of a text: one logistic regression a tag, learnt online, one close at a time.
///
///     s_t = Σ x_f·w[f,t] + 0.2 (b_t + b_ct)
///
/// over the features f of the text, with a weight b_t of the tag and b_ct of the tag in the category. A close is learnt
/// for all candidates, chosen or not, by an implicit AdaGrad step. The same closes in the same order give the same
/// scorer to the bit.
///
/// Scoring may go on in several threads, each with a reader of its own, as long as nobody learns.
package final class TextScorer {
  /// Learning rate of a close.
  private static let rate: Float = 1
  /// How many earlier closes are learnt again at each.
  private static let replays = 1
  /// What the two features of the context weigh beside a text of length 1.
  private static let contextWeight: Float = 0.2
  /// Most tags learnt about at a close.
  private static let candidateLimit = 200
  /// The score of a tag that nobody has learnt about: about one chance in eight.
  private static let unknownScore: Float = -2
  /// Blocks of weights kept at most: 160 MB.
  package static let standardCeiling = 1_200_000

  private(set) var frequencies = DocumentFrequencies()
  private(set) var columns = TagColumns()
  let weights: WeightBlocks
  /// Row of each category, in the order in which they were first learnt about.
  private(set) var categoryRows: [Int32: Int] = [:]
  private var reader = TextReader()
  private(set) var ring = ReplayRing()

  /// Knows nothing.
  package init(ceiling: Int = TextScorer.standardCeiling) {
    weights = WeightBlocks(ceiling: ceiling)
    weights.reserveRow(Self.overallRow)
  }

  /// A scorer as a checkpoint holds it.
  init(
    frequencies: DocumentFrequencies, columns: TagColumns, weights: WeightBlocks, categoryRows: [Int32: Int],
    ring: ReplayRing
  ) {
    (self.frequencies, self.columns, self.weights) = (frequencies, columns, weights)
    (self.categoryRows, self.ring) = (categoryRows, ring)
  }

  private static let overallRow = FeatureHash.count

  /// Scores of tags for a text, ln of the odds, in the tags' order. O(features × blocks of the tags).
  package func scores(of text: String, category: Int32?, tags: [Int32], reader: inout Reader) -> [Float] {
    reader.text.read(text)
    return scores(of: vector(of: reader.text.counts, category), tags: tags)
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
    addCategory(category)
    let vector = vector(of: reader.counts, category)
    let unmapped = chosen.filter { !candidates.contains($0) }
    let tags = unmapped.isEmpty ? candidates : candidates + unmapped
    columns.add(tags)
    let scores = step(vector, tags: tags, chosen: chosen)
    for _ in 0..<Self.replays {
      if let item = ring.draw() { _ = step(item.vector, tags: item.tags, chosen: item.chosen) }
    }
    ring.append(ReplayRing.Item(vector: vector, tags: tags, chosen: chosen))
    frequencies.learn(reader.counts)
    return scores.prefix(candidates.count)
  }

  /// Blocks of 16 weights in use.
  package var blockCount: Int { weights.count }

  /// Memory of the scorer, bytes, but for its tags and categories.
  package var byteCount: Int { weights.byteCount + FeatureHash.count * 4 }

  /// What a thread needs to read texts; it keeps memory, and nothing that a score depends on.
  package struct Reader: Sendable {
    var text = TextReader()
    package init() {}
  }

  private func addCategory(_ category: Int32?) {
    guard let category, categoryRows[category] == nil else { return }
    let row = Self.overallRow + 1 + categoryRows.count
    categoryRows[category] = row
    weights.reserveRow(row)
  }

  func vector(of counts: FeatureCounts, _ category: Int32?) -> FeatureVector {
    var vector = FeatureVector()
    frequencies.weigh(counts, into: &vector)
    vector.append(Self.overallRow, Self.contextWeight)
    if let category, let row = categoryRows[category] { vector.append(row, Self.contextWeight) }
    return vector
  }

  func scores(of vector: FeatureVector, tags: [Int32]) -> [Float] {
    let selection = ColumnSelection(tags, in: columns)
    var places = WeightPlaces()
    return Self.scores(weights.scores(of: vector, selection.blocks, at: &places), selection)
  }

  /// The score of each tag of a selection.
  private static func scores(_ sums: [WeightBlocks.Block], _ selection: ColumnSelection) -> [Float] {
    selection.lanes.map { lane in
      let sum = lane < 0 ? unknownScore : sums[lane / WeightBlocks.width][lane % WeightBlocks.width]
      // Learning never leads there, but a checkpoint could be forged.
      return sum.isFinite ? sum : unknownScore
    }
  }

  /// The scores of the tags before the step.
  private func step(_ vector: FeatureVector, tags: [Int32], chosen: [Int32]) -> [Float] {
    let selection = ColumnSelection(tags, in: columns)
    let blocks = selection.blocks
    var places = WeightPlaces()
    let sums = weights.scores(of: vector, blocks, at: &places)
    let targets = tags.indices.filter { chosen.contains(tags[$0]) }.map { selection.lanes[$0] }
    var errors = LogisticErrors(
      scores: sums, lanes: selection.lanes, chosen: targets, limit: Self.candidateLimit)
    let reach = weights.reach(
      of: vector, blocks, at: &places, errors: errors.errors, largest: errors.largest)
    errors.shorten(reach: reach, rate: Self.rate)
    weights.learn(
      vector, blocks, at: &places, errors: errors.errors, largest: errors.largest, rate: Self.rate)
    return Self.scores(sums, selection)
  }
}
