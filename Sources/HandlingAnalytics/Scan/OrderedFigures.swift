internal import Columnar

/// Figures that need the values themselves, of the total and of every merged group.
struct OrderedFigures: Sendable {
  /// The total's first, then those of each group: as many as the question has such measures.
  private var figures: [HandlingReport.Figure] = []
  private let measures: [Measure]
  /// Engaged seconds of the total, then of each group; empty unless asked for.
  private var engaged: [UInt64] = []

  /// Nothing that needs values.
  init(_ needs: FigureNeeds) {
    measures = needs.orderedValues + needs.orderedReplies
  }

  /// Whether any measure needs values.
  @inline(__always)
  var hasFigures: Bool { !figures.isEmpty }

  /// The figure of a measure; `nil` when sums give it. O(measures).
  ///
  /// - Parameter group: the place of a merged group, or `nil` for the total.
  func figure(_ measure: Measure, of group: Int?) -> HandlingReport.Figure? {
    guard let place = measures.firstIndex(of: measure) else { return nil }
    return figures[(group.map { $0 + 1 } ?? 0) * measures.count + place]
  }

  /// Engaged seconds of a group or of the total.
  func engagedSeconds(of group: Int?) -> UInt64 {
    engaged.isEmpty ? 0 : engaged[group.map { $0 + 1 } ?? 0]
  }

  /// Looks at the table a second time where a question needs it. O(rows + values), O(n log n) for engaged time.
  init(
    _ plan: ScanPlan, _ scans: [SliceScan], _ merged: MergedGroups, on runner: SliceRunner,
    blocks: @Sendable (Int) -> [(block: ContactBlock, hidden: Selection?)]
  ) throws {
    self.init(plan.needs)
    guard plan.needs.secondPass else { return }
    if scans.allSatisfy(\.index.isDense),
      let quantiles = try HistogramQuantiles(plan, merged, slices: scans.count, on: runner, blocks: blocks)
    {
      figures = quantiles.figures
      return
    }
    let collected: [ValueCollector] = try runner.mapThrowing(scans.count) { slice in
      var scan = scans[slice]
      var collector = ValueCollector(plan.needs, groups: scan.groups, total: scan.total)
      for (block, hidden) in blocks(slice) { try scan.collect(block, hidden: hidden, into: &collector) }
      return collector
    }
    // Groups are dealt out like cards: the few large ones go to different slices.
    let parts = max(1, runner.sliceCount)
    let answered = try runner.map(parts) { part throws(ColumnsFault) in
      stride(from: part, to: merged.keys.count + 1, by: parts).map { place in
        Self.figures(plan, scans, collected, merged, place: place)
      }
    }
    figures = Array(
      repeating: .none, count: measures.isEmpty ? 0 : (merged.keys.count + 1) * measures.count)
    for (part, places) in answered.enumerated() {
      for (number, found) in places.enumerated() {
        let start = (part + number * parts) * measures.count
        for (offset, figure) in found.enumerated() { figures[start + offset] = figure }
      }
    }
    if plan.needs.intervals { engaged = Self.engaged(scans, collected, merged) }
  }

  /// The figures of the total (place 0) or of the group before that place.
  private static func figures(
    _ plan: ScanPlan, _ scans: [SliceScan], _ collected: [ValueCollector], _ merged: MergedGroups, place: Int
  ) -> [HandlingReport.Figure] {
    var values: [UInt32] = []
    var conversationValues: [UInt64] = []
    var replies: [UInt32] = []
    for (slice, collector) in collected.enumerated() {
      if place == 0 {
        values.append(contentsOf: collector.totalValues.valuesIfAny(of: 0))
        conversationValues.append(contentsOf: collector.totalConversationValues.valuesIfAny(of: 0))
        replies.append(contentsOf: collector.totalReplies.valuesIfAny(of: 0))
      } else if let group = scans[slice].index.existingGroup(of: merged.keys[place - 1]),
        group < scans[slice].groups.count
      {
        values.append(contentsOf: collector.values.valuesIfAny(of: group))
        conversationValues.append(contentsOf: collector.conversationValues.valuesIfAny(of: group))
        replies.append(contentsOf: collector.replies.valuesIfAny(of: group))
      }
    }
    let query = plan.query
    return
      (plan.needs.isPerConversation
      ? SortedFigures.figures(plan.needs.orderedValues, of: &conversationValues, query)
      : SortedFigures.figures(plan.needs.orderedValues, of: &values, query))
      + SortedFigures.figures(plan.needs.orderedReplies, of: &replies, query)
  }

  private static func engaged(_ scans: [SliceScan], _ collected: [ValueCollector], _ merged: MergedGroups)
    -> [UInt64]
  {
    var all = OwnedIntervals()
    var total = OwnedIntervals()
    for (scan, collector) in zip(scans, collected) {
      let places = (0..<scan.index.count).map { merged.place(of: scan.index.key(of: $0)).map(UInt32.init) }
      all.add(collector.intervals) { places[Int($0)] }
      total.add(collector.totalIntervals) { $0 }
    }
    return total.unionSeconds(groupCount: 1) + all.unionSeconds(groupCount: merged.keys.count)
  }
}

extension GroupedValues {
  /// The values of a group; none where none were collected.
  fileprivate func valuesIfAny(of group: Int) -> ArraySlice<Value> {
    values.isEmpty ? [] : values(of: group)
  }
}
