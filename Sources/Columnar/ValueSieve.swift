/// Counts value by value what lies in certain bins of certain groups, or of all groups together.
package struct ValueSieve: Sendable {
  /// Bins of interest and where the counts of their values are.
  package struct Targets: Sendable {
    let binCount: Int
    /// For each group and bin the number of its target plus one; 0 for none.
    fileprivate var targetOfCell: [UInt32]
    /// The same by bin, over all groups but the last.
    fileprivate var targetOfBin: [UInt32]
    /// Least value of each target, and where its counts begin.
    fileprivate var targets: [(least: UInt32, start: Int)] = []
    /// Number of counts.
    package private(set) var countCount = 0

    /// None yet, for groups of which the last counts nowhere.
    package init(groupCount: Int, binCount: Int) {
      self.binCount = binCount
      targetOfCell = Array(repeating: 0, count: groupCount * binCount)
      targetOfBin = Array(repeating: 0, count: binCount)
    }

    /// Makes a bin a target, of one group or (`nil`) of all. Targets are numbered from 0 on.
    package mutating func append(bin: Int, of group: Int?) {
      let values = ValueBins.values(of: bin)
      targets.append((values.lowerBound, countCount))
      countCount += values.count
      if let group {
        targetOfCell[group * binCount + bin] = UInt32(targets.count)
      } else {
        targetOfBin[bin] = UInt32(targets.count)
      }
    }

    /// The value that stands at a rank among those of a target.
    ///
    /// - Parameter counts: of all targets' values.
    package func value(of target: Int, rank: Int, counts: [UInt32]) -> UInt32 {
      var place = targets[target].start
      var below = 0
      while below + Int(counts[place]) <= rank {
        below += Int(counts[place])
        place += 1
      }
      return targets[target].least + UInt32(place - targets[target].start)
    }
  }

  private let targets: Targets
  /// For each cell a bit that says whether its values are of interest: few enough for the nearest cache.
  private var isWanted: [UInt64]
  /// How many rows have each value of each target.
  package private(set) var counts: [UInt32]
  private var cells = [UInt32](repeating: 0, count: ValueBins.stretch)
  private let countsForAll: Bool

  /// - Parameter countsForAll: whether the targets of all groups together are meant too.
  package init(_ targets: Targets, countsForAll: Bool) {
    self.targets = targets
    self.countsForAll = countsForAll
    isWanted = Array(repeating: 0, count: ValueBins.placeCount(for: targets.targetOfCell.count) / 64)
    counts = Array(repeating: 0, count: targets.countCount)
    let lastGroup = targets.targetOfCell.count - targets.binCount
    for cell in targets.targetOfCell.indices {
      let isOfAll = countsForAll && cell < lastGroup && targets.targetOfBin[cell % targets.binCount] != 0
      if targets.targetOfCell[cell] != 0 || isOfAll { isWanted[cell / 64] |= 1 << UInt64(cell % 64) }
    }
  }

  /// Sifts each row. O(rows).
  ///
  /// - Precondition: as many groups as seconds.
  package mutating func add(_ groups: Span<UInt32>, _ seconds: Span<UInt32>) { sift(groups, seconds) }

  /// The same for groups of a byte.
  package mutating func add(_ groups: Span<UInt8>, _ seconds: Span<UInt32>) { sift(groups, seconds) }

  @inline(__always)
  private mutating func sift<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Span<Group>, _ seconds: Span<UInt32>
  ) {
    precondition(groups.count == seconds.count)
    var start = 0
    while start < groups.count {
      let rows = start..<min(start + ValueBins.stretch, groups.count)
      let stretch = seconds.extracting(rows)
      let bits = ValueBins.cells(
        groups.extracting(rows), stretch, binCount: targets.binCount, into: &cells)
      take(stretch, bits)
      start = rows.upperBound
    }
  }

  /// Counts what is of interest among the rows of a stretch whose cells are known: 64 answers at a time go into one
  /// word, so that no branch depends on a row that is not, which most are.
  private mutating func take(_ seconds: Span<UInt32>, _ bits: UInt32) {
    precondition(Int(bits) < isWanted.count * 64)
    var first = 0
    while first < seconds.count {
      let end = min(first + 64, seconds.count)
      // The last row's answer is the lowest bit.
      var wanted = Self.wanted(first..<end, cells, isWanted)
      while wanted != 0 {
        let row = end &- 1 &- wanted.trailingZeroBitCount
        wanted &= wanted &- 1
        let value = seconds[row]
        count(value, targets.targetOfCell[Int(cells[row])])
        if countsForAll { count(value, targets.targetOfBin[Int(ValueBins.bin(value))]) }
      }
      first = end
    }
  }

  /// One bit a row, the first row's highest: adding a word to itself with the bit carried in is one instruction.
  ///
  /// - Precondition: there is a power of two of answers, above which no cell has a bit.
  private static func wanted(_ rows: Range<Int>, _ cells: [UInt32], _ isWanted: [UInt64]) -> UInt64 {
    let cells = cells.span.extracting(rows)
    let isWanted = isWanted.span
    var wanted: UInt64 = 0
    for row in cells.indices {
      // Safe: below the count of these cells; each has its answer, by the precondition.
      let cell = unsafe cells[unchecked: row]
      let word = unsafe isWanted[unchecked: Int(cell &>> 6)]
      wanted = wanted &+ wanted &+ ((word &>> UInt64(cell & 63)) & 1)
    }
    return wanted
  }

  @inline(__always)
  private mutating func count(_ value: UInt32, _ target: UInt32) {
    guard target != 0 else { return }
    let (least, start) = targets.targets[Int(target) - 1]
    counts[start + Int(value - least)] &+= 1
  }

  /// Adds what another sieve of the same targets has counted.
  package mutating func merge(_ other: ValueSieve) {
    for place in counts.indices { counts[place] &+= other.counts[place] }
  }
}
