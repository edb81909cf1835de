/// Pieces of SQL text.
enum SQLText {
  /// A text as a literal that keeps every byte and can't end early, break the line or move a cursor.
  static func literal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else {
      return "'" + text.replacing("'", with: "''") + "'"
    }
    let digits = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "CAST(x'\(digits.joined())' AS TEXT)"
  }

  /// That an expression has one of some values, each written as SQL; false where there are none.
  ///
  /// - Parameter isNullable: whether the expression may be NULL, which is then none of the values.
  static func isOne(_ expression: String, of values: [String], isNullable: Bool = true) -> String {
    switch values.count {
    case 0: "0"
    case 1: "\(expression) \(isNullable ? "IS" : "=") \(values[0])"
    default:
      isNullable
        ? "coalesce(\(expression) IN (\(values.joined(separator: ", "))), 0)"
        : "\(expression) IN (\(values.joined(separator: ", ")))"
    }
  }

  /// An SQL name in quotes, whatever it is.
  static func name(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Conditions joined by `AND` or `OR`, in parentheses where there are several.
  ///
  /// Long lists are halved again and again: SQLite bounds how deep an expression may be, and a plain list is as deep
  /// as it is long.
  static func joined(_ conditions: [String], by connective: String) -> String {
    if conditions.count == 1 { return conditions[0] }
    guard conditions.count > 16 else { return "(" + conditions.joined(separator: " \(connective) ") + ")" }
    let half = conditions.count / 2
    return "(\(joined(Array(conditions[..<half]), by: connective)) \(connective) "
      + "\(joined(Array(conditions[half...]), by: connective)))"
  }

  /// Lines moved to the right.
  static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }

  /// NUL ends a statement for SQLite; the others would reach the reader's terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

/// A part of a `WITH` clause or a list of result columns, put together as figures ask for it.
struct SQLColumns {
  /// The name of the table it becomes.
  let table: String
  private(set) var columns: [(name: String, expression: String)] = []

  init(_ table: String) {
    self.table = table
  }

  var isEmpty: Bool { columns.isEmpty }

  /// Makes sure of a column; its name for use elsewhere.
  mutating func take(_ name: String, _ expression: String) -> String {
    if !columns.contains(where: { $0.name == name }) { columns.append((name, expression)) }
    return "\(table).\(Self.written(name))"
  }

  /// The columns as a result list, one a line.
  var list: String {
    columns.map { column in
      let name = Self.written(column.name)
      // A column taken over from a table keeps its name.
      let isTakenOver = column.expression.split(separator: ".").map(String.init).dropFirst() == [name]
      return isTakenOver ? column.expression : "\(column.expression) AS \(name)"
    }.joined(separator: ",\n")
  }

  /// A name without quotes where SQL takes it so.
  private static func written(_ name: String) -> String {
    name.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 >= 0x30 && $0 <= 0x39
    }
      ? name : SQLText.name(name)
  }
}
