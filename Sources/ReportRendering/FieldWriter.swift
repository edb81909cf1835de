public import Conversations

/// Rows of named fields as lines of a file.
public struct FieldWriter: Sendable {
  /// The forms of a file.
  public enum Format: String, CaseIterable, Sendable {
    /// RFC 4180 with a header.
    case csv
    /// One JSON object a line.
    case jsonl
  }

  private let format: Format
  private let isSafeForSpreadsheets: Bool

  /// - Parameter isSafeForSpreadsheets: whether a text that a spreadsheet would take for a formula gets an apostrophe
  ///   before it; CSV only. See OWASP, "CSV Injection".
  public init(as format: Format, isSafeForSpreadsheets: Bool = false) {
    self.format = format
    self.isSafeForSpreadsheets = isSafeForSpreadsheets
  }

  /// What comes before the first row.
  public func header(_ names: [String]) -> String { format == .csv ? CSVText.record(names) : "" }

  /// One row with its line feed.
  public func line(_ fields: [(name: String, value: FieldValue)]) -> String {
    switch format {
    case .csv: CSVText.record(fields.map { text($0.value) })
    case .jsonl: JSONText.object(fields.map { ($0.name, Self.json($0.value)) }) + "\n"
    }
  }

  private func text(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): safe(text ?? "")
    case .number(let number): number.map(String.init) ?? ""
    case .flag(let flag): "\(flag)"
    // Read back as an import reads tags.
    case .list(let list): safe(FieldValue.cell(list))
    }
  }

  private func safe(_ text: String) -> String {
    guard isSafeForSpreadsheets, let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func json(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): text.map(JSONText.string) ?? "null"
    case .number(let number): number.map(String.init) ?? "null"
    case .flag(let flag): "\(flag)"
    case .list(let list): JSONText.array(list.map(JSONText.string))
    }
  }
}
