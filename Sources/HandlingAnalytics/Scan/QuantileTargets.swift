internal import Columnar

/// The bins in which the ranks lie that a question needs, and the way from the values in them to its figures.
struct QuantileTargets: Sendable {
  private let plan: ScanPlan
  private(set) var targets: ValueSieve.Targets
  /// How many values the total has, then each merged group.
  private var counts: [Int] = []
  /// The targets of the total, then of each merged group, by ascending rank.
  private var ranges: [Range<Int>] = []
  /// The rank of the least value of each target.
  private var firstRanks: [Int] = []

  /// O(groups × bins).
  init(_ plan: ScanPlan, _ merged: MergedGroups, _ own: ValueHistogram, _ further: ValueHistogram?) {
    self.plan = plan
    targets = ValueSieve.Targets(groupCount: own.groupCount, binCount: own.binCount)
    var whole = [Int](repeating: 0, count: own.binCount)
    for group in 0..<Int(plan.keyBound) {
      for (bin, count) in own.counts(of: group).enumerated() { whole[bin] += Int(count) }
    }
    append(whole, of: nil)
    for key in merged.keys {
      var counts = own.counts(of: Int(key)).map { Int($0) }
      if let further {
        for (bin, count) in further.counts(of: Int(key)).enumerated() { counts[bin] += Int(count) }
      }
      append(counts, of: Int(key))
    }
  }

  /// Makes targets of the bins of the ranks that are needed among the counts of one group, or of all.
  private mutating func append(_ counts: [Int], of group: Int?) {
    let n = counts.dropFirst().reduce(0, +)
    var ranks = Set<Int>()
    for measure in plan.needs.orderedValues {
      ranks.formUnion(SortedFigures.ranks(measure, n: n, plan.query))
    }
    let first = firstRanks.count
    var bin = 1
    var below = 0
    for rank in ranks.sorted() {
      while below + counts[bin] <= rank {
        below += counts[bin]
        bin += 1
      }
      if firstRanks.count > first, firstRanks.last == below { continue }
      firstRanks.append(below)
      targets.append(bin: bin, of: group)
    }
    self.counts.append(n)
    ranges.append(first..<firstRanks.count)
  }

  /// The figures of the total, then of each merged group. O(figures × values of a bin).
  ///
  /// - Parameter found: how many rows have each value of each target.
  func figures(_ found: [UInt32]) -> [HandlingReport.Figure] {
    var figures: [HandlingReport.Figure] = []
    for (n, range) in zip(counts, ranges) {
      for measure in plan.needs.orderedValues {
        figures.append(
          SortedFigures.figure(measure, n: n, plan.query) { rank in
            let target = range.lowerBound + firstRanks[range].partitionPoint { $0 > rank } - 1
            return targets.value(of: target, rank: rank - firstRanks[target], counts: found)
          })
      }
    }
    return figures
  }
}
