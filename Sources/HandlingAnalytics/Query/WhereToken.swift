/// A word, quoted value or sign of a `--where` text.
///
/// Text is cut by Unicode scalars: a combining mark behind a quote or sign belongs to what follows, so that any
/// value can be quoted.
struct WhereToken: Equatable {
  enum Kind: Equatable {
    /// A run of bare characters: a keyword, a field's name or a value.
    case word(String)
    /// What stood between quotes, doubled ones made single.
    case quoted(String)
    /// `( ) , = != < <= > >=`, or a lone `!`, which nothing expects.
    case sign(String)
    /// A quote that nothing ends.
    case unclosedQuote
    case end
  }

  let kind: Kind
  let range: Range<String.Index>

  /// What only quotes make a value.
  static let keywords: Set<String> = ["and", "or", "not", "in", "is", "between", "missing"]

  /// The keyword that a bare word is.
  var keyword: String? {
    guard case .word(let word) = kind else { return nil }
    let folded = word.lowercased()
    return Self.keywords.contains(folded) ? folded : nil
  }

  /// Whether it is that word, bare and in any case.
  func isWord(_ wanted: String) -> Bool {
    guard case .word(let word) = kind else { return false }
    return word.lowercased() == wanted
  }

  /// A value as it is written: bare where that is allowed, else in single quotes.
  static func written(_ value: String) -> String {
    if !value.isEmpty, !keywords.contains(value.lowercased()), value.unicodeScalars.allSatisfy(isBare) {
      return value
    }
    var text = "'".unicodeScalars
    for scalar in value.unicodeScalars {
      if scalar == "'" { text.append(scalar) }
      text.append(scalar)
    }
    text.append("'")
    return String(text)
  }

  /// All tokens of a text, `end` last. O(bytes).
  static func tokens(of text: String) -> [WhereToken] {
    let scalars = text.unicodeScalars
    var tokens: [WhereToken] = []
    var position = scalars.startIndex
    while position < scalars.endIndex {
      let start = position
      guard !scalars[start].properties.isWhitespace else {
        scalars.formIndex(after: &position)
        continue
      }
      let kind = next(scalars, &position)
      tokens.append(WhereToken(kind: kind, range: start..<position))
    }
    return tokens + [WhereToken(kind: .end, range: position..<position)]
  }

  /// Reads one token, which is never empty, and steps behind it.
  private static func next(_ text: String.UnicodeScalarView, _ position: inout String.Index) -> Kind {
    let first = text[position]
    switch first {
    case "(", ")", ",", "=":
      text.formIndex(after: &position)
      return .sign(String(first))
    case "<", ">", "!":
      text.formIndex(after: &position)
      guard position < text.endIndex, text[position] == "=" else { return .sign(String(first)) }
      text.formIndex(after: &position)
      return .sign("\(first)=")
    case "'", "\"":
      return quoted(text, &position)
    default:
      let end = text[position...].firstIndex { !isBare($0) } ?? text.endIndex
      defer { position = end }
      return .word(String(text[position..<end]))
    }
  }

  private static func quoted(_ text: String.UnicodeScalarView, _ position: inout String.Index) -> Kind {
    let quote = text[position]
    var value = String.UnicodeScalarView()
    text.formIndex(after: &position)
    while position < text.endIndex {
      let scalar = text[position]
      text.formIndex(after: &position)
      if scalar == quote {
        guard position < text.endIndex, text[position] == quote else { return .quoted(String(value)) }
        text.formIndex(after: &position)
      }
      value.append(scalar)
    }
    return .unclosedQuote
  }

  private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", ",", "'", "\"", "=", "<", ">", "!": false
    default: !scalar.properties.isWhitespace
    }
  }
}
