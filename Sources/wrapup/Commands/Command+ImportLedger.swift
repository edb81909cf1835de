internal import ReportRendering
internal import WrapUpEngine

/// What is said of an import when it is done.
extension Command {
  /// Says what became of the rows of a file, and what a reader of its figures must know.
  static func say(_ ledger: ImportLedger, file: String, seconds: Double, derives: Bool) {
    let rate =
      seconds > 0.5 && ledger.rows > 10_000
      ? ", \(Phrase.grouped(Int(Double(ledger.rows) / seconds))) rows/s" : ""
    Terminal.say(
      "\(name(file)): \(Phrase.count(ledger.rows, "row")): \(Phrase.grouped(ledger.added)) added, \(Phrase.grouped(ledger.updated)) updated, \(Phrase.grouped(ledger.unchanged)) unchanged, \(Phrase.grouped(ledger.rejected)) rejected; \(Phrase.count(ledger.conversations, "new conversation"))\(rate)\n"
    )
    for (entry, count) in zip(ContactFlags.names, ledger.flagged) where count > 0 {
      Terminal.say("  flagged \(entry.name): \(Phrase.grouped(count))\n")
    }
    for kind in ledger.refused.kinds {
      let column = kind.column.map { " in \(PrintableText.of($0))" } ?? ""
      Terminal.say("  rejected \(kind.name)\(column): \(Phrase.grouped(kind.count))\n")
    }
    if ledger.keptLive > 0 {
      Terminal.say("  kept as they were closed here: \(Phrase.grouped(ledger.keptLive))\n")
    }
    for line in remarks(on: ledger) + lacks(of: ledger, derives: derives) { Terminal.say("  \(line)\n") }
  }

  /// What a reader of figures from this file must know.
  static func remarks(on ledger: ImportLedger) -> [String] {
    var lines: [String] = []
    if !ledger.unusedHeaders.isEmpty {
      lines.append(
        "columns not used: \(PrintableText.of(ledger.unusedHeaders.prefix(20).joined(separator: ", ")))")
    }
    if !ledger.unixTimes.isEmpty {
      let units = [(UnixTimes.seconds, "seconds"), (.milliseconds, "milliseconds")]
        .filter { ledger.unixTimes.contains($0.0) }.map(\.1)
      lines.append("note: times that are whole numbers were read as unix \(units.joined(separator: " and "))")
    }
    if ledger.handlingIsElapsed {
      lines.append(
        "note: handlingSeconds is endedAt - startedAt in all \(Phrase.count(ledger.givenRows, "row")) that have it: elapsed time, not handling time"
      )
    }
    return lines
  }

  /// What a file has no column for, so that figures will lack it.
  private static func lacks(of ledger: ImportLedger, derives: Bool) -> [String] {
    if !ledger.hasEnd, ledger.conversations > 0 {
      return [
        "note: no column is endedAt: new conversations stay open, and reports count those that have ended; 'wrapup import --guess' shows the columns"
      ]
    }
    return ledger.hasHandling || derives || ledger.added == 0
      ? []
      : [
        "note: no column is a handling time; --derive-handling takes the time from start to end, shown as elapsed"
      ]
  }

  /// Names refused rows on standard error: the first ones of each kind, and how many more there are.
  static func complain(_ refused: RefusedRows, in file: String) {
    for kind in refused.kinds {
      for rejection in kind.examples {
        Terminal.complain(RejectionPhrases.phrase(for: rejection, file: file), isBare: true)
      }
      let more = kind.count - kind.examples.count
      if more > 0 {
        Terminal.complain(
          "  … and \(Phrase.grouped(more)) more like \(more == 1 ? "it" : "these")", isBare: true)
      }
    }
  }
}
