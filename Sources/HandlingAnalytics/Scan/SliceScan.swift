internal import Columnar

/// What one slice of a question finds: its share of the blocks, added up.
struct SliceScan: Sendable {
  /// More groups than there is room for; the question is asked again in more partitions.
  struct TooManyGroups: Error {}

  /// One of several passes over the table, each with its own share of the groups.
  struct Partition: Sendable {
    var number = 0
    var count = 1
  }

  private let plan: ScanPlan
  private let partition: Partition
  private(set) var index: GroupIndex
  private(set) var groups: GroupSums
  /// Over each contact once: what the total row shows where a conversation counts in several groups.
  private(set) var total: GroupSums
  private(set) var basis = HandlingReport.Basis()

  private var keys = GroupKeys()
  private var entryGroups: [UInt32] = []
  private var conversations = ConversationEntries()

  /// - Parameter rowCount: rows of the slice's blocks.
  init(_ plan: ScanPlan, _ partition: Partition, rowCount: Int) {
    self.plan = plan
    self.partition = partition
    let limit = plan.memory / plan.needs.bytesPerGroup
    // Keys of a partition are not neighbours: they are numbered as they come.
    index = GroupIndex(
      keyBound: partition.count == 1 ? plan.keyBound : .max, rowCount: min(rowCount, limit), limit: limit)
    groups = GroupSums(plan.needs)
    total = GroupSums(plan.needs)
    total.grow(to: 1)
  }

  /// Adds a block. O(rows) over the columns the question names.
  mutating func add(_ block: ContactBlock, hidden: Selection?) throws {
    guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &basis) else { return }
    basis.effort.add(plan.columns, of: block)
    keys.start(kept)
    if partition.number == 0 {
      try countBasis(block, kept)
      zeroGroups()
      try total.add(block, rows: keys.rows, groups: entryGroups, entries: &conversations)
    }
    guard !plan.keys.isEmpty else { return }
    try number(block)
    groups.grow(to: index.count)
    try groups.add(block, rows: keys.rows, groups: entryGroups, entries: &conversations)
  }

  /// Gives the values of a block to `collector`, under the groups that ``add(_:hidden:)`` has numbered.
  mutating func collect(_ block: ContactBlock, hidden: Selection?, into collector: inout ValueCollector)
    throws
  {
    var ignored = HandlingReport.Basis()
    guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &ignored) else { return }
    keys.start(kept)
    if partition.number == 0 {
      zeroGroups()
      try collector.addToTotal(block, rows: keys.rows, groups: entryGroups, entries: &conversations)
    }
    guard !plan.keys.isEmpty else { return }
    try number(block)
    try collector.add(block, rows: keys.rows, groups: entryGroups, entries: &conversations)
  }

  private mutating func zeroGroups() {
    entryGroups.removeAll(keepingCapacity: true)
    entryGroups.append(contentsOf: repeatElement(0, count: keys.rows.count))
  }

  /// Finds the group of each kept contact, once per tag where tags are counted each.
  private mutating func number(_ block: ContactBlock) throws {
    for key in plan.keys {
      switch key.coding.source {
      case .codes(let column): keys.add(try block.codes(column), stride: key.stride)
      case .calendar(let column, let calendar):
        keys.add(try block.offsets(column), in: calendar, stride: key.stride)
      case .tags: keys.expand(try block.tags(), stride: key.stride)
      }
    }
    if plan.shareRadix > 1 { keys.addListLengths(try block.tags()) }
    if partition.count > 1 {
      keys.keep(
        partition: partition.number, of: partition.count, ignoringDigit: plan.shareRadix)
    }
    guard index.groups(of: keys.keys, into: &entryGroups) else { throw TooManyGroups() }
  }

  /// Counts what the figures rest on. O(kept rows).
  private mutating func countBasis(_ block: ContactBlock, _ kept: Selection) throws(ColumnsFault) {
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    let markSpan = marks.span
    let secondsSpan = seconds.span
    // By basis; those without a value have none.
    var counts: InlineArray<4, Int> = [0, 0, 0, 0]
    var seen: UInt8 = 0
    for row in keys.rows {
      let mark = markSpan[Int(row)]
      seen |= mark
      guard mark & ContactMarks.handled != 0 else { continue }
      counts[secondsSpan[Int(row)] == missingSeconds ? 0 : Int(mark >> 4 & 3)] &+= 1
    }
    basis.missing += counts[0]
    for place in 1..<4 where counts[place] > 0 {
      basis.n += counts[place]
      basis.bases[ContactMarks(bits: UInt8(place) << 4).basis, default: 0] += counts[place]
    }
    if seen & ContactMarks.requalified != 0 {
      var rows: [UInt32] = []
      for row in keys.rows where markSpan[Int(row)] & ContactMarks.requalified != 0 { rows.append(row) }
      basis.requalified += try countConversations(of: block, rows: rows)
    }
    guard plan.query.dimensions.contains(.tag) else { return }
    let several = try block.numbers(.furtherTagRows)
    let severalSpan = several.span
    var rows: [UInt32] = []
    for place in severalSpan.indices where kept.contains(Int(severalSpan[place])) {
      rows.append(severalSpan[place])
    }
    basis.severalTags += try countConversations(of: block, rows: rows)
  }

  /// How many conversations rows that ascend are of, where all contacts of a conversation are or are not among them.
  private func countConversations(of block: ContactBlock, rows: [UInt32]) throws(ColumnsFault) -> Int {
    var conversations: [Int64] = []
    var count = 0
    var last: Int64?
    for row in rows {
      if conversations.isEmpty { try block.offsets(.conversation).decode(into: &conversations) }
      guard conversations[Int(row)] != last else { continue }
      last = conversations[Int(row)]
      count += 1
    }
    return count
  }
}

extension HandlingReport.Effort {
  /// Notes that columns of a block are read.
  mutating func add(_ columns: Set<ColumnID>, of block: ContactBlock) {
    for column in columns { self.columns["\(column)", default: 0] += block.byteCount(of: column) }
  }
}
