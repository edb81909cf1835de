import Foundation

/// A CSV as rows by header: a plain reader of the tests' own.
struct CSVTable {
  let header: [String]
  let rows: [[String: String]]

  init(_ text: String) {
    let records = Self.records(text)
    // A dimension and a measure may share a name: the second is told apart.
    let names = records.first ?? []
    let header = names.enumerated().map { names[..<$0].contains($1) ? "\($1)#2" : $1 }
    self.header = header
    rows = records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The fields of each record.
  static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var characters = Array(text.unicodeScalars)[...]
    while let character = characters.popFirst() {
      if isQuoted {
        if character != "\"" {
          field.unicodeScalars.append(character)
        } else if characters.first == "\"" {
          field += "\""
          characters.removeFirst()
        } else {
          isQuoted = false
        }
      } else if character == "\"" {
        isQuoted = true
      } else if character == "," || character == "\n" {
        record.append(field)
        field = ""
        if character == "\n" {
          records.append(record)
          record = []
        }
      } else {
        field.unicodeScalars.append(character)
      }
    }
    return records
  }

  init(contentsOf url: URL) throws {
    self.init(try String(contentsOf: url, encoding: .utf8).replacing("\r\n", with: "\n"))
  }

  /// The rows by the values of some columns.
  func rows(by columns: [String]) -> [[String]: [String: String]] {
    Dictionary(rows.map { row in (columns.map { row[$0] ?? "" }, row) }) { first, _ in first }
  }

  /// Whether two cells hold the same number within 1e-9 relative, or are both empty.
  static func agree(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return false }
    guard let first = Double(one), let second = Double(other) else { return one == other }
    return abs(first - second) <= 1e-9 * max(abs(first), abs(second))
  }
}
