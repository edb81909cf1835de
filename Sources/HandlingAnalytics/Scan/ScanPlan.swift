internal import CivilTime
internal import Columnar

/// How a question is scanned: which contacts are kept, and how a row of the answer becomes a number.
struct ScanPlan: Sendable {
  /// One dimension's share in the composite key.
  enum KeyPart: Sendable {
    case codes(ColumnID)
    case tags
    case calendar(ColumnID, CalendarCodes)
  }

  /// One dimension of the answer.
  struct Key: Sendable {
    let part: KeyPart
    /// Codes are below this.
    let radix: UInt64
    var stride: UInt64 = 1
    /// The label of each code; code 0 is missing.
    let labels: [HandlingReport.Label]
  }

  let query: HandlingQuery
  let keys: [Key]
  /// All composite keys are below this.
  let keyBound: UInt64
  /// Which marks are looked at, and how they must stand.
  let mask: UInt8
  let marks: UInt8

  var needsConversations: Bool { query.measures.contains(where: \.needsConversations) }
  var quantiles: [Int] {
    query.measures.compactMap { if case .quantile(let permille) = $0 { permille } else { nil } }
  }

  init(_ query: HandlingQuery, over table: ContactTable, zone: TimeZoneRules) throws(ColumnsFault) {
    self.query = query
    var keys: [Key] = []
    for dimension in query.dimensions {
      keys.append(try Self.key(dimension, query: query, table: table, zone: zone))
    }
    var stride: UInt64 = 1
    for position in keys.indices.reversed() {
      keys[position].stride = stride
      // Safe: a million names, 65,535 tags and 110,000 days multiply to less than 2^63.
      stride *= keys[position].radix
    }
    self.keys = keys
    keyBound = stride
    var mask: UInt8 = 0
    var marks: UInt8 = 0
    if !query.includesOpen {
      mask |= ContactMarks.ended
      marks |= ContactMarks.ended
    }
    if !query.includesBots { mask |= ContactMarks.bot }
    self.mask = mask
    self.marks = marks
  }

  /// The code of each dimension in a composite key.
  func codes(of key: UInt64) -> [Int] {
    keys.map { Int(key / $0.stride % $0.radix) }
  }

  /// The column of the instant that files a contact.
  static func instantColumn(_ attribution: HandlingQuery.Attribution) -> ColumnID {
    switch attribution {
    case .reported: .reportedAt
    case .ended: .endedAt
    case .started: .startedAt
    }
  }

  private static func key(
    _ dimension: Dimension, query: HandlingQuery, table: ContactTable, zone: TimeZoneRules
  ) throws(ColumnsFault) -> Key {
    func named(_ part: KeyPart, _ kind: NameDictionaries.Kind) -> Key {
      let names = table.names[kind]
      return Key(part: part, radix: UInt64(names.count + 1), labels: [.missing] + names.map { .name($0) })
    }
    switch dimension {
    case .tag: return named(.tags, .tag)
    case .category: return named(.codes(.category), .category)
    case .channel: return named(.codes(.channel), .channel)
    case .agent: return named(.codes(.agent), .agent)
    case .group: return named(.codes(.group), .group)
    case .hour, .weekday, .day, .week, .month, .quarter, .year:
      let column = instantColumn(query.attribution)
      var range: ClosedRange<Int64>?
      for (block, _) in table.blocks {
        guard let found = try block.range(of: column) else { continue }
        range =
          range.map { min($0.lowerBound, found.lowerBound)...max($0.upperBound, found.upperBound) } ?? found
      }
      let buckets = CalendarBuckets(dimension, over: range ?? 0...0, in: zone)
      return Key(
        part: .calendar(column, buckets.codes), radix: UInt64(buckets.labels.count), labels: buckets.labels)
    }
  }
}
