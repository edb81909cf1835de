internal import Conversations
internal import HandlingAnalytics

/// The sums that figures are made of; each is asked for where it is needed and made once.
extension SQLFigures {
  /// A line without the rows that a sum is made of has a count of none.
  static func count(_ column: String) -> String { "coalesce(\(column), 0)" }

  static func share(_ part: String, _ column: String, of sums: SQLColumns) -> String {
    "1.0 * \(count(part)) / (SELECT \(column) FROM \(sums.table) WHERE line = 1)"
  }

  mutating func takeContact(_ column: String) {
    _ = contacts.take(column, "contact.\(column)")
  }

  mutating func takeContacts() -> String { contactSums.take("contacts", "count(*)") }
  mutating func takeHandled() -> String { contactSums.take("handled", "sum(is_handled)") }
  mutating func takeN() -> String { valueSums.take("n", "count(*)") }
  mutating func takeTotal() -> String { valueSums.take("total", "sum(value)") }

  mutating func takeConversation(_ name: String, _ expression: String) -> String {
    conversationSums.take(name, expression)
  }

  mutating func takeConversationN() -> String { takeConversation("n", "count(value)") }

  /// Contacts in which a part is above 0, and the sum of these.
  mutating func takePart(_ part: Measure.Part) -> (count: String, sum: String) {
    let column = "\(part.rawValue)_seconds"
    takeContact(column)
    let condition = "FILTER (WHERE is_handled AND \(column) > 0)"
    return (
      contactSums.take("n_\(part.rawValue)", "count(*) \(condition)"),
      contactSums.take(part.rawValue, "sum(\(column)) \(condition)")
    )
  }

  /// The conversation's own answer, as a column of its contacts and of it.
  mutating func takeAnswer(_ column: String) {
    _ = contacts.take(column, "conversation.\(column)")
    _ = contacts.take("is_bot", "contact.is_bot")
    _ = conversations.take(column, "max(\(column))")
    _ = conversations.take("is_human", "max(is_handled AND NOT is_bot)")
  }

  mutating func takeRating() -> (count: String, sum: String) {
    takeAnswer("rating")
    let condition = "FILTER (WHERE is_human AND rating <= 5)"
    return (
      takeConversation("n_rating", "count(rating) \(condition)"),
      takeConversation("rating", "sum(rating) \(condition)")
    )
  }

  mutating func takeSatisfaction() -> (count: String, sum: String) {
    takeAnswer("rating")
    let satisfied = Rating.allCases.filter(\.isSatisfied).map { "\($0.code)" }.joined(separator: ", ")
    return (
      takeConversation("n_csat", "count(rating) FILTER (WHERE is_human)"),
      takeConversation("csat", "sum(rating IN (\(satisfied))) FILTER (WHERE is_human)")
    )
  }

  mutating func takeSurvey(_ survey: Measure.Survey) -> (count: String, sum: String) {
    takeAnswer(survey.rawValue)
    return (
      takeConversation("n_\(survey.rawValue)", "count(\(survey.rawValue)) FILTER (WHERE is_human)"),
      takeConversation(survey.rawValue, "sum(\(survey.rawValue)) FILTER (WHERE is_human)")
    )
  }

  mutating func takeReopens() -> String {
    _ = contacts.take("reopens", "conversation.reopens")
    _ = conversations.take("reopens", "max(reopens)")
    return takeConversation("reopens", "sum(reopens)")
  }

  mutating func takeEngaged() -> String {
    for column in ["agent", "started_at", "ended_at"] { takeContact(column) }
    return engagement.take(
      "engaged", "sum(max(ended_at - max(started_at, coalesce(covered_until, started_at)), 0))")
  }

  /// √((n Σd² - (Σd)²) / (n × divisor)): whole numbers up to the division, where they are not too large for SQLite.
  mutating func deviation(over divisor: String) -> String {
    let n = takeN()
    _ = takeTotal()
    let sum = deviationSums.take("distances", "sum(distance)")
    let squares = deviationSums.take(
      "squares", hasSmallSquares ? "sum(distance * distance)" : "sum(1.0 * distance * distance)")
    return "sqrt(1.0 * (\(n) * \(squares) - \(sum) * \(sum)) / (\(n) * \(divisor)))"
  }

  mutating func quantile(_ permille: Int, _ ranks: WritableKeyPath<SQLFigures, SQLColumns>) -> String {
    // p90 is written with 90 of 100, p99.9 with 999 of 1000.
    let isWhole = permille.isMultiple(of: 10)
    let (part, whole) = isWhole ? (permille / 10, 100) : (permille, 1_000)
    let name = isWhole ? "p\(part)" : "p\(permille / 10)_\(permille % 10)"
    func value(at place: String) -> String { "max(value) FILTER (WHERE place = \(place))" }
    let n = self[keyPath: ranks].table + ".n"
    switch query.quantiles {
    case .nearest:
      return self[keyPath: ranks].take(name, value(at: "(n * \(part) + \(whole - 1)) / \(whole) - 1"))
    case .type7:
      let low = self[keyPath: ranks].take("\(name)_low", value(at: "(n - 1) * \(part) / \(whole)"))
      let high = self[keyPath: ranks].take(
        "\(name)_high", value(at: "min((n - 1) * \(part) / \(whole) + 1, n - 1)"))
      return "\(low) + (\(high) - \(low)) * ((\(n) - 1) * \(part) % \(whole)) / \(whole).0"
    }
  }

  mutating func trimmedMean() -> String {
    let dropped = "n * \(query.trimPermille ?? 0) / 1000"
    let condition = "FILTER (WHERE place BETWEEN \(dropped) AND n - 1 - \(dropped))"
    return valueRanks.take("trimmed_mean", "1.0 * sum(value) \(condition) / count(*) \(condition)")
  }
}
