internal import Columnar

/// From what a group has added up to the figures of its row.
struct Figures {
  let tally: Tally
  let conversations: ConversationTally
  /// Values at the ranks that ``ranks(_:n:method:)`` names, measure after measure.
  let ordered: [UInt32]

  /// The figure of each measure.
  func figures(_ query: HandlingQuery) -> [HandlingReport.Figure] {
    var nextRank = 0
    return query.measures.map { measure in
      guard case .quantile(let permille) = measure else { return figure(measure) }
      let ranks = Self.ranks(permille: permille, n: Int(tally.n), method: query.quantiles)
      defer { nextRank += ranks.count }
      return quantile(permille, method: query.quantiles, ordered[nextRank..<(nextRank + ranks.count)])
    }
  }

  /// The 0-based ranks whose values a quantile needs: none without values, two to interpolate between.
  static func ranks(permille: Int, n: Int, method: HandlingQuery.QuantileMethod) -> [Int] {
    guard n > 0 else { return [] }
    switch method {
    case .type7:
      let low = (n - 1) * permille / 1000
      return [low, Swift.min(low + 1, n - 1)]
    case .nearest: return [Swift.max((n * permille + 999) / 1000, 1) - 1]
    }
  }

  private func quantile(_ permille: Int, method: HandlingQuery.QuantileMethod, _ values: ArraySlice<UInt32>)
    -> HandlingReport.Figure
  {
    guard let low = values.first, let high = values.last else { return .none }
    let rest = (Int(tally.n) - 1) * permille % 1000
    guard method == .type7, rest != 0, low != high else { return .whole(Int(low)) }
    return .real(Double(low) + Double(high - low) * Double(rest) / 1000)
  }

  private func figure(_ measure: Measure) -> HandlingReport.Figure {
    switch measure {
    case .contacts: .whole(Int(tally.contacts))
    case .handled: .whole(Int(tally.handled))
    case .unhandled: .whole(Int(tally.contacts - tally.handled))
    case .conversations: .whole(Int(conversations.conversations))
    case .n: .whole(Int(tally.n))
    case .missing: .whole(Int(tally.handled - tally.n))
    case .total: .whole(Int(tally.sum))
    case .mean: Self.ratio(tally.sum, tally.n)
    case .sd: deviation(over: tally.n == 0 ? 0 : tally.n - 1)
    case .sdPopulation: deviation(over: tally.n)
    case .min: tally.n == 0 ? .none : .whole(Int(tally.min))
    case .max: tally.n == 0 ? .none : .whole(Int(tally.max))
    case .nConversation: .whole(Int(conversations.n))
    case .meanConversation: Self.ratio(conversations.sum, conversations.n)
    case .quantile: .none
    }
  }

  private static func ratio(_ sum: UInt64, _ n: UInt64) -> HandlingReport.Figure {
    n == 0 ? .none : .real(Double(sum) / Double(n))
  }

  /// sqrt((n Σx² - (Σx)²) / (n × divisor)): the difference is taken between exact integers, so that nothing
  /// cancels.
  private func deviation(over divisor: UInt64) -> HandlingReport.Figure {
    guard divisor > 0 else { return .none }
    // Safe: n < 2^32 and x < 2^32, so n Σx² and (Σx)² stay at or below 2^128 - 1.
    let spread = UInt128(tally.n) * tally.squares - UInt128(tally.sum) * UInt128(tally.sum)
    return .real((Double(spread) / (Double(tally.n) * Double(divisor))).squareRoot())
  }
}
