/// Names as words of a command line.
enum ShellWord {
  /// Operands as a POSIX shell and this program take them, whatever the names hold.
  static func operands(_ names: [String]) -> String {
    (names.contains { $0.hasPrefix("-") } ? "-- " : "") + names.map(of).joined(separator: " ")
  }

  /// The name as one word: in single quotes where it must be.
  static func of(_ name: String) -> String {
    let isPlain = !name.isEmpty && name.utf8.allSatisfy(isPlain)
    guard !isPlain else { return name }
    return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
