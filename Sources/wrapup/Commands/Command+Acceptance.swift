internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let acceptance = Command(
    name: "acceptance", summary: "how well the lists that dialogs have shown were taken up",
    options: [
      Option(
        name: "--by", value: "DIMENSION", values: .words(of: AcceptanceReport.Dimension.self),
        summary: "category, tag or month; without it, the total alone"),
      .tableFormat,
      .store,
    ],
    examples: [
      ("wrapup acceptance", "the share of tags chosen from the first 1, 3 and 5 of the list"),
      ("wrapup acceptance --by tag", "which tags are shown and never chosen, or chosen and never shown"),
    ],
    notes: [
      """
      A list counts when it was handed to the close that it led to:

        wrapup recommend --for c-17 --format json > shown.json
        wrapup close c-17 --tag Refund --shown shown.json

      first_1, first_3, first_5: tags chosen from the first so many of the list, of all tags chosen;
      not_shown: tags chosen that were not in the list, of all chosen; not_chosen: tags shown that were
      not chosen, of all shown. In parentheses: 95% intervals (Wilson's).
      """
    ],
    run: { arguments in
      let form: RecordTable.Form = try arguments.choice("--format", default: .table)
      var dimension: AcceptanceReport.Dimension?
      if arguments.has("--by") { dimension = try arguments.choice("--by", default: .tag) }
      let report = try WrapUp.opened(arguments, creating: false).acceptance(by: dimension)
      Terminal.say(report.text(as: form, on: Terminal.screen))
    })
}

extension AcceptanceReport {
  fileprivate func text(as form: RecordTable.Form, on screen: Screen) -> String {
    let columns: [RecordTable.Column] =
      (dimension.map { [.words($0.rawValue)] } ?? []) + [
        .numbers("closes"), .numbers("chosen"), .shares("first_1"), .shares("first_3"), .shares("first_5"),
        .shares("not_shown"), .numbers("shown"), .shares("not_chosen"),
      ]
    let table = RecordTable(
      columns, rows: [cells(total, isTotal: true)] + rows.map { cells($0, isTotal: false) }, hasTotal: true,
      notes: notes)
    return table.text(
      as: form,
      facts: [
        ("seq", "\(seq)"), ("median_ranking_micros", medianRankingMicroseconds.map(String.init) ?? "null"),
      ],
      on: screen)
  }

  private func cells(_ row: Row, isTotal: Bool) -> [RecordTable.Cell] {
    let name: [RecordTable.Cell] =
      dimension == nil ? [] : [isTotal ? .text("*") : row.name.map { .text($0) } ?? .missing]
    return name + [
      .count(row.closes), .count(row.chosen), share(row.fromFirst(1)), share(row.fromFirst(3)),
      share(row.fromFirst(5)), share(row.chosenUnshown), .count(row.shown), share(row.unchosen),
    ]
  }

  private func share(_ share: Share) -> RecordTable.Cell {
    .share(share.value, low: share.interval?.lowerBound, high: share.interval?.upperBound)
  }

  private var notes: [String] {
    guard total.closes > 0 else {
      return ["No list has been handed to a close yet: see 'wrapup acceptance --help'."]
    }
    let time = medianRankingMicroseconds.map { "; half of them ranked within \(Phrase.grouped($0)) µs" } ?? ""
    return [
      "Lists of \(Phrase.count(total.closes, "close"))\(time). In parentheses: 95% intervals. State at change \(Phrase.grouped(Int(seq)))."
    ]
  }
}
