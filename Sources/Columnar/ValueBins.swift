/// Bins of durations that grow with them: 64 to each doubling, so that a bin is at most a sixty-fourth of its values
/// wide.
///
///     bin(v) = the upper 15 bits of v + 2 as a 32-bit float, counted from those of 1
///
/// Sign, exponent and the first six bits of the fraction: greater values never have lower bins. Bin 0 is that of a
/// missing value, whose mark wraps round to 1.
package enum ValueBins {
  private static let first: UInt32 = 0x3F80_0000 >> 17

  /// The bin of a value below 2^24, or of a missing one. O(1).
  @inline(__always)
  package static func bin(_ value: UInt32) -> UInt32 {
    // Safe: v + 2 is below 2^31 and at least 1.
    (Float(Int32(truncatingIfNeeded: value &+ 2)).bitPattern &>> 17) &- first
  }

  /// How many bins there are for values up to `greatest`.
  package static func count(upTo greatest: UInt32) -> Int { Int(bin(greatest)) + 1 }
}

/// How many values of each group lie in each bin.
package struct ValueHistogram: Sendable {
  /// Groups, the last of which may stand for rows that are not kept.
  package let groupCount: Int
  package let binCount: Int
  package private(set) var cells: [UInt32]

  /// Nothing counted yet. O(groups × bins).
  ///
  /// - Parameter greatest: no value is above this.
  package init(groupCount: Int, upTo greatest: UInt32) {
    self.groupCount = groupCount
    binCount = ValueBins.count(upTo: greatest)
    cells = Array(repeating: 0, count: groupCount * binCount)
  }

  /// Counts each row, those without a value too. O(rows).
  ///
  /// - Precondition: as many groups as seconds.
  @inline(__always)
  private mutating func count<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Span<Group>, _ seconds: Span<UInt32>
  ) {
    precondition(groups.count == seconds.count)
    let width = UInt32(truncatingIfNeeded: binCount)
    var cells = cells.mutableSpan
    for row in groups.indices {
      // Safe: as many seconds as groups.
      let value = unsafe seconds[unchecked: row]
      cells[Int(UInt32(truncatingIfNeeded: groups[row]) &* width &+ ValueBins.bin(value))] &+= 1
    }
  }

  /// Counts each row under its group, those without a value too. O(rows).
  ///
  /// - Precondition: as many groups as seconds.
  package mutating func add(_ groups: Span<UInt32>, _ seconds: Span<UInt32>) { count(groups, seconds) }

  /// The same for groups of a byte.
  package mutating func add(_ groups: Span<UInt8>, _ seconds: Span<UInt32>) { count(groups, seconds) }

  /// Adds what another slice has counted.
  package mutating func merge(_ other: ValueHistogram) {
    precondition(other.cells.count == cells.count)
    for cell in cells.indices { cells[cell] &+= other.cells[cell] }
  }

  /// The counts of one group, bin by bin; bin 0 holds the rows without a value.
  package func counts(of group: Int) -> ArraySlice<UInt32> {
    cells[(group * binCount)..<((group + 1) * binCount)]
  }
}

/// Sifts out the values that lie in certain bins of certain groups, or of all.
package struct ValueSieve: Sendable {
  private let binCount: Int
  /// For each group and bin a bit that says whether its values are of interest: few enough for the nearest cache.
  private var isWanted: [UInt64]
  /// For each group and bin the number of its target plus one; 0 for none.
  private let targets: [UInt32]
  /// The same by bin, over all groups but the last.
  private let targetsOfAll: [UInt32]
  /// Values found, and the target of each.
  package private(set) var found: [(target: UInt32, value: UInt32)] = []
  /// Rows of a stretch that are of interest: the cell above, the value below.
  private var hits = [UInt64](repeating: 0, count: stretch + 1)

  /// So many rows are sifted at a time.
  private static let stretch = 4_096

  /// - Parameters:
  ///   - targets: a number for each group and bin, 0 where nothing is wanted.
  ///   - ofAll: a number for each bin, or empty.
  ///   - lastGroup: the group whose rows count nowhere.
  package init(targets: [UInt32], ofAll: [UInt32], lastGroup: Int, binCount: Int) {
    self.targets = targets
    self.binCount = binCount
    targetsOfAll = ofAll.isEmpty ? Array(repeating: 0, count: binCount) : ofAll
    isWanted = Array(repeating: 0, count: targets.count / 64 + 1)
    for (cell, target) in targets.enumerated() where target != 0 { want(cell) }
    for (bin, target) in targetsOfAll.enumerated() where target != 0 {
      for group in 0..<lastGroup { want(group * binCount + bin) }
    }
  }

  private mutating func want(_ cell: Int) { isWanted[cell / 64] |= 1 << UInt64(cell % 64) }

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
      let rows = start..<min(start + Self.stretch, groups.count)
      let count = Self.mark(
        groups.extracting(rows), seconds.extracting(rows), UInt32(truncatingIfNeeded: binCount), isWanted,
        &hits)
      for place in 0..<count { take(hits[place]) }
      start = rows.upperBound
    }
  }

  /// Writes every row where the next hit goes and moves on only for a hit: no branch depends on the values.
  @inline(__always)
  private static func mark<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Span<Group>, _ seconds: Span<UInt32>, _ width: UInt32, _ isWanted: [UInt64],
    _ hits: inout [UInt64]
  ) -> Int {
    precondition(groups.count <= stretch && groups.count == seconds.count)
    let isWanted = isWanted.span
    var hits = hits.mutableSpan
    var count = 0
    for row in groups.indices {
      // Safe: as many seconds as groups; there are never more hits than rows, and one place more than rows.
      let value = unsafe seconds[unchecked: row]
      let cell = UInt32(truncatingIfNeeded: unsafe groups[unchecked: row]) &* width &+ ValueBins.bin(value)
      unsafe hits[unchecked: count] = UInt64(cell) << 32 | UInt64(value)
      count &+= Int(truncatingIfNeeded: (isWanted[Int(cell &>> 6)] &>> UInt64(cell & 63)) & 1)
    }
    return count
  }

  private mutating func take(_ hit: UInt64) {
    let (cell, value) = (Int(hit >> 32), UInt32(truncatingIfNeeded: hit))
    if targets[cell] != 0 { found.append((targets[cell] &- 1, value)) }
    let target = targetsOfAll[cell % binCount]
    if target != 0 { found.append((target &- 1, value)) }
  }
}
