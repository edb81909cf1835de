/// What a score by text is worth: how often tags that had such a score, among the first five of a list, were chosen.
///
/// Lists are counted as they were before their close was learnt, so that nothing is judged by what it taught. Scores fall
/// into bins half a unit wide; a bin begins with what the logistic function makes of its middle, which weighs as four tags;
/// older lists fade; bins that contradict their order are pooled (Ayer et al. 1955: pool adjacent violators), and between
/// the middles of bins chances go in a straight line.
package struct ScoreCalibration: Equatable, Sendable {
  /// Tags of a list that are counted.
  static let listed = 5
  static let binCount = 49
  private static let width = 0.5
  private static let least = -12.0
  /// What is left of a list after each that follows: a memory of about five hundred.
  private static let memory = 0.998
  private static let priorWeight = 4.0

  /// By bin: tags that were listed, and those of them that were chosen; older ones count less.
  private(set) var shown = [Double](repeating: 0, count: Self.binCount)
  private(set) var chosen = [Double](repeating: 0, count: Self.binCount)
  /// By bin, ascending, in 0…1.
  private var chances = Self.priors

  /// Nothing was counted.
  package init() {}

  /// Counts as a checkpoint holds them; `nil` where they can't be.
  init?(shown: [Double], chosen: [Double]) {
    guard shown.count == Self.binCount, chosen.count == Self.binCount,
      zip(shown, chosen).allSatisfy({ $0.isFinite && $1 >= 0 && $1 <= $0 })
    else { return nil }
    (self.shown, self.chosen) = (shown, chosen)
    pool()
  }

  /// Counts the first tags of a list. O(bins).
  mutating func learn(_ list: some Sequence<(score: Double, isChosen: Bool)>) {
    for bin in 0..<Self.binCount {
      shown[bin] *= Self.memory
      chosen[bin] *= Self.memory
    }
    for (score, isChosen) in list {
      let bin = Int(Self.place(of: score) + 0.5)
      shown[bin] += 1
      if isChosen { chosen[bin] += 1 }
    }
    pool()
  }

  /// The chance that a tag with this score is chosen, 0…1; never falls with the score. O(1).
  package func chance(of score: Double) -> Double {
    let place = Self.place(of: score)
    let bin = min(Int(place), Self.binCount - 2)
    return chances[bin] + (chances[bin + 1] - chances[bin]) * (place - Double(bin))
  }

  /// Where a score stands among the middles of bins, 0 ... binCount - 1.
  private static func place(of score: Double) -> Double {
    min(max((score - least) / width, 0), Double(binCount - 1))
  }

  /// 1 / (1 + e^-s) at the middle of each bin.
  private static let priors: [Double] = (0..<binCount).map { bin in
    let score = least + width * Double(bin)
    return 1 / (1 + ExactMath.exponential(-score))
  }

  private mutating func pool() {
    var pools: [(chosen: Double, shown: Double, bins: Int)] = []
    for bin in 0..<Self.binCount {
      var next = (
        chosen: chosen[bin] + Self.priorWeight * Self.priors[bin], shown: shown[bin] + Self.priorWeight,
        bins: 1
      )
      while let last = pools.last, last.chosen * next.shown >= next.chosen * last.shown {
        next = (last.chosen + next.chosen, last.shown + next.shown, last.bins + next.bins)
        pools.removeLast()
      }
      pools.append(next)
    }
    chances = pools.flatMap { repeatElement($0.chosen / $0.shown, count: $0.bins) }
  }
}

extension ScoreCalibration {
  /// Counts the list that a text would have given before its close was learnt.
  ///
  /// - Parameters:
  ///   - candidates: the tags that were ranked.
  ///   - texts: what the text said of each.
  ///   - mapped: the tags mapped to the category, ascending.
  ///   - usage: what was known before the close.
  /// - Complexity: O(candidates), and usage for five of them.
  mutating func learn(
    _ close: UsageModel.Close, _ candidates: [Int32], texts: ArraySlice<Float>, mapped: [Int32],
    by usage: UsageModel, tagCount: Int
  ) {
    // Usage hardly moves a tag into the first five, so that it is asked for those alone.
    var first: [(text: Float, tag: Int32)] = []
    for (tag, text) in zip(candidates, texts) {
      if first.count == Self.listed, text <= first[Self.listed - 1].text { continue }
      first.insert((text, tag), at: first.firstIndex { $0.text < text } ?? first.count)
      if first.count > Self.listed { first.removeLast() }
    }
    let probabilities = UsageProbabilities(
      usage, RankingContext(category: close.category, channel: close.channel, agent: close.agent),
      shares: usage.halfLives.shares, mappedCount: mapped.count, tagCount: tagCount)
    learn(
      first.lazy.map { entry in
        let probability = probabilities.probability(entry.tag, isMapped: mapped.contains(sorted: entry.tag))
        return (
          score: TagRanker.score(text: entry.text, usage: ExactMath.logarithm(probability)),
          isChosen: close.tags.contains(entry.tag)
        )
      })
  }
}
