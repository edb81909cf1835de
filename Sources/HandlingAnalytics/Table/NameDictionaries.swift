/// The names behind the codes of a table: code i + 1 is the name at index i.
package struct NameDictionaries: Equatable, Sendable {
  /// The dictionaries of a table; raw values are those of the file.
  package enum Kind: UInt16, CaseIterable, Sendable {
    case tag = 100
    case category = 101
    case channel = 102
    case agent = 103
    case group = 104
  }

  private var names: [[String]] = Array(repeating: [], count: Kind.allCases.count)

  /// No names.
  package init() {}

  /// The names of one dictionary, by code - 1.
  package subscript(kind: Kind) -> [String] {
    get { names[Int(kind.rawValue - Kind.tag.rawValue)] }
    set { names[Int(kind.rawValue - Kind.tag.rawValue)] = newValue }
  }
}
