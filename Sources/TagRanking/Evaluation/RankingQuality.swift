/// How good a series of ranked lists was, each judged by the tags that were chosen in the end.
public struct RankingQuality: Equatable, Sendable {
  /// A mean over the judged lists with its 95% interval, all as fractions of 1.
  public struct Figure: Equatable, Sendable {
    /// The mean.
    public let value: Double
    /// The lower limit of the interval.
    public let low: Double
    /// The upper limit of the interval.
    public let high: Double
  }

  /// What is averaged.
  public enum Measure: String, CaseIterable, Sendable {
    /// Whether the first tag of the list is right, and whether one of the first three or five is.
    case hit1, hit3, hit5
    /// One over the place of the first right tag; 0 when none is in the list.
    case mrr
    /// Discounted gain of the right tags among the first five over what the best list would have gained.
    case ndcg5
  }

  /// Lists judged.
  public private(set) var n = 0
  private var sums = [Double](repeating: 0, count: Measure.allCases.count)
  private var squares = [Double](repeating: 0, count: Measure.allCases.count)

  /// Of no lists yet.
  public init() {}

  /// A measure's mean; `nil` without lists.
  ///
  /// Intervals of hits are Wilson's; those of the others are mean ± 1.96 s/√n, cut to 0…1.
  public subscript(measure: Measure) -> Figure? {
    guard n > 0 else { return nil }
    let place = Measure.allCases.firstIndex(of: measure)!
    let (count, mean) = (Double(n), sums[place] / Double(n))
    switch measure {
    case .hit1, .hit3, .hit5:
      // Sums of expected hits may be rounded past the ends.
      let interval = WilsonInterval.of(min(1, max(0, mean)), n: n)
      return Figure(value: mean, low: interval.lowerBound, high: interval.upperBound)
    case .mrr, .ndcg5:
      let variance = n > 1 ? max(0, squares[place] - sums[place] * mean) / (count - 1) : 0
      let reach = WilsonInterval.normal975 * (variance / count).squareRoot()
      return Figure(value: mean, low: max(0, mean - reach), high: min(1, mean + reach))
    }
  }

  /// Judges a list by the places of the right tags in it.
  ///
  /// - Parameters:
  ///   - places: from 0, ascending; without those that are not in the list.
  ///   - chosen: how many tags were right, 1 or more.
  package mutating func judge(places: [Int], chosen: Int) {
    let first = places.first ?? .max
    let gain = places.filter { $0 < 5 }.reduce(0) { $0 + Self.discounts[$1] }
    add([
      first < 1 ? 1 : 0, first < 3 ? 1 : 0, first < 5 ? 1 : 0, first == .max ? 0 : 1 / Double(first + 1),
      gain / Self.bestGain(chosen),
    ])
  }

  /// Judges what a list in random order is expected to be, exactly. O(list).
  ///
  /// With m tags of which r are right, the first right one stands behind j others with probability C(m-j-1, r-1) / C(m, r).
  package mutating func judgeRandom(right: Int, of listed: Int, chosen: Int) {
    var (hits, reciprocal) = ([0.0, 0.0, 0.0], 0.0)
    var stillNone = 1.0
    for place in 0..<max(0, listed - right + 1) where right > 0 {
      let isFirst = stillNone * Double(right) / Double(listed - place)
      for (slot, limit) in [1, 3, 5].enumerated() where place < limit { hits[slot] += isFirst }
      reciprocal += isFirst / Double(place + 1)
      stillNone -= isFirst
    }
    let gain = Self.discounts.prefix(listed).reduce(0, +) * Double(right) / Double(max(listed, 1))
    add([hits[0], hits[1], hits[2], reciprocal, gain / Self.bestGain(chosen)])
  }

  private mutating func add(_ values: [Double]) {
    n += 1
    for (place, value) in values.enumerated() {
      sums[place] += value
      squares[place] += value * value
    }
  }

  /// 1 / log₂(place + 2) of the first five places.
  private static let discounts = (0..<5).map {
    ExactMath.logarithm(2) / ExactMath.logarithm(Double($0 + 2))
  }

  private static func bestGain(_ chosen: Int) -> Double {
    discounts.prefix(chosen).reduce(0, +)
  }
}
