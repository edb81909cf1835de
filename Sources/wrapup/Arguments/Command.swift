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
    let summary: String
  }
}

extension Command.Option {
  static let store = Command.Option(
    name: "--store", value: "FILE", summary: "the store; else $WRAPUP_STORE, else wrapup.sqlite here")
  static let storeZone = Command.Option(
    name: "--store-zone", value: "ZONE",
    summary: "IANA zone of calendar buckets in a store that does not exist yet (default UTC)")
}
