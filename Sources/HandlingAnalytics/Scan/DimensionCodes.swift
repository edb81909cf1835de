internal import CivilTime
internal import Columnar
internal import Conversations

/// How the values of a dimension stand in the columns: what to read, and which label each code has.
struct DimensionCodes: Sendable {
  /// Where a contact's code comes from.
  enum Source: Sendable {
    case codes(ColumnID)
    case tags
    case calendar(ColumnID, CalendarCodes)
  }

  let source: Source
  /// The label of each code; code 0 is missing.
  let labels: [HandlingReport.Label]

  /// The columns that are read.
  var columns: [ColumnID] {
    switch source {
    case .codes(let column), .calendar(let column, _): [column]
    case .tags: [.firstTag, .furtherTagRows, .furtherTagCodes]
    }
  }

  /// O(names), or O(days of the table) for calendar dimensions.
  ///
  /// - Parameter attribution: which instant calendar buckets are of.
  init(
    _ dimension: Dimension, of table: ContactTable, attribution: HandlingQuery.Attribution,
    zone: TimeZoneRules
  ) throws(ColumnsFault) {
    func named(_ kind: NameDictionaries.Kind) -> [HandlingReport.Label] {
      [.missing] + table.names[kind].map { .name($0) }
    }
    switch dimension {
    case .tag: (source, labels) = (.tags, named(.tag))
    case .category: (source, labels) = (.codes(.category), named(.category))
    case .channel: (source, labels) = (.codes(.channel), named(.channel))
    case .agent: (source, labels) = (.codes(.agent), named(.agent))
    case .group: (source, labels) = (.codes(.group), named(.group))
    case .closing:
      (source, labels) = (.codes(.closing), [.missing] + Closing.allCases.map { .name($0.name) })
    case .rating:
      (source, labels) = (
        .codes(.rating), [.missing] + (1...5).map { .number($0) } + [.name("bad"), .name("good")]
      )
    case .hour, .weekday, .day, .week, .month, .quarter, .year:
      let column = ColumnID.instant(of: attribution)
      let buckets = CalendarBuckets(dimension, over: try table.range(of: column) ?? 0...0, in: zone)
      (source, labels) = (.calendar(column, buckets.codes), buckets.labels)
    }
  }

  /// The first tag only.
  private init(source: Source, labels: [HandlingReport.Label]) {
    self.source = source
    self.labels = labels
  }

  /// The same labels for the first of a contact's codes only.
  var primary: DimensionCodes {
    if case .tags = source { DimensionCodes(source: .codes(.firstTag), labels: labels) } else { self }
  }
}

extension ColumnID {
  /// The column of the instant that files a contact.
  static func instant(of attribution: HandlingQuery.Attribution) -> ColumnID {
    switch attribution {
    case .reported: .reportedAt
    case .ended: .endedAt
    case .started: .startedAt
    }
  }
}

extension ContactTable {
  /// Least and greatest of the instants that file contacts; `nil` when there are none. O(blocks).
  package func instants(
    of attribution: HandlingQuery.Attribution
  ) throws(ColumnsFault) -> ClosedRange<Int64>? {
    try range(of: .instant(of: attribution))
  }

  /// Least and greatest instant of a column over all blocks.
  func range(of column: ColumnID) throws(ColumnsFault) -> ClosedRange<Int64>? {
    var range: ClosedRange<Int64>?
    for (block, _) in blocks {
      guard let found = try block.range(of: column) else { continue }
      range =
        range.map { min($0.lowerBound, found.lowerBound)...max($0.upperBound, found.upperBound) } ?? found
    }
    return range
  }
}
