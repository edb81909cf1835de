internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let tagHealth = Command(
    name: "tag health", summary: "what is amiss with tags, with the evidence and what to do",
    options: [
      Option(
        name: "--idle-days", value: "DAYS", isSetting: true,
        summary: "not chosen for so long is unused (default 180)"),
      .tableFormat, .store,
    ],
    examples: [
      ("wrapup tag health", "each line ends with the command that acts on it"),
      ("wrapup tag health --format csv", "for a spreadsheet, to be decided line by line"),
    ],
    notes: [
      """
      FINDINGS
        similar    names that differ by a letter, or by blanks and marks only
        together   of the closes that have either tag, 90% or more have both
        unused     not chosen in the 180 days before the newest close, or ever
        catch-all  in a fifth of all closes, and in most categories about as often
        unmapped   a category whose dialogs can show no tag first
      """
    ],
    run: { arguments in
      let form: RecordTable.Form = try arguments.choice("--format", default: .table)
      var threshold = TagHealth.Threshold()
      if let text = arguments["--idle-days"] {
        guard let days = Int(text), (0...100_000).contains(days) else {
          throw arguments.error("--idle-days is a whole number from 0 to 100000, not \"\(text)\"")
        }
        threshold.idleDays = days
      }
      let health = try WrapUp.opened(arguments, creating: false).tagHealth(threshold)
      Terminal.say(health.text(as: form, on: Terminal.screen))
    })
}

extension TagHealth {
  fileprivate func text(as form: RecordTable.Form, on screen: Screen) -> String {
    let table = RecordTable(
      [.words("finding"), .words("name"), .words("other"), .words("evidence"), .commands("command")],
      rows: findings.map(\.cells),
      notes: [
        "\(Phrase.count(findings.count, "finding")) in \(Phrase.count(closes, "tagged close")). State at change \(Phrase.grouped(Int(seq)))."
      ])
    return table.text(as: form, facts: [("seq", "\(seq)"), ("closes", "\(closes)")], on: screen)
  }
}

extension TagHealth.Finding {
  fileprivate var cells: [RecordTable.Cell] {
    switch self {
    case .similarNames(let less, let more):
      return Self.cells(
        "similar", less.name, more.name, "\(Self.uses(less)), \(Self.uses(more))",
        Self.merge(less, into: more))
    case .alwaysTogether(let less, let more, let together):
      return Self.cells(
        "together", less.name, more.name,
        "both in \(Phrase.grouped(together.hits)) of \(Phrase.grouped(together.n)) closes with either",
        Self.merge(less, into: more))
    case .unused(let tag, let days):
      return Self.cells(
        "unused", tag.name, nil,
        days.map { "last chosen \(Phrase.count($0, "day")) before the newest close" } ?? "never chosen",
        "wrapup tag off " + ShellWord.operands([tag.name]))
    case .catchAll(let tag, let uses, let categories):
      return Self.cells(
        "catch-all", tag, nil,
        "in \(Phrase.grouped(uses.hits)) of \(Phrase.grouped(uses.n)) closes, about as often in \(Phrase.grouped(categories.hits)) of \(categories.n) categories",
        "wrapup stats --by category --tag \(ShellWord.of(tag))")
    case .unmapped(let category, let closes, let mostChosen):
      return Self.cells(
        "unmapped", category, nil,
        closes == 0
          ? "no close yet"
          : Phrase.count(closes, "close")
            + (mostChosen.isEmpty
              ? ", no tag in a twentieth of them" : "; most chosen: " + mostChosen.joined(separator: ", ")),
        mostChosen.isEmpty ? nil : "wrapup category map " + ShellWord.operands([category] + mostChosen))
    }
  }

  private static func cells(
    _ finding: String, _ name: String, _ other: String?, _ evidence: String, _ command: String?
  ) -> [RecordTable.Cell] {
    [
      .text(finding), .text(name), other.map { .text($0) } ?? .missing, .text(evidence),
      command.map { .text($0) } ?? .missing,
    ]
  }

  private static func uses(_ tag: TagHealth.TagUse) -> String {
    "\(tag.name): \(Phrase.count(tag.closes, "close"))"
  }

  private static func merge(_ less: TagHealth.TagUse, into more: TagHealth.TagUse) -> String {
    "wrapup tag merge --into \(ShellWord.of(more.name)) " + ShellWord.operands([less.name])
  }
}
