internal import TagRanking

/// A number of cases, and in how many of them something held.
public struct Share: Equatable, Sendable {
  /// Where it held.
  public let hits: Int
  /// All cases.
  public let n: Int

  /// hits / n; `nil` without cases.
  public var value: Double? { n > 0 ? Double(hits) / Double(n) : nil }
  /// The 95% interval of Wilson; `nil` without cases.
  public var interval: ClosedRange<Double>? {
    value.map { WilsonInterval.of($0, n: n) }
  }
}
