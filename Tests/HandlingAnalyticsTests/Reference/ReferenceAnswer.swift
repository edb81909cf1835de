import Conversations

@testable import HandlingAnalytics

/// The answer to a question by its definition: every contact is looked at, rows are a dictionary's entries.
struct ReferenceAnswer {
  typealias Label = HandlingReport.Label
  typealias Figure = HandlingReport.Figure

  private(set) var rows: [(labels: [Label], figures: [Figure])] = []
  private let total: [Figure]
  private let scanned: Int
  private let leftOutOpen: Int
  private let leftOutBots: Int
  private let provisional: Int?
  private let bases: [HandlingBasis: Int]

  init(_ query: HandlingQuery, over contacts: [Contact], in calendar: ReferenceCalendar) {
    func instant(_ contact: Contact) -> Int64? {
      switch query.attribution {
      case .reported: contact.reportedAt
      case .ended: contact.endedAt
      case .started: contact.startedAt
      }
    }
    func counts(_ contact: Contact) -> Bool { query.includesOpen || contact.reportedAt != nil }
    let kept = contacts.filter { counts($0) && (query.includesBots || !$0.isBot) }
    scanned = contacts.count
    leftOutOpen = contacts.count { !counts($0) }
    leftOutBots = query.includesBots ? 0 : contacts.count { counts($0) && $0.isBot }
    provisional =
      query.attribution == .reported || query.includesOpen
      ? nil
      : contacts.count {
        $0.reportedAt == nil && (query.includesBots || !$0.isBot) && instant($0) != nil
      }
    bases = kept.filter { $0.isHandled && $0.seconds != nil }.reduce(into: [:]) {
      $0[$1.basis, default: 0] += 1
    }
    func figures(_ contacts: [Contact]) -> [Figure] {
      let reference = ReferenceFigures(contacts, method: query.quantiles)
      return query.measures.map { reference.figure($0) }
    }
    total = figures(kept)
    guard !query.dimensions.isEmpty else { return }
    var groups: [String: (labels: [Label], contacts: [Contact])] = [:]
    for contact in kept {
      var combinations: [[Label]] = [[]]
      for dimension in query.dimensions {
        let labels = Self.labels(dimension, of: contact, at: instant(contact), in: calendar)
        combinations = combinations.flatMap { start in labels.map { start + [$0] } }
      }
      for labels in combinations {
        groups["\(labels)", default: (labels, [])].contacts.append(contact)
      }
    }
    rows = groups.values.map { ($0.labels, figures($0.contacts)) }.sorted { one, other in
      one.labels.map(Self.place).lexicographicallyPrecedes(other.labels.map(Self.place))
    }
  }

  private static func labels(
    _ dimension: Dimension, of contact: Contact, at instant: Int64?, in calendar: ReferenceCalendar
  ) -> [Label] {
    func label(_ code: Int?, _ names: [String]) -> [Label] { [code.map { .name(names[$0 - 1]) } ?? .missing] }
    switch dimension {
    case .tag:
      return contact.tags.isEmpty ? [.missing] : contact.tags.map { .name(TestNames.tags[$0 - 1]) }
    case .category: return label(contact.category, TestNames.categories)
    case .channel: return label(contact.channel, TestNames.channels)
    case .agent: return label(contact.agent, TestNames.agents)
    case .group: return label(contact.group, TestNames.groups)
    default: return [instant.map { calendar.label(dimension, of: $0) } ?? .missing]
    }
  }

  /// Where a label stands: names as listed by hand, buckets by time (their text sorts so), missing last.
  private static func place(_ label: Label) -> String {
    switch label {
    case .missing: "~"
    case .number(let number): number < 10 ? "0\(number)" : "\(number)"
    case .name(let name):
      TestNames.listed.firstIndex(of: name).map { $0 < 10 ? "0\($0)" : "\($0)" } ?? name
    }
  }

  /// The first way in which a report is not this answer; `nil` when it is.
  func difference(from report: HandlingReport) -> String? {
    if report.rows.map(\.labels) != rows.map(\.labels) {
      return "rows \(report.rows.map(\.labels)) instead of \(rows.map(\.labels))"
    }
    for (row, expected) in zip(report.rows, rows) {
      if let found = Self.difference(row.figures, expected.figures, report.query) {
        return "\(row.labels): \(found)"
      }
    }
    if let found = Self.difference(report.total, total, report.query) { return "total: \(found)" }
    if report.scanned != scanned { return "scanned \(report.scanned)" }
    if report.leftOutOpen != leftOutOpen { return "left out as open \(report.leftOutOpen)" }
    if report.leftOutBots != leftOutBots { return "left out as bots \(report.leftOutBots)" }
    if report.provisional != provisional { return "provisional \(report.provisional ?? -1)" }
    return report.bases == bases ? nil : "bases \(report.bases)"
  }

  private static func difference(_ found: [Figure], _ expected: [Figure], _ query: HandlingQuery) -> String? {
    for (measure, (one, other)) in zip(query.measures, zip(found, expected)) where !agree(one, other) {
      return "\(measure.name) is \(one) instead of \(other)"
    }
    return found.count == query.measures.count ? nil : "\(found.count) figures"
  }

  /// Whole numbers to the unit, fractions to the rounding of a few operations.
  private static func agree(_ one: Figure, _ other: Figure) -> Bool {
    guard case .real(let first) = one, case .real(let second) = other else { return one == other }
    return abs(first - second) <= 1e-9 * max(1, abs(second))
  }
}
