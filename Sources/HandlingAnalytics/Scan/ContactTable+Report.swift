internal import CivilTime
internal import Columnar

extension ContactTable {
  /// Answers a question. The same answer for any number of slices.
  ///
  /// One pass over the columns the question names, a second one where figures need the values themselves; more passes,
  /// each over a share of the groups, where there are too many of these for the memory of one.
  package func report(_ query: HandlingQuery, _ setting: QuerySetting, on runner: SliceRunner)
    throws(QueryFault)
    -> HandlingReport
  {
    var query = query
    if query.measures.contains(.histogram) { query = try withBins(query, setting, on: runner) }
    let plan = try ScanPlan(query, over: self, setting)
    var partitionCount = 1
    while true {
      do {
        return try answer(plan, partitionCount: partitionCount, zone: setting.zone, on: runner)
      } catch is SliceScan.TooManyGroups {
        partitionCount *= 4
      } catch let fault as ColumnsFault {
        throw .columns(fault)
      } catch let fault as QueryFault {
        throw fault
      } catch {
        throw .columns(.damaged)
      }
    }
  }

  private func answer(_ plan: ScanPlan, partitionCount: Int, zone: TimeZoneRules, on runner: SliceRunner)
    throws
    -> HandlingReport
  {
    let slices = max(1, min(runner.sliceCount, blocks.count))
    var rows = AnswerRows(plan)
    var total: [HandlingReport.Figure] = []
    var basis = HandlingReport.Basis()
    if let ranged = try RangedScan(plan, blocks) {
      let scans = try scan(plan.ofTotal, SliceScan.Partition(), slices: slices, on: runner)
      let merged = MergedGroups(scans, plan.needs)
      for scan in scans { basis.add(scan.basis) }
      let ordered = OrderedFigures(plan.needs)
      total = Figures(plan: plan, merged: merged, ordered: ordered, whole: merged.total).ofTotal
      rows = try ranged.rows(merged.total, (0..<slices).map { share($0, of: slices) }, on: runner)
    } else {
      var whole: GroupSums?
      for number in 0..<partitionCount {
        let partition = SliceScan.Partition(number: number, count: partitionCount)
        let scans = try scan(plan, partition, slices: slices, on: runner)
        let merged = MergedGroups(scans, plan.needs)
        let ordered = try OrderedFigures(plan, scans, merged, on: runner) { share($0, of: slices) }
        if number == 0 { for scan in scans { basis.add(scan.basis) } }
        let figures = Figures(plan: plan, merged: merged, ordered: ordered, whole: whole ?? merged.total)
        if number == 0 { total = figures.ofTotal }
        whole = whole ?? merged.total
        try rows.append(figures)
      }
    }
    if plan.cohort.wantsProvisional { basis.provisional = basis.provisional ?? 0 }
    if plan.query.dimensions.contains(.tag) { basis.mergedTags = mergedTagCount }
    return HandlingReport(
      query: plan.query, zone: zone.identifier, limits: plan.limits,
      periodText: HandlingReport.PeriodText(plan.limits, in: zone), seq: position.seq, total: total,
      rows: try rows.finish(), rowCount: rows.count, basis: basis)
  }

  /// The blocks of each slice: every slice-th one, so that all get a like share of every period.
  private func share(_ slice: Int, of slices: Int) -> [(block: ContactBlock, hidden: Selection?)] {
    let all = blocks
    return stride(from: slice, to: all.count, by: slices).map { all[$0] }
  }

  private func scan(
    _ plan: ScanPlan, _ partition: SliceScan.Partition, slices: Int, on runner: SliceRunner
  ) throws -> [SliceScan] {
    try runner.mapThrowing(slices) { slice in
      let blocks = share(slice, of: slices)
      var scan = SliceScan(plan, partition, rowCount: blocks.reduce(0) { $0 + $1.block.rowCount })
      for (block, hidden) in blocks { try scan.add(block, hidden: hidden) }
      scan.finish()
      return scan
    }
  }

  /// The question with ranges in place of its histogram, which suit the values of the total.
  private func withBins(_ query: HandlingQuery, _ setting: QuerySetting, on runner: SliceRunner)
    throws(QueryFault)
    -> HandlingQuery
  {
    // Before ranges take the histogram's place, so that a mistake names what was asked for.
    do throws(QueryMistake) { try query.check() } catch { throw .mistake(error) }
    var whole = query
    whole.dimensions = []
    whole.measures = [.quantile(permille: 950), .max]
    whole.order = nil
    whole.limit = nil
    whole.tagCounting = .each
    let figures = try report(whole, setting, on: runner).total
    let bins = HistogramBins.bins(p95: figures[0].number, max: figures[1].number)
    var binned = query
    binned.measures = query.measures.flatMap { $0 == .histogram ? bins : [$0] }
    return binned
  }
}

extension HandlingReport.PeriodText {
  /// Limits on the clock of a zone.
  init(_ limits: PeriodLimits?, in zone: TimeZoneRules) {
    func text(_ seconds: Int64) -> String {
      let instant = Instant(seconds)
      return ISO8601.string(instant, offset: zone.offset(at: instant))
    }
    from = limits?.from.map(text)
    to = limits?.to.map(text)
  }
}

extension HandlingReport.Basis {
  /// Adds what another slice has counted.
  mutating func add(_ other: HandlingReport.Basis) {
    scanned += other.scanned
    leftOut.period += other.leftOut.period
    leftOut.open += other.leftOut.open
    leftOut.bots += other.leftOut.bots
    leftOut.filter += other.leftOut.filter
    n += other.n
    missing += other.missing
    bases.merge(other.bases, uniquingKeysWith: +)
    if let count = other.provisional { provisional = (provisional ?? 0) + count }
    severalTags += other.severalTags
    requalified += other.requalified
    effort.columns.merge(other.effort.columns, uniquingKeysWith: +)
    effort.blocksRead += other.effort.blocksRead
    effort.blocksSkipped += other.effort.blocksSkipped
  }
}

extension HandlingReport.Figure {
  /// As a number; `nil` when undefined.
  public var number: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .real(let number): number
    case .none: nil
    }
  }
}
