internal import HandlingAnalytics

/// Figures of conversations that are divided among their tags: sums are kept for each number of tags and divided once.
extension SQLFigures {
  /// The figure of a line; `nil` for measures that can't be divided.
  mutating func share(of measure: Measure) -> String? {
    func divided(_ sum: String) -> String {
      "sum(CASE share WHEN 1 THEN \(sum) ELSE 1.0 * \(sum) / share END)"
    }
    switch measure {
    case .contacts: return Self.count(contactShares.take("contacts", divided("contacts")))
    case .n: return Self.count(valueShares.take("n", divided("n")))
    case .total: return Self.count(valueShares.take("total", divided("total")))
    case .mean:
      return "1.0 * \(valueShares.take("total", divided("total"))) / \(valueShares.take("n", divided("n")))"
    default: return nil
    }
  }
}

extension HandlingQuery {
  /// Whether rows of the answer count conversations in part.
  var countsShares: Bool { tagCounting == .split && dimensions.contains(.tag) }
}
