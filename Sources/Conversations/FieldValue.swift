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
}
