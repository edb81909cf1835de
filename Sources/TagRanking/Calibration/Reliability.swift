/// Whether chances hold: of the tags that were given one, how many were chosen.
public struct Reliability: Equatable, Sendable {
  /// Tags whose chances lie together.
  public struct Bin: Equatable, Sendable {
    /// The chances that fall into it: from the lower, to below the upper (the last one takes 1).
    public let range: ClosedRange<Double>
    /// Tags that were given such a chance.
    public private(set) var n = 0
    /// Those of them that were chosen.
    public private(set) var chosen = 0
    private var sum = 0.0

    init(range: ClosedRange<Double>) { self.range = range }

    /// The mean of the chances given; `nil` of none.
    public var expected: Double? { n > 0 ? sum / Double(n) : nil }
    /// The share that was chosen; `nil` of none.
    public var observed: Double? { n > 0 ? Double(chosen) / Double(n) : nil }

    /// The 95% interval of the share that was chosen; `nil` of none.
    public var interval: ClosedRange<Double>? { observed.map { WilsonInterval.of($0, n: n) } }

    mutating func add(_ chance: Double, isChosen: Bool) {
      n += 1
      chosen += isChosen ? 1 : 0
      sum += chance
    }
  }

  /// Ten bins of a tenth each, ascending.
  public private(set) var bins = (0..<10).map { Bin(range: Double($0) / 10...Double($0 + 1) / 10) }

  /// Of no tags yet.
  public init() {}

  /// Tags judged.
  public var n: Int { bins.reduce(0) { $0 + $1.n } }

  /// The expected calibration error, 0…1: Σ n_b |observed - expected| / n over the bins (Naeini et al. 2015); `nil` of no
  /// tags.
  public var expectedCalibrationError: Double? {
    guard n > 0 else { return nil }
    let sum = bins.reduce(0) { $0 + Double($1.n) * abs(($1.observed ?? 0) - ($1.expected ?? 0)) }
    return sum / Double(n)
  }

  /// A tag was given a chance of 0…1.
  package mutating func judge(_ chance: Double, isChosen: Bool) {
    bins[min(Int(chance * 10), 9)].add(chance, isChosen: isChosen)
  }
}
