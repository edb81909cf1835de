internal import Conversations
package import HandlingAnalytics

/// What a reader must know to read the figures rightly, in sentences.
package struct ReportNotes {
  private let report: HandlingReport

  /// The notes of a report.
  package init(_ report: HandlingReport) {
    self.report = report
  }

  private var basis: HandlingReport.Basis { report.basis }

  /// One line that always stands, and those that apply.
  package var lines: [String] {
    var lines = [
      "\(unit); n = \(FigureText.grouped(basis.n)), missing \(FigureText.grouped(basis.missing)); "
        + "\(unhandled)\(leftOut); zone \(report.zone); \(period)."
    ]
    lines += several
    if basis.mergedTags > 0 {
      let isOne = basis.mergedTags == 1
      lines.append(
        "\(FigureText.grouped(basis.mergedTags)) tag\(isOne ? " counts" : "s count") as what \(isOne ? "it was" : "they were") merged into (--as-of tagged: as given)."
      )
    }
    if report.rows.count < report.rowCount {
      lines.append(
        "\(FigureText.grouped(report.rows.count)) of \(FigureText.grouped(report.rowCount)) rows are shown; the total is of all."
      )
    }
    if let count = basis.provisional, count > 0 {
      lines.append(
        "provisional: \(FigureText.grouped(count)) \(count == 1 ? "contact" : "contacts") of conversations not yet ended \(count == 1 ? "falls" : "fall") in this period"
      )
    }
    if basis.requalified > 0 {
      let own = basis.requalified == 1 ? "its" : "their"
      lines.append("\(Self.conversations(basis.requalified)) had \(own) tags changed after \(own) end.")
    }
    if basis.bases.count > 1 { lines.append("Handling times come from several sources: \(bases).") }
    return lines
  }

  /// What is counted and was never handled, so that the numbers add up; of contacts.
  private var unhandled: String {
    let left = basis.leftOut
    let counted = basis.scanned - left.open - left.bots - left.period - left.filter
    let unhandled = counted - basis.n - basis.missing
    guard report.query.unit == .contact, unhandled > 0 else { return "" }
    return "\(FigureText.grouped(unhandled)) never handled; "
  }

  private var unit: String {
    let per = report.query.unit == .conversation ? "conversation" : "contact"
    switch basis.bases.count == 1 ? basis.bases.first?.key : nil {
    case .given?: return "Handling time per \(per), as the source gives it"
    case .parts?: return "Handling time per \(per), talk + hold + wrap-up"
    case .derived?: return "Derived, elapsed time from start to end per \(per), not handling time"
    case .some(.none), nil:
      guard basis.n == 0 else { return "Handling time per \(per)" }
      return "No contact here has a handling time"
        + (basis.missing > 0 ? " (importing with --derive-handling takes the time from start to end)" : "")
    }
  }

  private var bases: String {
    basis.bases.sorted { $0.key.rawValue < $1.key.rawValue }.map { basis, count in
      let phrase =
        switch basis {
        case .given: "given"
        case .parts: "talk + hold + wrap-up"
        case .derived: "elapsed from start to end"
        case .none: "no value"
        }
      return "\(phrase) (n = \(FigureText.grouped(count)))"
    }.joined(separator: ", ")
  }

  private var leftOut: String {
    let reasons = [
      (basis.leftOut.open, "of conversations not yet ended (--open counts them)"),
      (basis.leftOut.bots, "of bots (--bots counts them)"), (basis.leftOut.period, "outside the period"),
      (basis.leftOut.filter, "by the filter"),
    ].filter { $0.0 > 0 }.map { "\(FigureText.grouped($0.0)) \($0.1)" }
    let looked = "\(FigureText.grouped(basis.scanned)) contact\(basis.scanned == 1 ? "" : "s") looked at"
    return reasons.isEmpty
      ? "\(looked), none left out" : "\(looked), left out \(reasons.joined(separator: ", "))"
  }

  private var period: String {
    let instant =
      switch report.query.attribution {
      case .reported: "a contact counts when its conversation ended"
      case .ended: "a contact counts when it ended"
      case .started: "a contact counts when it started"
      }
    switch (report.periodText.from, report.periodText.to) {
    case (let from?, let to?): return "from \(from) to before \(to), \(instant)"
    case (let from?, nil): return "from \(from), \(instant)"
    case (nil, let to?): return "before \(to), \(instant)"
    case (nil, nil): return "all time, \(instant)"
    }
  }

  private var several: [String] {
    guard report.query.dimensions.contains(.tag), basis.severalTags > 0 else { return [] }
    let isOne = basis.severalTags == 1
    let who = "\(Self.conversations(basis.severalTags)) with several tags"
    switch report.query.tagCounting {
    case .each: return ["\(who) \(isOne ? "counts" : "count") in each of them, in the total once."]
    case .split: return ["\(who) \(isOne ? "is" : "are") divided evenly among them, in the total once."]
    case .primary: return ["\(who) \(isOne ? "counts" : "count") in the one chosen first."]
    }
  }

  private static func conversations(_ count: Int) -> String {
    "\(FigureText.grouped(count)) conversation\(count == 1 ? "" : "s")"
  }
}
