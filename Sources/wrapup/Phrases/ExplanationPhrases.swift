internal import ReportRendering
internal import WrapUpEngine

/// How an answer came about, in sentences: what was counted and left out, what was read, and the same in SQL.
struct ExplanationPhrases {
  private let explanation: Explanation
  private let report: HandlingReport
  private let query: HandlingQuery

  /// The line before the statement, which runs to the end of the text.
  static let sqlTitle = "SQL for the sqlite3 shell:"

  init(_ explanation: Explanation) {
    self.explanation = explanation
    report = explanation.report
    query = report.query
  }

  /// All of it, with a line feed at the end.
  var text: String {
    let lines = (cohort + [leftOut, read]).map(PrintableText.of).joined(separator: "\n")
    switch explanation.statement {
    case .sql(let statement): return "\(lines)\n\n\(Self.sqlTitle)\n\(statement)"
    case .notOffered(let obstacle): return "\(lines)\n\nNo SQL: \(PrintableText.of(phrase(for: obstacle))).\n"
    }
  }

  /// Which contacts count, and in which rows.
  private var cohort: [String] {
    let conversations =
      query.includesOpen ? "all conversations, ended or not" : "conversations that have ended"
    let bots = query.includesBots ? "bots' contacts included" : "without bots' contacts"
    let conditions = FilterPhrases.phrases(for: query.filter) + period
    var lines = ["Contacts of \(conversations), handled or not, \(bots)\(conditions.isEmpty ? "." : ";")"]
    for (place, condition) in conditions.enumerated() {
      lines.append(condition + (place + 1 < conditions.count ? ";" : "."))
    }
    return lines + grouping + unit
  }

  private var period: [String] {
    guard query.period != nil else { return [] }
    let what =
      switch query.attribution {
      case .reported: "whose conversation ended"
      case .ended: "that ended"
      case .started: "that started"
      }
    switch (report.periodText.from, report.periodText.to) {
    case (let from?, let to?): return ["\(what) from \(from) to before \(to)"]
    case (let from?, nil): return ["\(what) from \(from) on"]
    case (nil, let to?): return ["\(what) before \(to)"]
    case (nil, nil): return []
    }
  }

  private var grouping: [String] {
    guard !query.dimensions.isEmpty else { return ["One row for all of them."] }
    var text = "Grouped by " + query.dimensions.map(\.rawValue).joined(separator: ", ")
    if query.dimensions.contains(.tag) {
      switch query.tagCounting {
      case .each: text += ": a conversation counts in each of its tags"
      case .split: text += ": a conversation of several tags is divided evenly among them"
      case .primary: text += ": a conversation counts in the tag that was chosen first"
      }
    }
    text += "; the total row counts each contact once."
    guard query.dimensions.contains(where: \.isCalendar) else { return [text] }
    let instant =
      switch query.attribution {
      case .reported: "the conversation ended"
      case .ended: "the contact ended"
      case .started: "the contact started"
      }
    return [text, "Times are those at which \(instant), on clocks of zone \(report.zone)."]
  }

  private var unit: [String] {
    guard query.unit == .conversation else { return [] }
    return [
      "A value is one of a conversation: the sum over its handled contacts in the row, missing if any of them is."
    ]
  }

  private var leftOut: String {
    let left = report.basis.leftOut
    let reasons = [
      (left.period, "outside the period"), (left.filter, "by the filter"),
      (left.open, "of conversations not yet ended"), (left.bots, "of bots"),
    ].filter { $0.0 > 0 }.map { "\(Phrase.grouped($0.0)) \($0.1)" }
    return "Left out: \(reasons.isEmpty ? "none" : reasons.joined(separator: ", ")); "
      + "\(Phrase.count(report.basis.scanned, "contact")) looked at."
  }

  private var read: String {
    let effort = report.basis.effort
    let columns = effort.columns.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let list = columns.map { "\($0.key) \(Phrase.grouped($0.value)) B" }.joined(separator: ", ")
    return "Columns read: \(list.isEmpty ? "none" : list); \(Phrase.count(effort.blocksRead, "block")) read, "
      + "\(Phrase.grouped(effort.blocksSkipped)) skipped by their least and greatest values; "
      + "in all \(Phrase.count(columns.reduce(0) { $0 + $1.value }, "byte")) of the columns."
  }

  private func phrase(for obstacle: Explanation.Obstacle) -> String {
    switch obstacle {
    case .intervals:
      "intervals (ci95) rest on distributions that SQLite does not know; leave them out to see the rest"
    case .noColumns: "the answer has no columns"
    case .nesting: "conditions lie deeper within one another than SQLite takes"
    case .roundedOrder(let measure):
      "which rows --limit keeps can depend on the last bit of \(measure.name), which SQLite may round otherwise"
    case .alphabet(let dimension):
      "which rows --limit keeps depends on the alphabet, and there are too many names of \(dimension.rawValue) with accents to list"
    }
  }
}

extension Dimension {
  /// Whether its values are stretches of civil time.
  fileprivate var isCalendar: Bool {
    switch self {
    case .hour, .weekday, .day, .week, .month, .quarter, .year: true
    case .tag, .category, .channel, .agent, .group, .closing, .rating: false
    }
  }
}
