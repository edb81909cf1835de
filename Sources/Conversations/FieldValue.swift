/// A value of a field in a file that is written: what it is, not how it is spelt.
public enum FieldValue: Equatable, Sendable {
  /// A word or more; `nil` when missing.
  case text(String?)
  /// A whole number; `nil` when missing.
  case number(Int?)
  /// Yes or no.
  case flag(Bool)
  /// Names in order.
  case list([String])

  /// Several names as one cell of a file: `;` between them, and a backslash before each `;` and backslash of a name.
  package static func cell(_ names: [String]) -> String {
    var cell = ""
    for (place, name) in names.enumerated() {
      if place > 0 { cell += ";" }
      for scalar in name.unicodeScalars {
        if scalar == ";" || scalar == "\\" { cell += "\\" }
        cell.unicodeScalars.append(scalar)
      }
    }
    return cell
  }
}
