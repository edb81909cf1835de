package import CivilTime
internal import Columnar
internal import Conversations

/// Why a question has no answer.
package enum QueryFault: Error, Equatable, Sendable {
  /// More rows than an answer can have; names how many there would be.
  case tooManyRows(Int)
  /// The columns are damaged and must be rebuilt before asking again.
  case columns(ColumnsFault)
}

extension ContactTable {
  /// Answers a question. The same answer for any number of slices.
  ///
  /// One pass over the columns the question names, a second one where it asks for quantiles.
  package func report(_ query: HandlingQuery, in zone: TimeZoneRules, on runner: SliceRunner)
    throws(QueryFault) -> HandlingReport
  {
    do {
      let plan = try ScanPlan(query, over: self, zone: zone)
      let slices = max(1, min(runner.sliceCount, blocks.count))
      var scans = try scan(plan, slices: slices, on: runner)
      let merged = MergedGroups(scans)
      guard merged.keys.count <= HandlingQuery.rowLimit else {
        throw QueryFault.tooManyRows(merged.keys.count)
      }
      let ordered = try quantileValues(plan, &scans, merged, on: runner)
      return answer(plan, scans, merged, ordered, zone: zone.identifier)
    } catch let fault as ColumnsFault {
      throw .columns(fault)
    } catch let fault as QueryFault {
      throw fault
    } catch {
      throw .columns(.damaged)
    }
  }

  /// The blocks of each slice: every slice-th one, so that all get a like share of every period.
  private func share(_ slice: Int, of slices: Int) -> [(block: ContactBlock, hidden: Selection?)] {
    let all = blocks
    return stride(from: slice, to: all.count, by: slices).map { all[$0] }
  }

  private func scan(_ plan: ScanPlan, slices: Int, on runner: SliceRunner) throws(ColumnsFault) -> [SliceScan]
  {
    try runner.map(slices) { slice throws(ColumnsFault) in
      let blocks = share(slice, of: slices)
      var scan = SliceScan(plan, rowCount: blocks.reduce(0) { $0 + $1.block.rowCount })
      for (block, hidden) in blocks { try scan.add(block, hidden: hidden) }
      return scan
    }
  }

  /// The values at the ranks of all quantiles: of the total first, then of each merged group.
  private func quantileValues(
    _ plan: ScanPlan, _ scans: inout [SliceScan], _ merged: MergedGroups, on runner: SliceRunner
  ) throws(ColumnsFault) -> [[UInt32]] {
    let quantiles = plan.quantiles
    guard !quantiles.isEmpty else { return Array(repeating: [], count: merged.keys.count + 1) }
    let scanned = scans
    let collected = try runner.map(scans.count) { slice throws(ColumnsFault) in
      var scan = scanned[slice]
      var values = GroupedValues(counts: scan.tallies.map { Int($0.n) })
      var totals = GroupedValues(counts: [Int(scan.total.n)])
      for (block, hidden) in share(slice, of: scanned.count) {
        try scan.collect(block, hidden: hidden, into: &values, totals: &totals)
      }
      return (values, totals)
    }
    // Groups are dealt out like cards: the few large ones go to different slices.
    let parts = max(1, runner.sliceCount)
    let selected = try runner.map(parts) { part throws(ColumnsFault) in
      var found: [(Int, [UInt32])] = []
      var buffer: [UInt32] = []
      for group in stride(from: part, to: merged.keys.count + 1, by: parts) {
        buffer.removeAll(keepingCapacity: true)
        for (slice, (values, totals)) in collected.enumerated() {
          if group == 0 {
            buffer.append(contentsOf: totals.values(of: 0))
          } else if let local = scanned[slice].index.existingGroup(of: merged.keys[group - 1]),
            local < scanned[slice].tallies.count
          {
            buffer.append(contentsOf: values.values(of: local))
          }
        }
        found.append((group, Self.select(quantiles, plan.query.quantiles, from: &buffer)))
      }
      return found
    }
    var ordered = [[UInt32]](repeating: [], count: merged.keys.count + 1)
    for (group, values) in selected.joined() { ordered[group] = values }
    return ordered
  }

  private static func select(
    _ quantiles: [Int], _ method: HandlingQuery.QuantileMethod, from values: inout [UInt32]
  ) -> [UInt32] {
    let ranks = quantiles.flatMap { Figures.ranks(permille: $0, n: values.count, method: method) }
    guard !ranks.isEmpty else { return [] }
    let ascending = Set(ranks).sorted()
    var spanned = values.mutableSpan
    _ = OrderStatistics.select(ascending, from: &spanned)
    return ranks.map { values[$0] }
  }

  private func answer(
    _ plan: ScanPlan, _ scans: [SliceScan], _ merged: MergedGroups, _ ordered: [[UInt32]], zone: String
  ) -> HandlingReport {
    let ranks = plan.keys.map { LabelOrder.ranks(of: $0.labels) }
    let codes = merged.keys.map(plan.codes)
    let sortKeys = codes.map { zip(ranks, $0).map { $0[$1] } }
    let order = merged.keys.indices.sorted { sortKeys[$0].lexicographicallyPrecedes(sortKeys[$1]) }
    let rows = order.map { group in
      HandlingReport.Row(
        labels: zip(plan.keys, codes[group]).map { $0.labels[$1] },
        figures: Figures(
          tally: merged.tallies[group], conversations: merged.conversations[group],
          ordered: ordered[group + 1]
        ).figures(plan.query))
    }
    let seen = Self.sums(scans.map(\.marksSeen))
    func count(where isWanted: (ContactMarks) -> Bool) -> Int {
      seen.enumerated().reduce(0) { $0 + (isWanted(ContactMarks(bits: UInt8($1.offset))) ? $1.element : 0) }
    }
    func isLeftOutAsOpen(_ marks: ContactMarks) -> Bool {
      !plan.query.includesOpen && marks.bits & ContactMarks.ended == 0
    }
    let bases = Self.sums(scans.map(\.basesOfValues))
    return HandlingReport(
      query: plan.query, zone: zone, seq: position.seq,
      total: Figures(
        tally: merged.total, conversations: merged.conversationTotal, ordered: ordered[0]
      ).figures(plan.query),
      rows: rows, scanned: seen.reduce(0, +), leftOutOpen: count(where: isLeftOutAsOpen),
      leftOutBots: count {
        !isLeftOutAsOpen($0) && !plan.query.includesBots && $0.bits & ContactMarks.bot != 0
      },
      provisional: plan.query.attribution == .reported || plan.query.includesOpen
        ? nil : scans.reduce(0) { $0 + $1.provisional },
      bases: Dictionary(
        uniqueKeysWithValues: HandlingBasis.allCases.compactMap {
          bases[$0.rawValue] > 0 ? ($0, bases[$0.rawValue]) : nil
        }))
  }

  private static func sums(_ lists: [[Int]]) -> [Int] {
    lists.dropFirst().reduce(lists[0]) { zip($0, $1).map(+) }
  }
}
