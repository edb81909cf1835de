internal import HandlingAnalytics

extension HandlingReport {
  /// The dimensions by name, then the measures by name; the total first, with `*` for every dimension.
  func writeCSV(showsTotal: Bool, to write: (String) -> Void) {
    write(CSVText.record(query.dimensions.map(\.rawValue) + query.measures.map(\.name)))
    if showsTotal { write(CSVText.record(query.dimensions.map { _ in "*" } + total.map(\.exactText))) }
    for row in rows { write(CSVText.record(row.labels.map(\.exactText) + row.figures.map(\.exactText))) }
  }
}

/// Records by RFC 4180 with line feeds.
package enum CSVText {
  /// One record with its line feed.
  package static func record(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  /// The same of fields that need be no text, without the line feed.
  package static func line(_ fields: [[UInt8]]) -> [UInt8] {
    Array(
      fields.map { field in
        needsQuotes(field) ? [0x22] + field.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22] : field
      }.joined(separator: [0x2C]))
  }

  private static func needsQuotes(_ field: some Sequence<UInt8>) -> Bool {
    field.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
  }

  private static func quoted(_ field: String) -> String {
    guard needsQuotes(field.utf8) else { return field }
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
