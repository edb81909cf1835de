internal import Columnar

extension ContactTable {
  /// A table in memory only, of blocks that were put together and of contacts that share conversations.
  ///
  /// - Parameters:
  ///   - blocks: each with the rows that do not count because others have taken their place.
  ///   - ended: further contacts, of conversations that have ended.
  ///   - open: further contacts, of the others.
  package convenience init(
    blocks: [(block: ContactBlock, hidden: [UInt32])], ended: ContactRows, open: ContactRows,
    names: NameDictionaries, position: TablePosition
  ) {
    let more = Self.blocks(of: ended).map { block in
      var block = block
      block.hasEnded = true
      block.isSorted = true
      return block
    }
    let hidden = blocks.map { block, rows in
      var selection = Selection(rowCount: block.rowCount, all: false)
      for row in rows { selection.insert(Int(row)) }
      return selection
    }
    self.init(
      position: position, names: names, basePosition: position, base: blocks.map(\.block) + more,
      hidden: hidden + Self.nothingHidden(in: more), delta: Self.blocks(of: open), hasOnlyEndedInBase: false)
  }
}

extension HandlingQuery {
  /// Every column that an answer can need, whatever the names behind the codes.
  package var columns: Set<ColumnID> {
    var columns = FigureNeeds(self).columns
    columns.formUnion([.seconds, .marks])
    if period != nil || attribution != .reported { columns.insert(.instant(of: attribution)) }
    // The whole of these measures' columns, also where they are asked for in several forms.
    if measures.contains(where: { $0 == .engaged || $0 == .concurrency }) {
      columns.formUnion([.agent, .startedAt, .endedAt])
    }
    for dimension in dimensions { columns.formUnion(dimension.columns(attribution)) }
    if let filter { columns.formUnion(filter.columns(attribution)) }
    return columns
  }
}

extension Dimension {
  fileprivate func columns(_ attribution: HandlingQuery.Attribution) -> Set<ColumnID> {
    switch self {
    case .tag: [.firstTag]
    case .category: [.category]
    case .channel: [.channel]
    case .agent: [.agent]
    case .group: [.group]
    case .closing: [.closing]
    case .rating: [.rating]
    case .hour, .weekday, .day, .week, .month, .quarter, .year: [.instant(of: attribution)]
    }
  }
}

extension Filter {
  fileprivate func columns(_ attribution: HandlingQuery.Attribution) -> Set<ColumnID> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.columns(attribution)) }
    case .not(let part): part.columns(attribution)
    case .oneOf(let dimension, _), .range(let dimension, _, _), .missing(let dimension):
      dimension.columns(attribution)
    case .flags: [.flags]
    case .seconds(let duration, _, _), .missingSeconds(let duration): [duration.column]
    case .isBot, .basis, .visitor, .missingVisitor: []
    case .period: [.instant(of: attribution)]
    }
  }
}
