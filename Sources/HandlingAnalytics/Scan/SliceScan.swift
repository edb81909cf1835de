internal import Columnar

/// What one slice of a question finds: its share of the blocks, added up.
struct SliceScan: Sendable {
  private let plan: ScanPlan
  private(set) var index: GroupIndex
  private(set) var tallies: [Tally] = []
  private(set) var conversationTallies: [ConversationTally] = []
  /// Over each contact once: what the total row shows where a conversation counts in several groups.
  private(set) var total = Tally()
  private(set) var conversationTotal = ConversationTally()
  /// Marks of the contacts that were kept or left out: open, bots and bases are counted from it.
  private(set) var marksSeen = [Int](repeating: 0, count: 256)
  private(set) var basesOfValues = [Int](repeating: 0, count: 4)
  private(set) var provisional = 0

  private var keys = GroupKeys()
  private var groups: [UInt32] = []
  private var runs = ConversationRuns()

  /// - Parameter rowCount: rows of the slice's blocks.
  init(_ plan: ScanPlan, rowCount: Int) {
    self.plan = plan
    index = GroupIndex(keyBound: plan.keyBound, rowCount: rowCount)
  }

  /// Adds a block. O(rows) over the columns the question names.
  mutating func add(_ block: ContactBlock, hidden: Selection?) throws(ColumnsFault) {
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    let visible = Self.visible(block, hidden)
    for (mark, count) in byteHistogram(marks.span, keeping: visible).enumerated() { marksSeen[mark] += count }
    if plan.query.attribution != .reported, !plan.query.includesOpen {
      try countProvisional(block, marks, visible)
    }
    keys.start(kept(marks, hidden))
    countBases(seconds.span, marks.span)
    groups.removeAll(keepingCapacity: true)
    groups.append(contentsOf: repeatElement(0, count: keys.rows.count))
    let single = groups
    try addTotal(block, single, seconds, marks)
    guard !plan.keys.isEmpty else { return }
    try addKeys(of: block)
    index.groups(of: keys.keys, into: &groups)
    growTallies()
    // The tallies are taken out of `self` while they are filled: exclusive access to both is needed.
    var filled = exchange(&tallies, with: [])
    defer { tallies = filled }
    var spanned = filled.mutableSpan
    tally(
      rows: keys.rows, groups: groups, seconds: seconds.span, marks: marks.span,
      handledBit: ContactMarks.handled, into: &spanned)
    if plan.needsConversations {
      let conversations = try block.offsets(.conversation)
      var filled = exchange(&conversationTallies, with: [])
      defer { conversationTallies = filled }
      var spanned = filled.mutableSpan
      runs.add(
        rows: keys.rows, groups: groups, seconds: seconds.span, marks: marks.span,
        handledBit: ContactMarks.handled, soleBit: ContactMarks.sole, conversations: conversations,
        into: &spanned)
    }
  }

  /// Files a block's values under the groups that ``add(_:hidden:)`` has numbered; the total's under group 0 of
  /// `totals`.
  mutating func collect(
    _ block: ContactBlock, hidden: Selection?, into values: inout GroupedValues, totals: inout GroupedValues
  ) throws(ColumnsFault) {
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    keys.start(kept(marks, hidden))
    groups.removeAll(keepingCapacity: true)
    groups.append(contentsOf: repeatElement(0, count: keys.rows.count))
    totals.add(
      rows: keys.rows, groups: groups, seconds: seconds.span, marks: marks.span,
      handledBit: ContactMarks.handled)
    guard !plan.keys.isEmpty else { return }
    try addKeys(of: block)
    index.groups(of: keys.keys, into: &groups)
    values.add(
      rows: keys.rows, groups: groups, seconds: seconds.span, marks: marks.span,
      handledBit: ContactMarks.handled)
  }

  private mutating func addTotal(
    _ block: ContactBlock, _ single: [UInt32], _ seconds: Column<UInt32>, _ marks: Column<UInt8>
  ) throws(ColumnsFault) {
    var totals = [Tally()]
    var spanned = totals.mutableSpan
    tally(
      rows: keys.rows, groups: single, seconds: seconds.span, marks: marks.span,
      handledBit: ContactMarks.handled, into: &spanned)
    total.merge(totals[0])
    guard plan.needsConversations else { return }
    let conversations = try block.offsets(.conversation)
    var conversationTotals = [ConversationTally()]
    var conversationSpan = conversationTotals.mutableSpan
    runs.add(
      rows: keys.rows, groups: single, seconds: seconds.span, marks: marks.span,
      handledBit: ContactMarks.handled, soleBit: ContactMarks.sole, conversations: conversations,
      into: &conversationSpan)
    conversationTotal.merge(conversationTotals[0])
  }

  private mutating func addKeys(of block: ContactBlock) throws(ColumnsFault) {
    for key in plan.keys {
      switch key.part {
      case .codes(let column): keys.add(try block.codes(column), stride: key.stride)
      case .calendar(let column, let calendar):
        keys.add(try block.offsets(column), in: calendar, stride: key.stride)
      case .tags: keys.expand(try block.tags(), stride: key.stride)
      }
    }
  }

  private mutating func growTallies() {
    let missing = index.count - tallies.count
    guard missing > 0 else { return }
    tallies.append(contentsOf: repeatElement(Tally(), count: missing))
    if plan.needsConversations {
      conversationTallies.append(contentsOf: repeatElement(ConversationTally(), count: missing))
    }
  }

  private mutating func countBases(_ seconds: Span<UInt32>, _ marks: Span<UInt8>) {
    for row in keys.rows {
      let mark = marks[Int(row)]
      if mark & ContactMarks.handled != 0, seconds[Int(row)] != missingSeconds {
        basesOfValues[Int(mark >> 4 & 3)] += 1
      }
    }
  }

  private mutating func countProvisional(_ block: ContactBlock, _ marks: Column<UInt8>, _ visible: Selection)
    throws(ColumnsFault)
  {
    var open = Selection(
      marks.span, masked: plan.mask, equal: plan.marks & ~ContactMarks.ended)
    open.intersect(visible)
    guard open.count > 0 else { return }
    var instants: [Int64] = []
    var rows: [UInt32] = []
    try block.offsets(ScanPlan.instantColumn(plan.query.attribution)).decode(into: &instants)
    open.list(into: &rows)
    provisional += rows.count { instants[Int($0)] != OffsetColumn.missing }
  }

  private func kept(_ marks: Column<UInt8>, _ hidden: Selection?) -> Selection {
    var kept = Selection(marks.span, masked: plan.mask, equal: plan.marks)
    if let hidden { kept.subtract(hidden) }
    return kept
  }

  private static func visible(_ block: ContactBlock, _ hidden: Selection?) -> Selection {
    var visible = Selection(rowCount: block.rowCount, all: true)
    if let hidden { visible.subtract(hidden) }
    return visible
  }
}

/// Puts `replacement` in the place and gives what stood there, without a copy.
private func exchange<Value>(_ place: inout Value, with replacement: consuming Value) -> Value {
  swap(&place, &replacement)
  return replacement
}
