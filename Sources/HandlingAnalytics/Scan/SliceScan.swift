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

  /// The columns that are read, and how many bytes of each so far.
  private var bytesRead: [(column: ColumnID, count: Int)]
  /// The fast way, where groups are few enough for it.
  private var dense: DenseScan?
  /// The same for contacts whose conversations have others too, where conversations count.
  private var denseOthers: DenseScan?
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
    bytesRead = plan.columns.map { ($0, 0) }
    if index.isDense { dense = DenseScan(plan) }
  }

  /// Adds a block. O(rows) over the columns the question names.
  mutating func add(_ block: ContactBlock, hidden: Selection?) throws {
    guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &basis) else { return }
    for place in bytesRead.indices { bytesRead[place].count += block.byteCount(of: bytesRead[place].column) }
    if partition.number == 0 { try countBasis(block, kept) }
    let countsConversations = plan.needs.conversations
    let (sole, others) =
      dense == nil ? (nil, kept) : try block.divided(kept, byConversations: countsConversations)
    for (rows, areSole) in [(sole, true), (others, false)] {
      guard let rows else { continue }
      let isAdded = try addDense(block, rows, ofSole: areSole)
      if !isAdded {
        try addListed(block, rows) { sums, rows, groups, entries in
          try sums.addTallies(block, rows: rows, groups: groups)
        }
      }
      if countsConversations, !isAdded || !areSole { try addConversations(block, rows) }
    }
    if plan.needs.extras {
      try addListed(block, kept) { sums, rows, groups, entries in
        try sums.addExtras(block, rows: rows, groups: groups, entries: &entries)
      }
    }
  }

  /// Empties what is still packed; nothing is added afterwards.
  mutating func finish() {
    for (column, count) in bytesRead where basis.effort.blocksRead > 0 {
      basis.effort.columns["\(column)"] = count
    }
    var target = DenseScan.Target(groups: groups, total: total)
    groups = GroupSums(plan.needs)
    dense?.finish(into: &target)
    denseOthers?.finish(into: &target)
    groups = target.groups
    total = target.total
    (dense, denseOthers) = (nil, nil)
  }

  /// Adds contacts the fast way; false, with nothing added, where there is none.
  private mutating func addDense(_ block: ContactBlock, _ kept: KeptRows, ofSole: Bool) throws(ColumnsFault)
    -> Bool
  {
    guard dense != nil else { return false }
    groups.grow(to: index.count)
    var target = DenseScan.Target(groups: groups, total: total)
    groups = GroupSums(plan.needs)
    defer {
      groups = target.groups
      total = target.total
    }
    if ofSole { return try dense!.add(block, kept.selection, into: &target) }
    if denseOthers == nil { denseOthers = DenseScan(plan, ofSole: false) }
    return try denseOthers!.add(block, kept.selection, into: &target)
  }

  /// Gives the kept rows one by one, with the group of each, to the sums of all contacts and to those of the groups.
  private mutating func addListed(
    _ block: ContactBlock, _ kept: KeptRows,
    _ add: (inout GroupSums, [UInt32], [UInt32], inout ConversationEntries) throws -> Void
  ) throws {
    keys.start(kept, below: block.rowCount)
    if partition.number == 0 {
      zeroGroups()
      try add(&total, keys.rows, entryGroups, &conversations)
    }
    guard !plan.keys.isEmpty else { return }
    try number(block)
    groups.grow(to: index.count)
    try add(&groups, keys.rows, entryGroups, &conversations)
  }

  /// Puts the kept contacts together by conversation and group, and adds what comes of it.
  private mutating func addConversations(_ block: ContactBlock, _ kept: KeptRows) throws {
    var isInTotal = partition.number > 0
    if !plan.keys.isEmpty {
      keys.start(kept, below: block.rowCount)
      try number(block)
      groups.grow(to: index.count)
      try conversations.fill(block, rows: keys.rows, groups: entryGroups)
      groups.add(conversations)
      // Where no conversation lies in several groups, the total is over the same entries.
      if !isInTotal, conversations.areWhole, partition.count == 1 {
        total.addToFirst(conversations)
        isInTotal = true
      }
    }
    guard !isInTotal else { return }
    keys.start(kept, below: block.rowCount)
    zeroGroups()
    try conversations.fill(block, rows: keys.rows, groups: entryGroups)
    total.addToFirst(conversations)
  }

  /// Gives the values of a block to `collector`, under the groups that ``add(_:hidden:)`` has numbered.
  mutating func collect(_ block: ContactBlock, hidden: Selection?, into collector: inout ValueCollector)
    throws
  {
    var ignored = HandlingReport.Basis()
    guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &ignored) else { return }
    keys.start(kept, below: block.rowCount)
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

  /// Counts what the figures rest on. O(1) where all rows are kept, else O(kept rows).
  private mutating func countBasis(_ block: ContactBlock, _ kept: KeptRows) throws(ColumnsFault) {
    let counts = try block.markCounts()
    // By basis; those without a value have none.
    var found: InlineArray<4, Int> = [0, 0, 0, 0]
    switch kept {
    case .all:
      counts.forEach { mark, count in
        if mark & ContactMarks.handled != 0 { found[Int(mark >> 4 & 3)] += count }
      }
    case .some(let selection):
      // By the marks that occur: all but one are looked for, and the rest have that one.
      var marks: [UInt8] = []
      counts.forEach { mark, _ in
        let kind = mark & (ContactMarks.handled | ContactMarks.basisBits)
        if !marks.contains(kind) { marks.append(kind) }
      }
      var rest = selection.count
      let column = marks.count > 1 ? try block.marks() : nil
      for (place, mark) in marks.enumerated() {
        var count = rest
        if let column, place + 1 < marks.count {
          count =
            selection.filter(
              column.span, masked: ContactMarks.handled | ContactMarks.basisBits, equal: mark
            ).count
        }
        rest -= count
        if mark & ContactMarks.handled != 0 { found[Int(mark >> 4 & 3)] += count }
      }
    }
    basis.missing += found[0]
    for place in 1..<4 where found[place] > 0 {
      basis.n += found[place]
      basis.bases[ContactMarks(bits: UInt8(place) << 4).basis, default: 0] += found[place]
    }
    if counts.contains(where: { $0 & ContactMarks.requalified != 0 }) {
      let marks = try block.marks()
      let span = marks.span
      var rows: [UInt32] = []
      kept.forEach(below: block.rowCount) { row in
        if span[row] & ContactMarks.requalified != 0 { rows.append(UInt32(row)) }
      }
      basis.requalified += try countConversations(of: block, rows: rows)
    }
    guard plan.query.dimensions.contains(.tag) else { return }
    let several = try block.tags().furtherRows
    guard several.count > 0 else { return }
    if case .all = kept, let count = try block.severallyTagged() {
      basis.severalTags += count
      return
    }
    let severalSpan = several.span
    var rows: [UInt32] = []
    for place in severalSpan.indices where kept.contains(Int(severalSpan[place])) {
      rows.append(UInt32(severalSpan[place]))
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
