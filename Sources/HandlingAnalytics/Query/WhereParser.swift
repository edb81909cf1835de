internal import Conversations

/// The grammar of `--where`, by recursive descent:
///
///     filter     = conjunction { "or" conjunction }
///     conjunction = negation { "and" negation }
///     negation   = "not" negation | "(" filter ")" | "true" | "false" | comparison
///
/// Recursion is as deep as `(` and `not` are nested, which is bounded; a level takes four calls.
struct WhereParser {
  /// The longest text, in bytes.
  static let byteLimit = 10_000
  /// The most levels of `(` and `not`.
  static let depthLimit = 100

  private let text: String
  private let tokens: [WhereToken]
  private var position = 0
  private var depth = 0

  init(_ text: String) throws(FilterFault) {
    guard text.utf8.count <= Self.byteLimit else {
      let column = String(decoding: text.utf8.prefix(Self.byteLimit), as: UTF8.self).count + 1
      throw FilterFault(
        column: column, found: nil, expected: .fewerBytes(limit: Self.byteLimit), nearest: [])
    }
    self.text = text
    tokens = WhereToken.tokens(of: text)
  }

  /// The whole text as a filter.
  mutating func filter() throws(FilterFault) -> Filter {
    let filter = try disjunction()
    guard current.kind == .end else { throw fault(.connective) }
    return filter
  }

  private mutating func disjunction() throws(FilterFault) -> Filter {
    var parts = [try conjunction()]
    while skip(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterFault) -> Filter {
    var parts = [try negation()]
    while skip(word: "and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(FilterFault) -> Filter {
    let opening = current
    if skip(word: "not") {
      try descend(at: opening)
      let negated = try negation()
      depth -= 1
      return .not(negated)
    }
    if skip(sign: "(") {
      try descend(at: opening)
      let inner = try disjunction()
      guard skip(sign: ")") else { throw fault(.closingParenthesis) }
      depth -= 1
      return inner
    }
    if skip(word: "true") { return .all([]) }
    if skip(word: "false") { return .any([]) }
    return try comparison()
  }

  private mutating func descend(at opening: WhereToken) throws(FilterFault) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw fault(.lessNesting(limit: Self.depthLimit), at: opening)
    }
  }

  /// The token that is read next; the last one is `end` and is never stepped over.
  var current: WhereToken { tokens[position] }

  /// Steps over the current token.
  mutating func advance() {
    position = min(position + 1, tokens.count - 1)
  }

  /// Steps over a bare word, in any case, if it stands there.
  mutating func skip(word: String) -> Bool {
    guard current.isWord(word) else { return false }
    advance()
    return true
  }

  /// Steps over a sign if it stands there.
  mutating func skip(sign: String) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  /// What is wrong with a token, the current one unless given.
  func fault(
    _ expected: FilterFault.Expectation, at token: WhereToken? = nil, nearest: [String] = []
  ) -> FilterFault {
    let token = token ?? current
    return FilterFault(
      column: text[..<token.range.lowerBound].count + 1,
      found: token.kind == .end ? nil : String(text[token.range].prefix(60)),
      expected: token.kind == .unclosedQuote ? .closingQuote : expected, nearest: nearest)
  }
}
