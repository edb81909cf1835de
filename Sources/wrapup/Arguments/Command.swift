/// One command: the single definition from which it is parsed, explained and run.
struct Command: Sendable {
  let name: String
  /// One line for the overview.
  let summary: String
  /// The operands as help shows them, and how many there may be.
  var operands = ""
  var operandCount: ClosedRange<Int> = 0...0
  var options: [Option] = []
  /// Command lines that work, each with what it does.
  var examples: [(line: String, purpose: String)] = []
  /// Further paragraphs of help.
  var notes: [String] = []
  let run: @Sendable (Arguments) throws -> Void

  /// One option.
  struct Option: Sendable {
    /// With its dashes.
    let name: String
    /// What its value is called in help; `nil` for a switch.
    var value: String?
    var isRepeatable = false
    /// Whether `--not-NAME` drops what `--NAME` keeps.
    var hasNegation = false
    let summary: String

    var negatedName: String { "--not-\(name.dropFirst(2))" }

    /// The name under which a word of the command line is kept, if the word names this option: `type` is another
    /// word for `tag` wherever that stands.
    func canonicalName(of word: String) -> String? {
      if Self.isSame(name, word) { return name }
      return hasNegation && Self.isSame(negatedName, word) ? negatedName : nil
    }

    private static func isSame(_ name: String, _ word: String) -> Bool {
      name == word || (name.hasSuffix("tag") && name.dropLast(3) + "type" == word)
    }

    /// The names to suggest.
    var names: [String] { hasNegation ? [name, negatedName] : [name] }
    /// As help shows it: `--[not-]tag TAG ...`.
    var head: String {
      (hasNegation ? "--[not-]\(name.dropFirst(2))" : name) + (value.map { " \($0)" } ?? "")
        + (isRepeatable ? " ..." : "")
    }
  }
}

extension Command.Option {
  static let store = Command.Option(
    name: "--store", value: "FILE", summary: "the store; else $WRAPUP_STORE, else wrapup.sqlite here")
  static let storeZone = Command.Option(
    name: "--store-zone", value: "ZONE",
    summary: "IANA zone of calendar buckets in a store that does not exist yet (default UTC)")
}
