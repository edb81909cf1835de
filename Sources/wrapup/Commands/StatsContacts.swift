internal import ReportRendering
internal import WrapUpEngine

/// The contacts behind a figure, as `wrapup stats --rows` lists them: a table for people who look at a terminal, files
/// for programs.
struct StatsContacts {
  enum Form: String, CaseIterable { case table, csv, jsonl }

  /// Most rows of a table: it is aligned when all of them are known.
  private static let tableLimit = 10_000

  private let form: Form

  init(_ arguments: Arguments) throws {
    form = try arguments.choice("--format", default: Terminal.isOutputWatched ? .table : .csv)
  }

  /// Lists what `forEach` hands over.
  func list(_ forEach: (_ body: (CountedContact) -> Void) throws -> Void) throws {
    guard form != .table else { return try table(forEach) }
    let listing = ContactListing(
      as: form == .csv ? .csv : .jsonl, instantText: { WrapUp.text(ofInstant: $0) })
    var output = Terminal.Output()
    output.write(listing.header)
    var progress = ProgressLine()
    try forEach { contact in
      output.write(listing.line(contact))
      progress.count("contacts listed")
    }
    output.flush()
    progress.clear()
  }

  private func table(_ forEach: (_ body: (CountedContact) -> Void) throws -> Void) throws {
    var rows: [AlignedTable.Row] = []
    var count = 0
    try forEach { contact in
      count += 1
      if count <= Self.tableLimit { rows.append(Self.row(contact)) }
    }
    guard count <= Self.tableLimit else {
      throw Failure(
        message:
          "\(Phrase.grouped(count)) contacts are too many for a table: list the first ones with --limit, or all with --format csv"
      )
    }
    let table = AlignedTable([
      ("id", .left), ("handling", .right), ("agent", .left), ("category", .left), ("tags", .left),
      ("started", .left), ("ended", .left), ("flags", .left),
    ])
    Terminal.say(table.text(rows, on: Terminal.screen))
    Terminal.say(
      "\n"
        + Terminal.screen.lines(
          of: "\(Phrase.count(rows.count, "contact")); times are UTC; every field with --format csv."))
  }

  private static func row(_ contact: CountedContact) -> AlignedTable.Row {
    AlignedTable.Row([
      contact.id, contact.handlingSeconds.map { FigureText.clock(Double($0)) } ?? "–", contact.agent ?? "",
      contact.category ?? "", contact.tags.joined(separator: ", "), WrapUp.text(ofInstant: contact.startedAt),
      contact.endedAt.map { WrapUp.text(ofInstant: $0) } ?? "",
      ContactFlags.names.filter { contact.flags.contains($0.flag) }.map(\.name).joined(separator: ", "),
    ])
  }
}
