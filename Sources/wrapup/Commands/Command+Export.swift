internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let export = Command(
    name: "export", summary: "write out contacts, conversations, the mapping or the tags",
    operands: "conversations|contacts|mapping|tags", operandCount: 1...1,
    operandValues: [.words(of: ExportSubject.self)],
    options: [
      Option(
        name: "--format", value: "FORMAT", values: .words(of: FieldWriter.Format.self),
        summary: "csv (default) or jsonl, one JSON object a line"),
      Option(
        name: "--safe-for-spreadsheets",
        summary: "an apostrophe before what a spreadsheet would take for a formula; CSV only"),
      .store,
    ],
    examples: [
      ("wrapup export contacts > contacts.csv", "every contact, as 'wrapup import' takes it back"),
      (
        "wrapup export conversations --safe-for-spreadsheets > conversations.csv",
        "a line a conversation, for people"
      ),
      ("wrapup export mapping | wrapup import --mapping -", "changes nothing"),
    ],
    notes: [
      """
      contacts       each with its own values; imported again, they change nothing. Texts and notes are among them:
                     keep the file as you keep the store. --safe-for-spreadsheets changes texts: such a file is
                     for reading, not for taking back.
      conversations  what the contacts of each sum up to; tags count as what they were merged into.
      """
    ],
    run: { arguments in
      let word = arguments.operands[0]
      guard let subject = ExportSubject(rawValue: word.lowercased()) else {
        let words = ExportSubject.allCases.map(\.rawValue)
        throw arguments.error(
          "there is no \"\(word)\" to export" + Phrase.didYouMean(word, among: words)
            + "; it is one of \(words.joined(separator: ", "))")
      }
      let format: FieldWriter.Format = try arguments.choice("--format", default: .csv)
      if format == .jsonl, arguments.has("--safe-for-spreadsheets") {
        throw arguments.error("--safe-for-spreadsheets is for CSV: no spreadsheet opens jsonl")
      }
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let writer = FieldWriter(
        as: format, isSafeForSpreadsheets: arguments.has("--safe-for-spreadsheets"))
      var output = Terminal.Output()
      output.write(writer.header(subject.fields))
      let progress = progress()
      var (rows, bytes) = (0, 0)
      try wrapup.export(subject) { values in
        let line = writer.line(zip(subject.fields, values).map { ($0, $1) })
        output.write(line)
        (rows, bytes) = (rows + 1, bytes + line.utf8.count)
        if rows % 1_024 == 0 { progress(rows, bytes) }
      }
      output.flush()
      if Terminal.showsProgress { Terminal.progress("") }
    })
}
