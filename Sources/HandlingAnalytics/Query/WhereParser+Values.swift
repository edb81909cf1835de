internal import Conversations

extension WhereParser {
  /// How a value compares in an ordered field.
  enum Order: String {
    case below = "<"
    case upTo = "<="
    case above = ">"
    case atLeast = ">="

    init?(_ token: WhereToken) {
      guard case .sign(let sign) = token.kind, let order = Order(rawValue: sign) else { return nil }
      self = order
    }
  }

  /// The greatest number of seconds there can be; one more is the mark of a missing value.
  static let greatestSeconds = UInt32.max - 1

  /// The field has one of these values, of which there is at least one.
  func test(_ field: FilterField, oneOf values: [Value]) throws(FilterFault) -> Filter {
    func each(_ test: (Value) throws(FilterFault) -> Filter) throws(FilterFault) -> Filter {
      let tests = try values.map(test)
      return tests.count == 1 ? tests[0] : .any(tests)
    }
    switch field {
    case .dimension(let dimension):
      return .oneOf(dimension, try values.map { value throws(FilterFault) in try spelt(value, dimension) })
    case .duration(let duration):
      return try each { value throws(FilterFault) in
        let seconds = try seconds(value)
        // Beyond the greatest there is no value to be equal to.
        return seconds <= Self.greatestSeconds
          ? .seconds(duration, from: seconds, through: seconds) : .any([])
      }
    case .basis:
      let bases = HandlingBasis.allCases.map { ($0.word, $0) }
      return .basis(try values.map { value throws(FilterFault) in try choice(value, bases) })
    case .flag:
      let flags = ContactFlags.names.map { ($0.name, $0.flag) }
      var wanted: ContactFlags = []
      for value in values { wanted.formUnion(try choice(value, flags)) }
      return .flags(wanted)
    case .bot:
      return try each { value throws(FilterFault) in
        try choice(value, [("true", true), ("false", false)]) ? .isBot : .not(.isBot)
      }
    case .visitor:
      return .visitor(values.map(\.text))
    case .period:
      return try each { value throws(FilterFault) in try period(value) }
    }
  }

  /// The field's value stands in that order to this one; only for ordered fields.
  func test(_ field: FilterField, _ order: Order, _ value: Value) throws(FilterFault) -> Filter {
    switch field {
    case .dimension(let dimension):
      let bound = try bound(value, of: dimension)
      guard let numbers = dimension.numbers, let number = Int(bound) else {
        return textual(dimension, order, bound)
      }
      let from = order == .above ? number + 1 : number
      let through = order == .below ? number - 1 : number
      guard from <= numbers.upperBound, through >= numbers.lowerBound else { return .any([]) }
      return order == .below || order == .upTo
        ? .range(dimension, from: nil, through: String(through))
        : .range(dimension, from: String(from), through: nil)
    case .duration(let duration):
      let seconds = try seconds(value)
      switch order {
      case .below:
        return seconds == 0 ? .any([]) : .seconds(duration, from: 0, through: seconds - 1)
      case .upTo:
        return .seconds(duration, from: 0, through: min(seconds, Self.greatestSeconds))
      case .above, .atLeast:
        let (from, isTooLarge) = seconds.addingReportingOverflow(order == .above ? 1 : 0)
        guard !isTooLarge, from <= Self.greatestSeconds else { return .any([]) }
        return .seconds(duration, from: from, through: Self.greatestSeconds)
      }
    case .basis, .flag, .bot, .visitor, .period:
      throw fault(.comparison(field.comparisons))
    }
  }

  /// The next day or week is not looked for: what lies strictly on one side is what does not lie on the other.
  private func textual(_ dimension: Dimension, _ order: Order, _ bound: String) -> Filter {
    switch order {
    case .upTo: .range(dimension, from: nil, through: bound)
    case .atLeast: .range(dimension, from: bound, through: nil)
    case .above: .all([.not(.missing(dimension)), .not(.range(dimension, from: nil, through: bound))])
    case .below: .all([.not(.missing(dimension)), .not(.range(dimension, from: bound, through: nil))])
    }
  }

  /// A value of a dimension, as answers label it.
  private func spelt(_ value: Value, _ dimension: Dimension) throws(FilterFault) -> String {
    guard let spelt = dimension.canonicalValue(value.text) else {
      throw fault(
        dimension.expectedValue, at: value.token,
        nearest: NearestNames.of(value.text, among: dimension.words))
    }
    return spelt
  }

  /// The end of a range of a dimension.
  func bound(_ value: Value, of dimension: Dimension) throws(FilterFault) -> String {
    guard let bound = dimension.canonicalBound(value.text) else {
      throw fault(dimension.expectedBound, at: value.token)
    }
    return bound
  }

  /// Whole seconds; all numbers beyond a column's are `UInt32.max`, the mark of a missing value.
  func seconds(_ value: Value) throws(FilterFault) -> UInt32 {
    guard let seconds = Int(saturatingDigits: value.text) else { throw fault(.seconds, at: value.token) }
    return UInt32(clamping: seconds)
  }

  /// One of a few words, in any case.
  private func choice<Choice>(
    _ value: Value, _ choices: [(name: String, choice: Choice)]
  ) throws(FilterFault) -> Choice {
    let folded = value.text.lowercased()
    guard let found = choices.first(where: { $0.name == folded }) else {
      let names = choices.map(\.name)
      throw fault(.words(names), at: value.token, nearest: NearestNames.of(value.text, among: names))
    }
    return found.choice
  }

  private func period(_ value: Value) throws(FilterFault) -> Filter {
    let period = Period.named(value.text)
    do {
      _ = try period.reading
    } catch {
      guard case .unreadable(_, _, let nearest) = error else { throw fault(.period(error), at: value.token) }
      throw fault(.period(error), at: value.token, nearest: nearest)
    }
    return .period(period)
  }
}
