internal import CivilTime
internal import Columnar
internal import Conversations

extension ContactTest {
  /// What a filter needs to know to become a test.
  struct Names {
    let table: ContactTable
    let attribution: HandlingQuery.Attribution
    let zone: TimeZoneRules
    let now: Instant
    /// The keys of the conversations of each list of visitors that the filter names.
    let visitors: [[String]: Set<Int64>]
  }

  /// Why a filter can't become a test.
  enum Fault: Error {
    case mistake(QueryMistake)
    case columns(ColumnsFault)
  }

  /// - Throws: ``QueryMistake/unknownName(_:name:nearest:)``, ``QueryMistake/period(_:)`` and damaged columns.
  init(_ filter: Filter, _ names: Names) throws(Fault) {
    switch filter {
    case .all(let parts): self = .all(try Self.tests(parts, names))
    case .any(let parts): self = .any(try Self.tests(parts, names))
    case .not(let part): self = .not(try ContactTest(part, names))
    case .oneOf(let dimension, let values):
      let coding = try Self.coding(dimension, names)
      self = Self.test(coding, wanted: try Self.wanted(values, dimension, coding.labels))
    case .range(let dimension, let from, let through):
      let coding = try Self.coding(dimension, names)
      let wanted = coding.labels.map { label -> Bool in
        guard let value = label.value, dimension != .rating || label.isNumber else { return false }
        if let from, dimension.precedes(value, from) { return false }
        if let through, dimension.precedes(through, value) { return false }
        return true
      }
      self = Self.test(coding, wanted: wanted)
    case .missing(let dimension):
      let coding = try Self.coding(dimension, names)
      self = Self.test(coding, wanted: coding.labels.map { $0 == .missing })
    case .isBot: self = .marks(mask: ContactMarks.bot, equal: ContactMarks.bot)
    case .basis(let bases):
      self = .any(bases.map { .marks(mask: ContactMarks.basisBits, equal: ContactMarks.bits(of: $0)) })
    case .flags(let flags): self = .flags(UInt32(flags.rawValue))
    case .seconds(let duration, let from, let through):
      let last = min(through, missingSeconds - 1)
      guard from <= last else {
        self = .any([])
        return
      }
      self =
        duration == .handling
        ? .seconds(from...last) : .duration(duration.column, codes: (from + 1)...(last + 1))
    case .missingSeconds(let duration):
      self =
        duration == .handling
        ? .seconds(missingSeconds...missingSeconds) : .duration(duration.column, codes: 0...0)
    case .visitor(let visitors): self = .conversations(names.visitors[visitors] ?? [])
    case .missingVisitor: self = .marks(mask: ContactMarks.visitor, equal: 0)
    case .period(let period):
      do {
        self = ContactTest(
          try period.resolved(in: names.zone, now: names.now), of: .instant(of: names.attribution))
      } catch {
        throw .mistake(.period(error))
      }
    }
  }

  /// Whether the instant of a column lies within limits.
  init(_ limits: PeriodLimits, of column: ColumnID) {
    // One above the mark of a missing instant.
    let from = limits.from ?? OffsetColumn.missing + 1
    let through = limits.to.map { $0 - 1 } ?? Int64.max
    self = from <= through ? .instants(column, from...through) : .any([])
  }

  private static func tests(_ filters: [Filter], _ names: Names) throws(Fault) -> [ContactTest] {
    var tests: [ContactTest] = []
    for filter in filters { tests.append(try ContactTest(filter, names)) }
    return tests.sorted { $0.cost < $1.cost }
  }

  private static func coding(_ dimension: Dimension, _ names: Names) throws(Fault) -> DimensionCodes {
    do {
      return try DimensionCodes(
        dimension, of: names.table, attribution: names.attribution, zone: names.zone)
    } catch {
      throw .columns(error)
    }
  }

  private static func test(_ coding: DimensionCodes, wanted: [Bool]) -> ContactTest {
    switch coding.source {
    case .codes(let column): .codes(column, wanted: wanted)
    case .tags: .tags(wanted: wanted)
    case .calendar(let column, let calendar): .calendar(column, calendar, wanted: wanted)
    }
  }

  /// The places of the labels that a list of values names.
  private static func wanted(_ values: [String], _ dimension: Dimension, _ labels: [HandlingReport.Label])
    throws(Fault) -> [Bool]
  {
    var wanted = [Bool](repeating: false, count: labels.count)
    let folds = labels.map { $0.value.map(dimension.fold) }
    for value in values {
      let fold = dimension.fold(value)
      var isKnown = !dimension.hasNames
      // No name is empty: such a label is of an id whose name nobody sees.
      for (place, known) in folds.enumerated() where known == fold && !(dimension.hasNames && fold.isEmpty) {
        wanted[place] = true
        isKnown = true
      }
      guard isKnown else {
        throw .mistake(
          .unknownName(
            dimension, name: value, nearest: NearestNames.of(value, among: labels.compactMap(\.value))))
      }
    }
    return wanted
  }
}

extension HandlingReport.Label {
  /// As a filter writes it; `nil` for a missing value.
  var value: String? {
    switch self {
    case .name(let name): name
    case .number(let number): String(number)
    case .missing: nil
    }
  }

  var isNumber: Bool { if case .number = self { true } else { false } }
}

extension Dimension {
  /// Whether its values are names that the store must know.
  var hasNames: Bool {
    switch self {
    case .tag, .category, .channel, .agent, .group: true
    default: false
    }
  }

  /// In what form two values are the same: agents and groups go by ids of other systems, where case can matter.
  package func fold(_ value: String) -> String {
    switch self {
    case .tag, .category: NameFold.fold(value)
    case .channel: ChannelKind.fold(value)
    default: value
    }
  }
}

extension Filter.Duration {
  var column: ColumnID {
    switch self {
    case .handling: .seconds
    case .talk: .talk
    case .hold: .hold
    case .wrapup: .wrapUp
    }
  }
}

extension Filter {
  /// Every list of visitors that is asked for.
  package var visitorLists: [[String]] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.visitorLists)
    case .not(let part): part.visitorLists
    case .visitor(let visitors): [visitors]
    default: []
    }
  }
}
