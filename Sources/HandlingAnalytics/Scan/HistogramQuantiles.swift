internal import Columnar

/// Exact quantiles of few groups, without keeping their values: a histogram says in which bin each rank lies, a second
/// pass sifts out the values of those bins alone.
struct HistogramQuantiles {
  /// The figures of the total, then those of each merged group: as many as there are measures.
  let figures: [HandlingReport.Figure]

  /// Cells of a histogram, 4 bytes each a slice.
  private static let mostCells = 1 << 21

  /// `nil` where values must be kept: many groups, figures that need more than ranks, values too large for bins.
  /// O(rows + groups × bins).
  ///
  /// - Parameter blocks: the blocks of each of `slices` slices.
  init?(
    _ plan: ScanPlan, _ merged: MergedGroups, slices: Int, on runner: SliceRunner,
    blocks: @Sendable (Int) -> [(block: ContactBlock, hidden: Selection?)]
  ) throws {
    let needs = plan.needs
    let areRanks = needs.orderedValues.allSatisfy { if case .trimmedMean = $0 { false } else { true } }
    guard !needs.orderedValues.isEmpty, areRanks, !needs.isPerConversation, needs.orderedReplies.isEmpty,
      !needs.intervals, plan.keyBound < UInt64(Self.mostCells)
    else { return nil }
    var greatest: UInt32 = 0
    for slice in 0..<slices {
      for (block, _) in blocks(slice) {
        guard let most = try block.greatestPackedValue() else { return nil }
        greatest = max(greatest, most)
      }
    }
    // One group more for rows that are not kept.
    let groupCount = Int(plan.keyBound) + 1
    guard groupCount * ValueBins.count(upTo: greatest) <= Self.mostCells else { return nil }
    let counted = try runner.mapThrowing(slices) { [greatest] slice in
      var scan = HistogramScan(plan, groupCount: groupCount, upTo: greatest)
      for (block, hidden) in blocks(slice) { try scan.count(block, hidden: hidden) }
      return scan
    }
    var (own, further) = (counted[0].own, counted[0].further)
    for scan in counted.dropFirst() {
      own.merge(scan.own)
      if let other = scan.further { if further == nil { further = other } else { further!.merge(other) } }
    }
    let targets = QuantileTargets(plan, merged, own, further)
    guard targets.targets.countCount <= Self.mostCells else { return nil }
    let sifted = try runner.mapThrowing(slices) { slice in
      var scan = counted[slice]
      var ownSieve = ValueSieve(targets.targets, countsForAll: true)
      // Only a contact's own row counts in the total.
      var furtherSieve = ValueSieve(targets.targets, countsForAll: false)
      for (block, hidden) in blocks(slice) { try scan.sift(block, hidden: hidden, &ownSieve, &furtherSieve) }
      ownSieve.merge(furtherSieve)
      return ownSieve
    }
    var found = sifted[0]
    for sieve in sifted.dropFirst() { found.merge(sieve) }
    figures = targets.figures(found.counts)
  }
}

/// One slice's part in finding quantiles.
struct HistogramScan: Sendable {
  private let plan: ScanPlan
  private var dense: DenseScan
  private(set) var own: ValueHistogram
  /// Of rows under tags beyond their first; `nil` while there are none.
  private(set) var further: ValueHistogram?
  private let greatest: UInt32

  init(_ plan: ScanPlan, groupCount: Int, upTo greatest: UInt32) {
    self.plan = plan
    self.greatest = greatest
    dense = DenseScan(plan)
    own = ValueHistogram(groupCount: groupCount, upTo: greatest)
  }

  /// Counts the kept rows of a block.
  mutating func count(_ block: ContactBlock, hidden: Selection?) throws(ColumnsFault) {
    guard let (rows, digits) = try kept(of: block, hidden) else { return }
    if let codes = digits.byteGroups(rows, dropped: dense.dropped) {
      own.add(codes.span, rows.seconds.span)
      digits.forEachFurtherGroup(rows) { groups, seconds in
        if further == nil { further = ValueHistogram(groupCount: own.groupCount, upTo: greatest) }
        further!.add(groups, seconds)
      }
      return
    }
    try dense.forEachChunk(rows, digits) { pass, numbers, seconds, _ throws(ColumnsFault) in
      if pass == .own { return own.add(numbers.span, seconds) }
      if further == nil { further = ValueHistogram(groupCount: own.groupCount, upTo: greatest) }
      further!.add(numbers.span, seconds)
    }
  }

  /// Gives the kept rows of a block to sieves.
  mutating func sift(
    _ block: ContactBlock, hidden: Selection?, _ ownSieve: inout ValueSieve, _ furtherSieve: inout ValueSieve
  ) throws(ColumnsFault) {
    guard let (rows, digits) = try kept(of: block, hidden) else { return }
    if let codes = digits.byteGroups(rows, dropped: dense.dropped) {
      ownSieve.add(codes.span, rows.seconds.span)
      return digits.forEachFurtherGroup(rows) { furtherSieve.add($0, $1) }
    }
    try dense.forEachChunk(rows, digits) { pass, numbers, seconds, _ throws(ColumnsFault) in
      if pass == .own { ownSieve.add(numbers.span, seconds) } else { furtherSieve.add(numbers.span, seconds) }
    }
  }

  private func kept(of block: ContactBlock, _ hidden: Selection?) throws(ColumnsFault) -> (
    DenseScan.Rows, BlockDigits
  )? {
    var ignored = HandlingReport.Basis()
    guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &ignored) else { return nil }
    guard let rows = try DenseScan.Rows(block, kept: kept.selection) else { throw .damaged }
    return (rows, try BlockDigits(plan, block))
  }
}

extension BlockDigits {
  /// The groups of all rows as bytes, `dropped` where a row is not kept; `nil` where they must be put together. O(1), O(rows)
  /// where some are not kept.
  fileprivate func byteGroups(_ rows: DenseScan.Rows, dropped: UInt32) -> Column<UInt8>? {
    guard runs.isEmpty, codes.count == 1, codes[0].stride == 1, case .bytes(let column) = codes[0].column,
      let dropped = UInt8(exactly: dropped)
    else { return nil }
    guard let kept = rows.kept else { return column }
    var groups = column.elements
    var span = groups.mutableSpan
    mark(&span, notKeptBy: kept, as: dropped)
    return Column(copying: groups)
  }

  /// Calls `body` with the groups and values of the kept rows under their further tags, some thousand at a time, where
  /// the tag is all of a group.
  fileprivate func forEachFurtherGroup(_ rows: DenseScan.Rows, _ body: (Span<UInt8>, Span<UInt32>) -> Void) {
    guard let further else { return }
    let furtherRows = further.furtherRows.span
    let codes = further.furtherCodes.asBytes
    let codeSpan = codes.span
    let seconds = rows.seconds.span
    let room = min(PlaceNumbers.capacity, furtherRows.count)
    var groups = [UInt8](repeating: 0, count: room)
    var values = [UInt32](repeating: 0, count: room)
    var start = 0
    while start < furtherRows.count {
      let places = start..<min(start + room, furtherRows.count)
      let count = Self.gather(
        furtherRows.extracting(places), codeSpan.extracting(places), seconds, rows.kept, &groups, &values)
      if count > 0 { body(groups.span.extracting(first: count), values.span.extracting(first: count)) }
      start = places.upperBound
    }
  }

  /// Puts the codes and values of the kept ones of some rows side by side; how many those are.
  private static func gather(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ kept: Selection?,
    _ groups: inout [UInt8], _ values: inout [UInt32]
  ) -> Int {
    precondition(rows.count <= groups.count && rows.count <= values.count && rows.count == codes.count)
    var groups = groups.mutableSpan
    var values = values.mutableSpan
    var count = 0
    for place in rows.indices {
      // Safe: checked above; at most one is taken for each row.
      unsafe groups[unchecked: count] = codes[unchecked: place]
      let row = unsafe Int(rows[unchecked: place])
      unsafe values[unchecked: count] = seconds[row]
      count &+= kept?.contains(row) ?? true ? 1 : 0
    }
    return count
  }
}
