internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let mappingPropose = Command(
    name: "mapping propose", summary: "links of categories and tags to add or to drop, with the evidence",
    options: [
      Option(
        name: "--min-uses", value: "COUNT", isSetting: true,
        summary: "propose what so many closes chose (default 5)"),
      Option(
        name: "--min-share", value: "PERCENT", isSetting: true,
        summary: "… in at least so much of the category's closes (default 5)"),
      .tableFormat,
      .store,
    ],
    examples: [
      ("wrapup mapping propose", "what the history supports and the mapping lacks, and what was never used"),
      ("wrapup mapping propose --format csv", "for a spreadsheet, to be decided line by line"),
    ],
    notes: [
      """
      uses: the category's tagged closes that chose the tag, of all of them, with the 95% interval;
      lift: that share over the tag's share of all closes; recent: of the category's last 100 closes.
      A link is proposed when its share is surely above the tag's share elsewhere, or above half.
      """
    ],
    run: runPropose)

  static let categoryMap = Command(
    name: "category map", summary: "map tags to a category: its dialogs show them first",
    operands: "CATEGORY TAG ...", operandCount: 2...65_535,
    operandValues: [.names(of: .category), .names(of: .tag)], options: [.store],
    examples: [("wrapup category map Delivery Refund \"Late parcel\"", "two tags for Delivery")],
    run: { arguments in
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let (category, tags) = (arguments.operands[0], Array(arguments.operands.dropFirst()))
      let changed = try wrapup.map(tags, to: category)
      Terminal.say(said(changed, of: tags.count, "mapped to", category, "mapped already"))
    })

  static let categoryUnmap = Command(
    name: "category unmap", summary: "take tags out of a category's mapping", operands: "CATEGORY TAG ...",
    operandCount: 2...65_535, operandValues: [.names(of: .category), .names(of: .tag)], options: [.store],
    examples: [
      ("wrapup category unmap Delivery \"Late parcel\"", "it no longer comes first in Delivery")
    ],
    run: { arguments in
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let (category, tags) = (arguments.operands[0], Array(arguments.operands.dropFirst()))
      let changed = try wrapup.unmap(tags, from: category)
      Terminal.say(said(changed, of: tags.count, "no longer mapped to", category, "not mapped"))
    })

  private static func said(
    _ changed: Int, of count: Int, _ what: String, _ category: String, _ others: String
  )
    -> String
  {
    let rest =
      count > changed
      ? "; \(Phrase.grouped(count - changed)) \(count - changed == 1 ? "was" : "were") \(others)" : ""
    return "\(Phrase.count(changed, "tag")) \(what) \(PrintableText.of(category))\(rest)\n"
  }

  private static func runPropose(_ arguments: Arguments) throws {
    let form: RecordTable.Form = try arguments.choice("--format", default: .table)
    var threshold = MappingReview.Threshold()
    if let text = arguments["--min-uses"] {
      guard let uses = Int(text), uses > 0 else {
        throw arguments.error("--min-uses is a whole number from 1, not \"\(text)\"")
      }
      threshold.uses = uses
    }
    if let text = arguments["--min-share"] {
      guard let percent = Double(text), (0...100).contains(percent) else {
        throw arguments.error("--min-share is a number from 0 to 100, not \"\(text)\"")
      }
      threshold.share = percent / 100
    }
    let review = try WrapUp.opened(arguments, creating: false).reviewMapping(threshold)
    Terminal.say(review.text(as: form, on: Terminal.screen))
  }
}

extension MappingReview {
  fileprivate func text(as form: RecordTable.Form, on screen: Screen) -> String {
    let columns: [RecordTable.Column] = [
      .words("action"), .words("category"), .words("tag"), .shares("uses"), .numbers("chosen"),
      .numbers("closes"), .numbers("lift"), .shares("recent"), .words("last_used"), .commands("command"),
    ]
    let rows = missing.map { cells($0, "add", "map") } + unused.map { cells($0, "drop", "unmap") }
    let table = RecordTable(
      columns, rows: rows,
      notes: [
        "\(Phrase.count(missing.count, "link")) to add, \(Phrase.count(unused.count, "link")) never used, by \(Phrase.count(closes, "tagged close")). State at change \(Phrase.grouped(Int(seq)))."
      ])
    return table.text(as: form, facts: [("seq", "\(seq)"), ("closes", "\(closes)")], on: screen)
  }

  private func cells(_ link: Link, _ action: String, _ verb: String) -> [RecordTable.Cell] {
    func share(_ share: Share) -> RecordTable.Cell {
      .share(share.value, low: share.interval?.lowerBound, high: share.interval?.upperBound)
    }
    return [
      .text(action), .text(link.category), .text(link.tag), share(link.uses), .count(link.uses.hits),
      .count(link.uses.n), link.lift.map { .number($0, places: 1) } ?? .missing, share(link.recentUses),
      link.lastUsedAt.map { .text(WrapUp.text(ofInstant: $0)) } ?? .missing,
      .text("wrapup category \(verb) " + ShellWord.operands([link.category, link.tag])),
    ]
  }
}
