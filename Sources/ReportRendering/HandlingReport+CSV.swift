internal import HandlingAnalytics

extension HandlingReport {
  /// The dimensions by name, then the measures by name; the total first, with `*` for every dimension.
  func csv(showsTotal: Bool) -> String {
    var text = CSVText()
    text.append(query.dimensions.map(\.rawValue) + query.measures.map(\.name))
    if showsTotal { text.append(query.dimensions.map { _ in "*" } + total.map(\.exactText)) }
    for row in rows { text.append(row.labels.map(\.exactText) + row.figures.map(\.exactText)) }
    return text.text
  }
}

/// Records by RFC 4180 with line feeds.
struct CSVText {
  private(set) var text = ""

  mutating func append(_ fields: [String]) {
    text += fields.map(Self.quoted).joined(separator: ",")
    text += "\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return field }
    var quoted = "\""
    for character in field.unicodeScalars {
      if character == "\"" { quoted.unicodeScalars.append(character) }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }
}

extension HandlingReport.Figure {
  /// Every digit; nothing for an undefined figure.
  var exactText: String {
    switch self {
    case .whole(let number): "\(number)"
    case .real(let number): number.exactText
    case .none: ""
    }
  }
}

extension HandlingReport.Label {
  /// The name as it is; nothing for a missing value.
  var exactText: String {
    switch self {
    case .name(let name): name
    case .number(let number): "\(number)"
    case .missing: ""
    }
  }
}

extension Double {
  /// The shortest text that reads back as this very number; whole numbers without a fraction.
  var exactText: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
