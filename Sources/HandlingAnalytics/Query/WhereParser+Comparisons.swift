internal import Conversations

extension WhereParser {
  /// A value with its place in the text.
  struct Value {
    let text: String
    let token: WhereToken
  }

  /// `field = value` and its like.
  mutating func comparison() throws(FilterFault) -> Filter {
    guard case .word(let name) = current.kind, current.keyword == nil else { throw fault(.condition) }
    guard let field = FilterField(name: name) else {
      throw fault(.condition, nearest: NearestNames.of(name, among: FilterField.names))
    }
    advance()
    if skip(sign: "=") { return try test(field, oneOf: [value()]) }
    if skip(sign: "!=") { return .not(try test(field, oneOf: [value()])) }
    if current.isWord("is") { return try missing(field) }
    if field == .period, let period = try periodLimits() { return period }
    if field.isOrdered, let order = Order(current) {
      advance()
      return try test(field, order, value())
    }
    let start = current
    let isNegated = skip(word: "not")
    let found: Filter
    if skip(word: "in") {
      found = try test(field, oneOf: list())
    } else if field.isOrdered, skip(word: "between") {
      found = try between(field)
    } else {
      throw fault(.comparison(field.comparisons), at: start)
    }
    return isNegated ? .not(found) : found
  }

  /// `is missing`, `is not missing`.
  private mutating func missing(_ field: FilterField) throws(FilterFault) -> Filter {
    guard let missing = field.missing else { throw fault(.comparison(field.comparisons)) }
    advance()
    let isNegated = skip(word: "not")
    guard skip(word: "missing") else {
      throw fault(.words(isNegated ? ["missing"] : ["missing", "not missing"]))
    }
    return isNegated ? .not(missing) : missing
  }

  /// `(a, b)`, of at least one value.
  private mutating func list() throws(FilterFault) -> [Value] {
    guard skip(sign: "(") else { throw fault(.list) }
    var values = [try value()]
    while skip(sign: ",") { values.append(try value()) }
    guard skip(sign: ")") else { throw fault(.listEnd) }
    return values
  }

  /// `a and b` behind `between`.
  private mutating func between(_ field: FilterField) throws(FilterFault) -> Filter {
    let lower = try value()
    guard skip(word: "and") else { throw fault(.words(["and"])) }
    let upper = try value()
    switch field {
    case .dimension(let dimension):
      let from = try bound(lower, of: dimension)
      let through = try bound(upper, of: dimension)
      guard !dimension.precedes(through, from) else { throw fault(.upperBound, at: upper.token) }
      return .range(dimension, from: from, through: through)
    case .duration(let duration):
      let from = try seconds(lower)
      let through = try seconds(upper)
      guard from <= through else { throw fault(.upperBound, at: upper.token) }
      guard from <= Self.greatestSeconds else { return .any([]) }
      return .seconds(duration, from: from, through: min(through, Self.greatestSeconds))
    case .basis, .flag, .bot, .visitor, .period:
      throw fault(.comparison(field.comparisons))
    }
  }

  /// `from x`, `to y` or both behind `period`; `nil` when neither stands there.
  private mutating func periodLimits() throws(FilterFault) -> Filter? {
    let start = current
    let from = skip(word: "from") ? try value() : nil
    let to = skip(word: "to") ? try value() : nil
    guard from != nil || to != nil else { return nil }
    let period = Period.between(from: from?.text, to: to?.text)
    do {
      _ = try period.reading
    } catch {
      let token =
        switch error.part {
        case .from: from?.token
        case .to: to?.token
        case .name, nil: start
        }
      throw fault(.period(error), at: token)
    }
    return .period(period)
  }

  /// A quoted value, or a bare one that is no keyword.
  private mutating func value() throws(FilterFault) -> Value {
    let token = current
    switch token.kind {
    case .quoted(let text):
      advance()
      return Value(text: text, token: token)
    case .word(let text):
      guard token.keyword == nil else { throw fault(.quotes) }
      advance()
      return Value(text: text, token: token)
    case .sign, .unclosedQuote, .end:
      throw fault(.value)
    }
  }
}
