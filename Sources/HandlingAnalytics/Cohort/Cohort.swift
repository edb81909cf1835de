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
    throws(ColumnsFault) -> Selection?
  {
    var rest = Selection(rowCount: block.rowCount, all: true)
    if let hidden { rest.subtract(hidden) }
    let visible = rest.count
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
    let marks = try block.marks()
    let ended = Selection(marks.span, masked: ContactMarks.ended, equal: ContactMarks.ended)
    if case .all = inPeriod {
    } else {
      var outside = rest
      outside.subtract(inPeriod.selection(rowCount: block.rowCount))
      // Before its end a conversation has no reported instant: that it is open is the reason.
      if attribution == .reported, !includesOpen { outside.intersect(ended) }
      basis.leftOut.period += outside.count
      rest.subtract(outside)
    }
    if let filter {
      let before = rest.count
      rest.intersect(try filter.verdict(block).selection(rowCount: block.rowCount))
      basis.leftOut.filter += before - rest.count
    }
    if !includesOpen {
      var open = rest
      open.subtract(ended)
      let openCount = open.count
      basis.leftOut.open += openCount
      if wantsProvisional, openCount > 0 {
        basis.provisional = (basis.provisional ?? 0) + (try provisional(open, of: block, marks))
      }
      rest.intersect(ended)
    }
    if !includesBots {
      let before = rest.count
      rest.intersect(Selection(marks.span, masked: ContactMarks.bot, equal: 0))
      basis.leftOut.bots += before - rest.count
    }
    return rest.isEmpty ? nil : rest
  }

  /// How many of these open contacts would count, had their conversation ended.
  private func provisional(_ open: Selection, of block: ContactBlock, _ marks: Column<UInt8>)
    throws(ColumnsFault)
    -> Int
  {
    var open = open
    if !includesBots { open.intersect(Selection(marks.span, masked: ContactMarks.bot, equal: 0)) }
    let instants = ContactTest.instants(.instant(of: attribution), (OffsetColumn.missing + 1)...Int64.max)
    open.intersect(try instants.verdict(block).selection(rowCount: block.rowCount))
    return open.count
  }
}
