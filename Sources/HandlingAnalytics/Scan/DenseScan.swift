internal import Columnar

/// Adds up contacts whose groups are few enough for a place each: the fast way of a scan.
///
/// Two layouts of places. *Narrow*, where one dimension has codes of a byte and all others are calendar buckets of
/// the sorted column: the code itself is the place, in a table for each combination of buckets. *Wide*: one place a
/// group, put together digit by digit.
struct DenseScan: Sendable {
  /// A block on its way into the sums.
  struct Rows {
    let block: ContactBlock
    /// `nil` for all rows.
    let kept: Selection?
    var seconds: Column<UInt32>
    /// The rows without a value that counts.
    let valueless: Column<UInt16>
    /// No value is above this.
    let greatest: UInt32
    /// `nil` when all contacts have been handled.
    let marks: Column<UInt8>?
    /// Whether so few are kept that they are best looked at one by one.
    let areFew: Bool

    func isHandled(_ row: Int) -> Bool {
      marks.map { $0.span[row] & ContactMarks.handled != 0 } ?? true
    }
  }

  /// What packed sums are emptied into.
  struct Target {
    var groups: GroupSums
    /// Over each contact once.
    var total: GroupSums
  }

  /// Rows under the group of their own codes, and once more under those of further tags: these count in their groups,
  /// but not again in the total.
  enum Pass: Int, CaseIterable {
    case own, further
  }

  let plan: ScanPlan
  /// Whether each contact is the only one of its conversation, and so the conversation too.
  private let ofSole: Bool
  let layout: NarrowLayout?
  var narrow: [PackedTally?] = [nil, nil]
  var wide: [PackedTally?] = [nil, nil]
  var numbers = PlaceNumbers()
  var bare = PlaceNumbers()
  var furtherNumbers = PlaceNumbers()

  /// - Parameter ofSole: whether each contact that is added is the only one of its conversation.
  init(_ plan: ScanPlan, ofSole: Bool = true) {
    self.plan = plan
    self.ofSole = ofSole
    layout = NarrowLayout(plan)
  }

  /// The place of rows that are not kept, in the wide layout.
  var dropped: UInt32 { UInt32(plan.keyBound) }

  /// In how many words each group is added up in the wide layout, so that neighbours of one group need not wait for each
  /// other: where groups are few, they often are.
  var wideWays: Int { plan.keyBound < 4_096 ? 4 : 1 }

  /// Adds the kept rows of a block; false, with nothing added, when its values are too large for packed sums. O(rows).
  mutating func add(_ block: ContactBlock, _ kept: Selection?, into target: inout Target)
    throws(ColumnsFault) -> Bool
  {
    guard let rows = try Rows(block, kept: kept) else { return false }
    let digits = try BlockDigits(plan, block)
    if let layout, let codes = digits.narrowCodes(layout) {
      try addNarrow(rows, digits, codes, layout, into: &target)
    } else {
      try addWide(rows, digits, into: &target)
    }
    return true
  }

  /// Empties everything that is still packed. O(places).
  mutating func finish(into target: inout Target) {
    for pass in Pass.allCases {
      drainNarrow(pass, into: &target)
      drainWide(pass, into: &target)
    }
  }

  /// Makes room for rows in the narrow sums of a pass and hands these out; they are to be put back.
  ///
  /// A place gets a row at most once, also where rows stand under several tags: the block's rows are what it must hold.
  mutating func takeNarrow(_ pass: Pass, for rows: Rows, into target: inout Target) -> PackedTally {
    let count = rows.block.rowCount
    if narrow[pass.rawValue]?.hasRoom(for: count, upTo: rows.greatest) == false {
      drainNarrow(pass, into: &target)
    }
    var tally =
      narrow[pass.rawValue]
      ?? PackedTally(placeCount: layout?.placeCount ?? 0, hasSpread: plan.needs.spread)
    narrow[pass.rawValue] = nil
    tally.reserve(count, upTo: rows.greatest)
    return tally
  }

  /// The same for the wide sums.
  mutating func takeWide(_ pass: Pass, for rows: Rows, into target: inout Target) -> PackedTally {
    let count = rows.block.rowCount
    if wide[pass.rawValue]?.hasRoom(for: count, upTo: rows.greatest) == false {
      drainWide(pass, into: &target)
    }
    var tally =
      wide[pass.rawValue]
      ?? PackedTally(placeCount: (Int(dropped) + 1) * wideWays, hasSpread: plan.needs.spread)
    wide[pass.rawValue] = nil
    tally.reserve(count, upTo: rows.greatest)
    return tally
  }

  private mutating func drainNarrow(_ pass: Pass, into target: inout Target) {
    guard let layout, narrow[pass.rawValue] != nil else { return }
    var (tallies, found): ([Tally], [UInt64]) = ([], [])
    layout.drain(&narrow[pass.rawValue]!, into: &tallies, &found)
    target.merge(tallies, found, pass, ofSole: ofSole)
  }

  private mutating func drainWide(_ pass: Pass, into target: inout Target) {
    guard wide[pass.rawValue] != nil, !wide[pass.rawValue]!.isEmpty else { return }
    var (tallies, found): ([Tally], [UInt64]) = ([], [])
    let count = Int(dropped)
    wide[pass.rawValue]!.takeAll(
      0..<count, ways: wideWays, wayStride: count + 1, base: 0, into: &tallies, &found)
    _ = wide[pass.rawValue]!.take(count, ways: wideWays, wayStride: count + 1)
    wide[pass.rawValue]!.endDrain()
    target.merge(tallies, found, pass, ofSole: ofSole)
  }
}

extension DenseScan.Target {
  fileprivate mutating func merge(
    _ tallies: [Tally], _ found: [UInt64], _ pass: DenseScan.Pass, ofSole: Bool
  ) {
    var sum = Tally()
    for (tally, group) in zip(tallies, found) {
      groups.merge(tally, Int(group), ofSole: ofSole)
      sum.merge(tally)
    }
    if pass == .own { total.merge(sum, 0, ofSole: ofSole) }
  }
}

extension DenseScan.Rows {
  /// Rows are added one by one where less than one in so many is kept.
  private static let sparse = 8

  /// `nil` when values are too large for packed sums. O(1), O(rows) where a contact that was not handled has a value.
  init?(_ block: ContactBlock, kept: Selection?) throws(ColumnsFault) {
    guard let greatest = try block.greatestPackedValue() else { return nil }
    let counts = try block.markCounts()
    self.block = block
    self.kept = kept
    areFew = kept.map { $0.count < block.rowCount / Self.sparse } ?? false
    self.greatest = greatest
    marks = counts.contains { $0 & ContactMarks.handled == 0 } ? try block.marks() : nil
    let hasStrays = counts.contains {
      $0 & ContactMarks.handled == 0 && $0 & ContactMarks.basisBits != 0
    }
    let listed = try block.valueless()
    guard hasStrays, let marks else {
      seconds = try block.numbers(.seconds)
      valueless = listed
      return
    }
    // Values of contacts that were not handled don't count: here they are missing.
    var values = try block.numbers(.seconds).elements
    let span = marks.span
    for row in values.indices where span[row] & ContactMarks.handled == 0 { values[row] = missingSeconds }
    seconds = Column(of: values)
    // Rows of a block are below 65,536.
    valueless = Column(of: values.indices.filter { values[$0] == missingSeconds }.map { UInt16($0) })
  }
}

extension ContactBlock {
  /// The greatest handling value; `nil` when it is too large for packed sums.
  func greatestPackedValue() throws(ColumnsFault) -> UInt32? {
    let greatest = try range(of: .seconds)?.upperBound ?? 0
    return greatest < Int64(PackedTally.valueBound) ? UInt32(greatest) : nil
  }
}
