internal import Columnar

/// Which contacts a question counts, and why it leaves out the others.
struct Cohort: Sendable {
  let includesOpen: Bool
  let includesBots: Bool
  let attribution: HandlingQuery.Attribution
  let period: ContactTest?
  let filter: ContactTest?

  /// The columns that are read.
  var columns: Set<ColumnID> {
    var columns: Set<ColumnID> = [.marks]
    for test in [period, filter].compactMap(\.self) { columns.formUnion(test.columns) }
    if wantsProvisional { columns.insert(.instant(of: attribution)) }
    return columns
  }

  /// Whether contacts of conversations that have not ended are worth a count of their own.
  var wantsProvisional: Bool { attribution != .reported && !includesOpen }

  /// The rows of a block that count; `nil` when there are none.
  ///
  /// A contact that is left out is counted under the first reason that applies: period, filter, open, bots. Where a
  /// block's least and greatest values decide, its columns are not read; the reasons come out the same.
  ///
  /// - Parameters:
  ///   - hidden: rows that are out of date.
  ///   - basis: where the others are counted.
  func rows(of block: ContactBlock, hidden: Selection?, counting basis: inout HandlingReport.Basis)
    throws(ColumnsFault) -> KeptRows?
  {
    let visible = block.rowCount - (hidden?.count ?? 0)
    basis.scanned += visible
    let inPeriod = try period?.verdict(block) ?? .all
    if block.hasEnded, case .none = inPeriod {
      basis.leftOut.period += visible
      basis.effort.blocksSkipped += 1
      return nil
    }
    if block.hasEnded, case .all = inPeriod, try filter?.verdictByRange(block) == false {
      basis.leftOut.filter += visible
      basis.effort.blocksSkipped += 1
      return nil
    }
    basis.effort.blocksRead += 1
    let counts = try block.markCounts()
    let hasOpen = counts.contains { $0 & ContactMarks.ended == 0 }
    let hasBots = counts.contains { $0 & ContactMarks.bot != 0 }
    var rest = Remaining(rowCount: block.rowCount, hidden: hidden)
    if case .all = inPeriod {
    } else {
      var outside = rest.selection
      outside.subtract(inPeriod.selection(rowCount: block.rowCount))
      // Before its end a conversation has no reported instant: that it is open is the reason.
      if hasOpen, attribution == .reported, !includesOpen { outside.intersect(try Self.ended(block)) }
      basis.leftOut.period += outside.count
      rest.subtract(outside)
    }
    if let filter {
      basis.leftOut.filter += try rest.keep(filter, of: block)
    }
    if hasOpen, !includesOpen {
      var open = rest.selection
      open.subtract(try Self.ended(block))
      let openCount = open.count
      basis.leftOut.open += openCount
      if wantsProvisional, openCount > 0 {
        basis.provisional = (basis.provisional ?? 0) + (try provisional(open, of: block))
      }
      rest.subtract(open)
    }
    if hasBots, !includesBots {
      basis.leftOut.bots += try rest.keep(.marks(mask: ContactMarks.bot, equal: 0), of: block)
    }
    return rest.rows
  }

  /// The contacts of a block whose conversations have ended.
  private static func ended(_ block: ContactBlock) throws(ColumnsFault) -> Selection {
    let marks = try block.marks()
    return Selection(marks.span, masked: ContactMarks.ended, equal: ContactMarks.ended)
  }

  /// The rows that no reason has left out yet; a bitmap only once there is one.
  private struct Remaining {
    let rowCount: Int
    private var some: Selection?
    /// How many are left.
    private var count: Int

    init(rowCount: Int, hidden: Selection?) {
      self.rowCount = rowCount
      count = rowCount
      guard let hidden else { return }
      subtract(hidden)
    }

    var selection: Selection { some ?? Selection(rowCount: rowCount, all: true) }

    mutating func subtract(_ other: Selection) {
      var rest = selection
      rest.subtract(other)
      count = rest.count
      some = rest
    }

    /// Drops what a condition does not keep; returns how many rows that were. O(rows).
    mutating func keep(_ test: ContactTest, of block: ContactBlock) throws(ColumnsFault) -> Int {
      let before = count
      if let left = some {
        some = try test.rows(among: left, of: block)
      } else {
        let verdict = try test.verdict(block)
        if case .all = verdict { return 0 }
        some = verdict.selection(rowCount: rowCount)
      }
      count = some!.count
      return before - count
    }

    /// `nil` when none are left.
    var rows: KeptRows? {
      guard count > 0 else { return nil }
      return some.map(KeptRows.some) ?? .all
    }
  }

  /// How many of these open contacts would count, had their conversation ended.
  private func provisional(_ open: Selection, of block: ContactBlock)
    throws(ColumnsFault)
    -> Int
  {
    var open = open
    if !includesBots {
      let marks = try block.marks()
      open.intersect(Selection(marks.span, masked: ContactMarks.bot, equal: 0))
    }
    let instants = ContactTest.instants(.instant(of: attribution), (OffsetColumn.missing + 1)...Int64.max)
    open.intersect(try instants.verdict(block).selection(rowCount: block.rowCount))
    return open.count
  }
}
