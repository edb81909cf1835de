internal import Columnar

/// Figures of the values of one group that depend on their order.
enum SortedFigures {
  /// The figures of measures, in their order.
  ///
  /// - Parameter values: reordered.
  /// - Complexity: O(n) on average.
  static func figures<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ measures: [Measure], of values: inout [Value], _ query: HandlingQuery
  ) -> [HandlingReport.Figure] {
    let n = values.count
    var ranks = Set<Int>()
    for measure in measures { ranks.formUnion(self.ranks(measure, n: n, query)) }
    if !ranks.isEmpty {
      var span = values.mutableSpan
      _ = OrderStatistics<Value>.select(ranks.sorted(), from: &span)
    }
    // From here on every rank that a measure needs holds its value, and what lies between two ranks stands there.
    return measures.map { figure($0, of: values, query) }
  }

  /// The ranks of the sorted values that a measure needs, ascending; empty where it has no figure.
  static func ranks(_ measure: Measure, n: Int, _ query: HandlingQuery) -> [Int] {
    guard n > 0 else { return [] }
    switch measure {
    case .quantile(let permille), .firstReplyQuantile(let permille):
      switch query.quantiles {
      case .type7:
        let low = (n - 1) * permille / 1000
        return [low, min(low + 1, n - 1)]
      case .nearest: return [nearestRank(permille, n)]
      }
    case .quantileInterval(let permille, let bound):
      let ranks = QuantileInterval.ranks(n: n, permille: permille)
      return [bound == .low ? ranks.low : ranks.high].compactMap(\.self)
    case .trimmedMean:
      let dropped = n * (query.trimPermille ?? 0) / 1000
      return [dropped, n - 1 - dropped]
    default: return []
    }
  }

  private static func nearestRank(_ permille: Int, _ n: Int) -> Int {
    max((n * permille + 999) / 1000, 1) - 1
  }

  private static func figure<Value: FixedWidthInteger & UnsignedInteger>(
    _ measure: Measure, of values: [Value], _ query: HandlingQuery
  ) -> HandlingReport.Figure {
    let ranks = ranks(measure, n: values.count, query)
    guard measure == .trimmedMean, let first = ranks.first, let last = ranks.last else {
      return figure(measure, n: values.count, query) { values[$0] }
    }
    var sum: UInt64 = 0
    // Safe: the sum of all values of a question fits, and so does that of some.
    for value in values[first...last] { sum &+= UInt64(value) }
    return .real(Double(sum) / Double(last - first + 1))
  }

  /// The figure of a measure that depends on the values of its ranks alone.
  ///
  /// - Parameter value: the value of a rank.
  static func figure<Value: FixedWidthInteger & UnsignedInteger>(
    _ measure: Measure, n: Int, _ query: HandlingQuery, value: (Int) -> Value
  ) -> HandlingReport.Figure {
    let ranks = ranks(measure, n: n, query)
    guard let first = ranks.first, let last = ranks.last else { return .none }
    switch measure {
    case .quantile(let permille), .firstReplyQuantile(let permille):
      let rest = (n - 1) * permille % 1000
      let (low, high) = (value(first), value(last))
      guard query.quantiles == .type7, rest != 0, low != high else { return .whole(Int(low)) }
      return .real(Double(low) + Double(high - low) * Double(rest) / 1000)
    default: return .whole(Int(value(first)))
    }
  }
}
