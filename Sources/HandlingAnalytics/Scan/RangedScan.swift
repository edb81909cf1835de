internal import Columnar

/// Answers a question of more groups than have sums in the caches at once: rows are first sorted into ranges of groups,
/// block by block, then range after range is added up and its rows of the answer are made.
///
/// 8 bytes a contact in between; where these are too many, some of the ranges at a time.
struct RangedScan {
  typealias Blocks = [(block: ContactBlock, hidden: Selection?)]

  /// Fewer groups than the memory of a slice divided by this, 131,072, have a place each in every slice.
  private static let memoryPerGroup = 512
  /// Rows of answers are looked for at each place, so that there may not be many more of these than contacts.
  private static let mostGroups: UInt64 = 1 << 30
  private static let groupsPerContact: UInt64 = 8
  /// Of what accumulators may take, how much the sorted rows may.
  private static let memoryShare = 6

  private let plan: ScanPlan
  private let rangeCount: Int
  private let greatest: UInt32

  /// `nil` when the question has another form, or values that are too large.
  init?(_ plan: ScanPlan, _ blocks: Blocks) throws(ColumnsFault) {
    let needs = plan.needs
    let contacts = blocks.reduce(0) { $0 + $1.block.rowCount }
    guard plan.keyBound > UInt64(plan.memory / Self.memoryPerGroup), plan.keyBound <= Self.mostGroups,
      plan.keyBound <= UInt64(contacts) * Self.groupsPerContact, plan.shareRadix == 1,
      !needs.conversations, !needs.extras, !needs.secondPass
    else { return nil }
    var greatest: UInt32 = 0
    for (block, _) in blocks {
      guard let value = try block.greatestPackedValue() else { return nil }
      greatest = max(greatest, value)
    }
    self.plan = plan
    self.greatest = greatest
    rangeCount = (Int(plan.keyBound) + RangedRows.placesOfRange - 1) / RangedRows.placesOfRange
  }

  /// The rows of the answer.
  ///
  /// - Parameters:
  ///   - whole: what shares are taken of.
  ///   - slices: the blocks of each slice.
  func rows(_ whole: GroupSums, _ slices: [Blocks], on runner: SliceRunner) throws -> AnswerRows {
    var rows = AnswerRows(plan)
    let contacts = slices.joined().reduce(0) { $0 + $1.block.rowCount }
    let rounds = min(rangeCount, contacts * 8 / (plan.memory * Self.memoryShare) + 1)
    for round in 0..<rounds {
      let ranges = (rangeCount * round / rounds)..<(rangeCount * (round + 1) / rounds)
      let sorted = try runner.mapThrowing(slices.count) { try sort(slices[$0], ranges) }.flatMap(\.self)
      let shares = Self.shares(of: sorted, rangeCount: ranges.count, count: runner.sliceCount)
      let none = AnswerRows(plan)
      let parts = try runner.mapThrowing(shares.count) { share in
        var found = none
        try add(sorted, shares[share], from: ranges.lowerBound, whole, to: &found)
        return found
      }
      for part in parts { try rows.append(part) }
    }
    return rows
  }

  /// The rows of blocks, sorted into some of the ranges. O(rows).
  private func sort(_ blocks: Blocks, _ ranges: Range<Int>) throws -> [RangedRows] {
    var sorter = RangedRows.Sorter(ranges: ranges)
    var scan = DenseScan(plan)
    var found: [RangedRows] = []
    var ignored = HandlingReport.Basis()
    for (block, hidden) in blocks {
      guard let kept = try plan.cohort.rows(of: block, hidden: hidden, counting: &ignored) else { continue }
      guard var rows = try DenseScan.Rows(block, kept: kept.selection) else { throw ColumnsFault.damaged }
      rows.markUnhandled()
      let dropped = scan.dropped
      try scan.forEachChunk(rows, try BlockDigits(plan, block)) {
        _, numbers, seconds, _ throws(ColumnsFault) in
        sorter.append(numbers.span, seconds, dropping: dropped)
      }
      found.append(sorter.sorted())
    }
    return found
  }

  /// Neighbouring ranges for each of some slices, of about as many rows.
  private static func shares(of sorted: [RangedRows], rangeCount: Int, count: Int) -> [Range<Int>] {
    var rows = 0
    let rowsThrough = (0..<rangeCount).map { range in
      for block in sorted { rows += block.count(inRange: range) }
      return rows
    }
    let cuts = (0...count).map { cut in rowsThrough.partitionPoint { $0 * count > rows * cut } }
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
  }

  /// Adds up some of the ranges and makes their rows of the answer. O(rows + places).
  private func add(
    _ sorted: [RangedRows], _ ranges: Range<Int>, from firstRange: Int, _ whole: GroupSums,
    to rows: inout AnswerRows
  ) throws {
    let none = OrderedFigures(plan.needs)
    var packed = PackedTally(placeCount: RangedRows.placesOfRange, hasSpread: plan.needs.spread)
    var groups = RangeGroups()
    for range in ranges {
      groups.start(firstKey: (firstRange + range) * RangedRows.placesOfRange)
      for block in sorted {
        let count = block.count(inRange: range)
        if !packed.hasRoom(for: count, upTo: greatest) { groups.setAside(&packed) }
        packed.reserve(count, upTo: greatest)
        packed.add(block, range: range)
      }
      groups.finish(&packed)
      let merged = MergedGroups(
        keys: groups.keys, sums: GroupSums(plan.needs, tallies: groups.tallies), total: whole)
      try rows.append(Figures(plan: plan, merged: merged, ordered: none, whole: whole))
    }
  }
}

/// The groups that occur in a range.
private struct RangeGroups {
  private(set) var keys: [UInt64] = []
  private(set) var tallies: [Tally] = []
  private var firstKey: UInt64 = 0
  /// By place; empty until packed sums had to be emptied before their time.
  private var earlier: [Tally] = []

  /// Begins with another range.
  mutating func start(firstKey: Int) {
    self.firstKey = UInt64(firstKey)
    keys.removeAll(keepingCapacity: true)
    tallies.removeAll(keepingCapacity: true)
    earlier.removeAll()
  }

  /// Empties packed sums that have no more room.
  mutating func setAside(_ packed: inout PackedTally) {
    if earlier.isEmpty { earlier = Array(repeating: Tally(), count: packed.placeCount) }
    var found: [UInt64] = []
    var sums: [Tally] = []
    packed.takeAll(0..<packed.placeCount, base: 0, into: &sums, &found)
    packed.endDrain()
    for (place, sum) in zip(found, sums) { earlier[Int(place)].merge(sum) }
  }

  /// Empties packed sums for the last time. O(places).
  mutating func finish(_ packed: inout PackedTally) {
    guard !earlier.isEmpty else {
      packed.takeAll(0..<packed.placeCount, base: firstKey, into: &tallies, &keys)
      return packed.endDrain()
    }
    setAside(&packed)
    for place in earlier.indices where earlier[place].contacts > 0 {
      keys.append(firstKey + UInt64(place))
      tallies.append(earlier[place])
    }
  }
}

extension DenseScan.Rows {
  /// Gives contacts that were not handled a mark of their own in place of a value. O(rows without a value).
  fileprivate mutating func markUnhandled() {
    guard marks != nil else { return }
    let listed = valueless
    let rows = listed.span
    var values = seconds.elements
    for place in rows.indices where !isHandled(Int(rows[place])) {
      values[Int(rows[place])] = RangedRows.unhandled
    }
    seconds = Column(of: values)
  }
}
