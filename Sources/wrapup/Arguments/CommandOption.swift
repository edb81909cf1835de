extension Command {
  /// One option.
  struct Option: Sendable {
    /// With its dashes.
    let name: String
    /// What its value is called in help; `nil` for a switch.
    var value: String?
    /// What the value may be.
    var values = Values.any
    var isRepeatable = false
    /// Whether `--not-NAME` drops what `--NAME` keeps.
    var hasNegation = false
    /// Whether the configuration file may say it.
    var isSetting = false
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

/// Options of several commands.
extension Command.Option {
  static let store = Command.Option(
    name: "--store", value: "FILE", values: .files, isSetting: true,
    summary: "the store; else $WRAPUP_STORE, else wrapup.sqlite here")
  static let storeZone = Command.Option(
    name: "--store-zone", value: "ZONE", values: .zones, isSetting: true,
    summary: "IANA zone of calendar buckets in a store that does not exist yet (default UTC)")
  static let tableFormat = Command.Option(
    name: "--format", value: "FORMAT", values: .words(["table", "csv", "json", "markdown"]),
    summary: "table (default), csv, json or markdown")
  static let plainFormat = Command.Option(
    name: "--format", value: "FORMAT", values: .words(["table", "json"]), summary: "table (default) or json")
  static let color = Command.Option(
    name: "--color", value: "WHEN", values: .words(of: Terminal.Colour.self), isSetting: true,
    summary: "auto (default: on a terminal, unless $NO_COLOR is set), always or never")
  static let help = Command.Option(name: "--help", summary: "this text")
}
