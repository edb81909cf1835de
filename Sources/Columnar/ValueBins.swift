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

  /// The values of a bin above 0.
  package static func values(of bin: Int) -> Range<UInt32> {
    least(in: bin)..<max(least(in: bin), least(in: bin + 1))
  }

  private static func least(in bin: Int) -> UInt32 {
    // Exact: all of it lies below 2^25 and is a multiple of 1/64.
    let start = Float(bitPattern: (UInt32(bin) + first) << 17)
    let whole = UInt32(start)
    return (Float(whole) == start ? whole : whole + 1) - 2
  }

  /// So many rows are treated at a time: their cells stay in the nearest cache.
  static let stretch = 4_096

  /// How many places a list has whose every place is known by the bits of its number: a power of two.
  static func placeCount(for cells: Int) -> Int {
    var count = 64
    while count < cells { count *= 2 }
    return count
  }

  /// The cell of each row, group × bins + bin, into `cells`; a loop that the compiler turns into vectors.
  ///
  /// - Returns: all bits of all cells: below a power of two when every cell is.
  @inline(__always)
  static func cells<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Span<Group>, _ seconds: Span<UInt32>, binCount: Int, into cells: inout [UInt32]
  ) -> UInt32 {
    precondition(groups.count == seconds.count && groups.count <= cells.count)
    let width = UInt32(truncatingIfNeeded: binCount)
    var cells = cells.mutableSpan
    var bits: UInt32 = 0
    for row in groups.indices {
      // Safe: checked above.
      let cell =
        unsafe UInt32(truncatingIfNeeded: groups[unchecked: row]) &* width
        &+ bin(seconds[unchecked: row])
      unsafe cells[unchecked: row] = cell
      bits |= cell
    }
    return bits
  }
}

/// How many values of each group lie in each bin.
package struct ValueHistogram: Sendable {
  /// Groups, the last of which may stand for rows that are not kept.
  package let groupCount: Int
  package let binCount: Int
  private var cells: [UInt32]
  private var places = [UInt32](repeating: 0, count: ValueBins.stretch)

  /// Nothing counted yet. O(groups × bins).
  ///
  /// - Parameter greatest: no value is above this.
  package init(groupCount: Int, upTo greatest: UInt32) {
    self.groupCount = groupCount
    binCount = ValueBins.count(upTo: greatest)
    cells = Array(repeating: 0, count: ValueBins.placeCount(for: groupCount * binCount))
  }

  /// Counts each row under its group, those without a value too. O(rows).
  ///
  /// - Precondition: as many groups as seconds.
  package mutating func add(_ groups: Span<UInt32>, _ seconds: Span<UInt32>) { count(groups, seconds) }

  /// The same for groups of a byte.
  package mutating func add(_ groups: Span<UInt8>, _ seconds: Span<UInt32>) { count(groups, seconds) }

  @inline(__always)
  private mutating func count<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Span<Group>, _ seconds: Span<UInt32>
  ) {
    precondition(groups.count == seconds.count)
    var start = 0
    while start < groups.count {
      let rows = start..<min(start + ValueBins.stretch, groups.count)
      let bits = ValueBins.cells(
        groups.extracting(rows), seconds.extracting(rows), binCount: binCount, into: &places)
      Self.count(places, rows.count, bits, &cells)
      start = rows.upperBound
    }
  }

  private static func count(_ places: [UInt32], _ count: Int, _ bits: UInt32, _ cells: inout [UInt32]) {
    let places = places.span.extracting(0..<count)
    var cells = cells.mutableSpan
    precondition(Int(bits) < cells.count)
    for row in places.indices {
      // Safe: there is a power of two of cells, above which no place has a bit.
      unsafe cells[unchecked: Int(places[unchecked: row])] &+= 1
    }
  }

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
