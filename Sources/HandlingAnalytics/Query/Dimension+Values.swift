internal import Conversations

extension Dimension {
  /// The whole numbers among its values, where there are any.
  var numbers: ClosedRange<Int>? {
    switch self {
    case .hour: 0...23
    case .weekday: 1...7
    case .rating: 1...5
    case .year: CivilSpan.years
    case .tag, .category, .channel, .agent, .group, .closing, .day, .week, .month, .quarter: nil
    }
  }

  /// The calendar unit that its values name by text.
  var unit: CivilSpan.Unit? {
    switch self {
    case .day: .day
    case .week: .week
    case .month: .month
    case .quarter: .quarter
    case .tag, .category, .channel, .agent, .group, .closing, .rating, .hour, .weekday, .year: nil
    }
  }

  /// Words among its values, where these are known beforehand.
  var words: [String] {
    switch self {
    case .closing: Closing.allCases.map(\.name)
    case .rating: ["good", "bad"]
    default: []
    }
  }

  /// Whether a range of values makes sense.
  var isOrdered: Bool { numbers != nil || unit != nil }

  /// A value spelt as answers label it: `09` is `9`, `2016-w09` is `2016-W09`, `Good` is `good`; a name as it is.
  /// `nil` for what can't be a value.
  func canonicalValue(_ text: String) -> String? {
    if !words.isEmpty, let word = words.first(where: { $0 == text.lowercased() }) { return word }
    return isOrdered ? canonicalBound(text) : words.isEmpty ? text : nil
  }

  /// The same for the end of a range, which is never a word.
  func canonicalBound(_ text: String) -> String? {
    if let numbers {
      guard let number = Int(saturatingDigits: text), numbers ~= number else { return nil }
      return String(number)
    }
    guard let unit, let span = try? CivilSpan(text), span.unit == unit else { return nil }
    return span.text
  }

  /// What to ask for instead of a text that is no value.
  var expectedValue: FilterFault.Expectation {
    words.isEmpty ? expectedBound : .words((numbers.map(Array.init) ?? []).map(String.init) + words)
  }

  /// What to ask for instead of a text that is no end of a range.
  var expectedBound: FilterFault.Expectation {
    numbers.map { .number($0) } ?? (unit == nil ? .value : .bucket(self))
  }

  /// Whether a value comes before another; both are spelt as `canonicalBound` spells them.
  func precedes(_ one: String, _ other: String) -> Bool {
    if numbers != nil, let first = Int(one), let second = Int(other) { return first < second }
    return one.utf8.lexicographicallyPrecedes(other.utf8)
  }
}
