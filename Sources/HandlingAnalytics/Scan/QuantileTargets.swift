internal import Columnar

/// The bins in which the ranks lie that a question needs, and the way from the values in them to its figures.
struct QuantileTargets {
  /// One bin of one group.
  private struct Target {
    /// The rank of its least value.
    let firstRank: Int
  }

  private let plan: ScanPlan
  private let binCount: Int
  /// How many values the total has, then each merged group.
  private var counts: [Int] = []
  /// Targets of the total, then of each merged group, by ascending rank: ranges of ``targets``.
  private var ranges: [Range<Int>] = []
  private var targets: [Target] = []
  /// Target + 1 by group and bin; 0 for bins of no interest.
  private var targetOfCell: [UInt32]
  /// Target + 1 by bin, for the total.
  private var targetOfBin: [UInt32]

  /// O(groups × bins).
  init(_ plan: ScanPlan, _ merged: MergedGroups, _ own: ValueHistogram, _ further: ValueHistogram?) {
    self.plan = plan
    binCount = own.binCount
    targetOfCell = Array(repeating: 0, count: own.cells.count)
    targetOfBin = Array(repeating: 0, count: own.binCount)
    var whole = [Int](repeating: 0, count: own.binCount)
    for group in 0..<Int(plan.keyBound) {
      for (bin, count) in own.counts(of: group).enumerated() { whole[bin] += Int(count) }
    }
    mark(whole) { targets, bin, target in targets.targetOfBin[bin] = target }
    for key in merged.keys {
      var counts = own.counts(of: Int(key)).map { Int($0) }
      if let further {
        for (bin, count) in further.counts(of: Int(key)).enumerated() { counts[bin] += Int(count) }
      }
      mark(counts) { targets, bin, target in
        targets.targetOfCell[Int(key) * targets.binCount + bin] = target
      }
    }
  }

  /// Finds the bins of the ranks that are needed among the counts of one group.
  private mutating func mark(_ counts: [Int], _ note: (inout QuantileTargets, Int, UInt32) -> Void) {
    let n = counts.dropFirst().reduce(0, +)
    var ranks = Set<Int>()
    for measure in plan.needs.orderedValues {
      ranks.formUnion(SortedFigures.ranks(measure, n: n, plan.query))
    }
    let first = targets.count
    var bin = 1
    var below = 0
    for rank in ranks.sorted() {
      while below + counts[bin] <= rank {
        below += counts[bin]
        bin += 1
      }
      if targets.count > first, targets[targets.count - 1].firstRank == below { continue }
      targets.append(Target(firstRank: below))
      note(&self, bin, UInt32(targets.count))
    }
    self.counts.append(n)
    ranges.append(first..<targets.count)
  }

  /// A sieve for the rows of a pass.
  func sieve(_ pass: DenseScan.Pass) -> ValueSieve {
    // Only a contact's own row counts in the total.
    ValueSieve(
      targets: targetOfCell, ofAll: pass == .own ? targetOfBin : [], lastGroup: Int(plan.keyBound),
      binCount: binCount)
  }

  /// The figures of the total, then of each merged group. O(values that were sifted out).
  func figures(_ sifted: [[(target: UInt32, value: UInt32)]], on runner: SliceRunner) -> [HandlingReport
    .Figure]
  {
    var sizes = [Int](repeating: 0, count: targets.count)
    for found in sifted { for entry in found { sizes[Int(entry.target)] += 1 } }
    var values = GroupedValues<UInt32>(counts: sizes)
    for found in sifted { for entry in found { values.add(entry.value, to: Int(entry.target)) } }
    let parts = max(1, runner.sliceCount)
    let collected = values
    // Targets are dealt out like cards: the total's, which are the large ones, go to different slices.
    let sorted = runner.map(parts) { part in
      stride(from: part, to: targets.count, by: parts).map { collected.values(of: $0).sorted() }
    }
    var figures: [HandlingReport.Figure] = []
    for (n, range) in zip(counts, ranges) {
      for measure in plan.needs.orderedValues {
        figures.append(
          SortedFigures.figure(measure, n: n, plan.query) { rank in
            let target = range.lowerBound + targets[range].partitionPoint { $0.firstRank > rank } - 1
            return sorted[target % parts][target / parts][rank - targets[target].firstRank]
          })
      }
    }
    return figures
  }
}
