/// Scores tags by the words of a text: one logistic regression a tag.
///
///     s_t = Σ x_f·w[f,t] + 0.2 (b_t + b_ct)
///
/// over the features f of the text, with a weight b_t of the tag and b_ct of the tag in the category, all rounded to eight
/// bits of fraction. A ``TextLearner`` learns the weights.
///
/// Scoring may go on in several threads, each with a reader of its own, as long as nobody learns into this scorer.
package final class TextScorer {
  /// What the two features of the context weigh beside a text of length 1.
  private static let contextWeight: Float = 0.2
  /// The score of a tag that nobody has learnt about: about one chance in eight.
  private static let unknownScore: Float = -2
  static let overallRow = FeatureHash.count

  var frequencies = DocumentFrequencies()
  var columns = TagColumns()
  /// Row of each category, in the order in which they were first learnt about.
  var categoryRows: [Int32: Int] = [:]
  let table: WeightTable

  /// Knows nothing.
  ///
  /// - Parameter capacity: blocks there is room for.
  init(capacity: Int) {
    table = WeightTable(capacity: capacity)
    table.reserveRow(Self.overallRow)
  }

  /// Texts learnt.
  var textCount: Int { Int(frequencies.texts) }

  /// Scores of tags for a text, ln of the odds, in the tags' order. O(features × blocks of the tags).
  package func scores(of text: String, category: Int32?, tags: [Int32], reader: inout Reader) -> [Float] {
    reader.text.read(text)
    reader.vector = vector(of: reader.text.counts.tally, category)
    return scores(of: reader.vector, tags: tags)
  }

  /// What a thread needs to read texts; it keeps memory, and nothing that a score depends on.
  package struct Reader: Sendable {
    var text = TextReader()
    /// What was made of the text.
    var vector = FeatureVector()
    package init() {}
  }

  func vector(of text: TextTally, _ category: Int32?) -> FeatureVector {
    var vector = FeatureVector()
    frequencies.weigh(text, into: &vector)
    vector.append(Self.overallRow, Self.contextWeight)
    if let category, let row = categoryRows[category] { vector.append(row, Self.contextWeight) }
    return vector
  }

  func scores(of vector: FeatureVector, tags: [Int32]) -> [Float] {
    let selection = ColumnSelection(tags, in: columns)
    var places = WeightPlaces()
    return Self.scores(table.scores(of: vector, selection.blocks, at: &places), selection)
  }

  /// The score of each tag of a selection.
  static func scores(_ sums: [WeightTable.Block], _ selection: ColumnSelection) -> [Float] {
    unsafe sums.withUnsafeBytes { bytes in
      // Safe: a block is sixteen floats.
      let sums = unsafe bytes.assumingMemoryBound(to: Float.self)
      return selection.lanes.map { lane in
        let sum = lane < 0 ? unknownScore : unsafe sums[lane]
        // Learning never leads there, but a checkpoint could be forged.
        return sum.isFinite ? sum : unknownScore
      }
    }
  }
}
