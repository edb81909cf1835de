import Conversations

@testable import HandlingAnalytics

/// The answer to a question by its definition: every contact is looked at, rows are a dictionary's entries.
///
/// All rows in the order of their labels: what an order and a limit make of them is told from a report.
struct ReferenceAnswer {
  typealias Label = HandlingReport.Label
  typealias Figure = HandlingReport.Figure

  private let query: HandlingQuery
  private(set) var rows: [(labels: [Label], figures: [Figure])] = []
  private let total: [Figure]
  private(set) var basis = HandlingReport.Basis()
  private let limits: ReferenceCalendar.Limits?

  init(_ query: HandlingQuery, over contacts: [Contact], in calendar: ReferenceCalendar) {
    self.query = query
    let cohort = ReferenceCohort(query, over: contacts, in: calendar)
    limits = query.period.map(calendar.limits)
    basis = Self.basis(query, cohort, scanned: contacts.count)
    let whole = ReferenceFigures(cohort.kept, query)
    total = query.measures.map { whole.figure($0, of: whole) }
    guard !query.dimensions.isEmpty else { return }
    let isDivided = query.tagCounting == .split && query.dimensions.contains(.tag)
    var groups: [[Label]: [Contact]] = [:]
    for contact in cohort.kept {
      var combinations: [[Label]] = [[]]
      for dimension in query.dimensions {
        var labels = contact.labels(dimension, query.attribution, in: calendar)
        if query.tagCounting == .primary { labels = [labels[0]] }
        combinations = combinations.flatMap { start in labels.map { start + [$0] } }
      }
      for labels in combinations { groups[labels, default: []].append(contact) }
    }
    rows = groups.map { labels, contacts in
      let row = ReferenceFigures(contacts, query)
      return (labels, query.measures.map { isDivided ? row.dividedFigure($0) : row.figure($0, of: whole) })
    }.sorted { one, other in
      one.labels.map(\.place).lexicographicallyPrecedes(other.labels.map(\.place))
    }
  }

  private static func basis(_ query: HandlingQuery, _ cohort: ReferenceCohort, scanned: Int)
    -> HandlingReport.Basis
  {
    var basis = HandlingReport.Basis()
    basis.scanned = scanned
    basis.leftOut = cohort.leftOut
    basis.provisional = cohort.provisional
    let handled = cohort.kept.filter(\.isHandled)
    for contact in handled where contact.seconds != nil {
      basis.n += 1
      basis.bases[contact.basis, default: 0] += 1
    }
    basis.missing = handled.count { $0.seconds == nil }
    if query.dimensions.contains(.tag) {
      basis.severalTags = Set(cohort.kept.filter { $0.tags.count > 1 }.map(\.conversation)).count
    }
    basis.requalified = Set(cohort.kept.filter(\.isRequalified).map(\.conversation)).count
    return basis
  }

  /// The first way in which a report is not this answer; `nil` when it is.
  func difference(from report: HandlingReport) -> String? {
    if report.rows.map(\.labels) != rows.map(\.labels) {
      return "rows \(report.rows.map(\.labels)) instead of \(rows.map(\.labels))"
    }
    for (row, expected) in zip(report.rows, rows) {
      if let found = difference(row.figures, expected.figures) { return "\(row.labels): \(found)" }
    }
    if let found = difference(report.total, total) { return "total: \(found)" }
    if report.rowCount != rows.count { return "row count \(report.rowCount)" }
    let (from, to) = (report.limits?.from, report.limits?.to)
    if (report.limits == nil) != (limits == nil) || from != limits?.from || to != limits?.to {
      return "limits \(String(describing: report.limits)) instead of \(String(describing: limits))"
    }
    var found = report.basis
    found.effort = basis.effort
    return found == basis ? nil : "basis \(found) instead of \(basis)"
  }

  private func difference(_ found: [Figure], _ expected: [Figure]) -> String? {
    for (measure, (one, other)) in zip(query.measures, zip(found, expected)) where !Self.agree(one, other) {
      return "\(measure) is \(one) instead of \(other)"
    }
    return found.count == query.measures.count ? nil : "\(found.count) figures"
  }

  /// Whole numbers to the unit, fractions to the rounding of a few operations.
  private static func agree(_ one: Figure, _ other: Figure) -> Bool {
    guard case .real(let first) = one, case .real(let second) = other else { return one == other }
    return abs(first - second) <= 1e-9 * max(1, abs(second))
  }
}
