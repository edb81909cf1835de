/// Names as words of a command line, and a command line as words.
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
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// The words of a line as a POSIX shell parts it: at blanks, but within quotes and behind a backslash. Nothing is
  /// expanded.
  ///
  /// - Returns: the words; whether the last one stands within quotes that nobody has closed; and whether the line ends
  ///   within a word rather than behind one.
  static func words(of line: String) -> (words: [String], isOpen: Bool, endsWithinWord: Bool) {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        // Within double quotes a backslash stands for itself before most characters.
        if quote == "\"", !"\"\\$`".contains(character) { word = (word ?? "") + "\\" }
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return (words, quote != nil || isEscaped, word != nil)
  }
}
