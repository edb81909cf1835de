/// Rows of a block in the order of the ranges their places lie in, so that each range can be added up on its own, over
/// all blocks, while its sums stay in the nearest caches.
///
///     entry    bit 63 … 32   31 … 0
///              value         place         sorted by place / placesOfRange, within a range in the order of rows
package struct RangedRows: Sendable {
  /// Places of a range: a quarter of a megabyte of packed sums.
  package static let placesOfRange = 1 << rangeBits
  private static let rangeBits = 15
  /// In place of the value of a row that was not handled; ``missingSeconds`` is that of a handled one without a value.
  package static var unhandled: UInt32 { .max - 1 }

  fileprivate let entries: [UInt64]
  /// The entry behind the last of each range.
  private let ends: [UInt32]

  /// Number of rows in a range; ranges count from 0.
  package func count(inRange range: Int) -> Int { rows(ofRange: range).count }

  fileprivate func rows(ofRange range: Int) -> Range<Int> {
    (range == 0 ? 0 : Int(ends[range - 1]))..<Int(ends[range])
  }

  @inline(__always)
  fileprivate static func value(_ entry: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: entry &>> 32) }

  /// The place within its range.
  @inline(__always)
  fileprivate static func place(_ entry: UInt64) -> Int { Int(entry & UInt64(placesOfRange - 1)) }

  /// Gathers the rows of one block after the other.
  package struct Sorter: Sendable {
    private let ranges: Range<Int>
    private var unsorted: [UInt64] = []
    private var counts: [UInt32]

    /// - Parameter ranges: those whose rows are wanted; they are numbered from 0 in what comes out.
    package init(ranges: Range<Int>) {
      self.ranges = ranges
      counts = Array(repeating: 0, count: ranges.count)
    }

    /// Adds rows of the block at hand, but for those at the place `dropped` and those of other ranges. O(rows).
    ///
    /// - Precondition: as many places as values.
    package mutating func append(_ places: Span<UInt32>, _ values: Span<UInt32>, dropping dropped: UInt32) {
      precondition(places.count == values.count)
      let first = unsorted.count
      unsorted.append(contentsOf: repeatElement(0, count: places.count))
      let added = Self.append(
        places, values, dropping: dropped, ranges: ranges, at: first, to: &unsorted, counting: &counts)
      unsorted.removeLast(places.count - added)
    }

    /// How many were added.
    private static func append(
      _ places: Span<UInt32>, _ values: Span<UInt32>, dropping dropped: UInt32, ranges: Range<Int>,
      at first: Int, to unsorted: inout [UInt64], counting counts: inout [UInt32]
    ) -> Int {
      let (least, rangeCount) = (UInt32(ranges.lowerBound), UInt32(ranges.count))
      var entries = unsorted.mutableSpan
      var counted = counts.mutableSpan
      precondition(first + places.count <= entries.count && counted.count == Int(rangeCount))
      var next = first
      for row in places.indices {
        let place = places[row]
        let range = place &>> UInt32(RangedRows.rangeBits) &- least
        guard range < rangeCount, place != dropped else { continue }
        // Safe: as many values as places, room for each was made, and the range has been checked.
        unsafe entries[unchecked: next] = UInt64(values[unchecked: row]) &<< 32 | UInt64(place)
        unsafe counted[unchecked: Int(range)] &+= 1
        next &+= 1
      }
      return next - first
    }

    /// The rows of the block, sorted; the next block can begin. O(rows + ranges).
    package mutating func sorted() -> RangedRows {
      var ends = counts
      var starts = counts
      var end: UInt32 = 0
      for range in counts.indices {
        starts[range] = end
        end += counts[range]
        ends[range] = end
        counts[range] = 0
      }
      let sorted = Self.scattered(unsorted, &starts, firstRange: ranges.lowerBound)
      unsorted.removeAll(keepingCapacity: true)
      return RangedRows(entries: sorted, ends: ends)
    }

    private static func scattered(_ unsorted: [UInt64], _ starts: inout [UInt32], firstRange: Int) -> [UInt64]
    {
      var sorted = [UInt64](repeating: 0, count: unsorted.count)
      var target = sorted.mutableSpan
      var next = starts.mutableSpan
      let entries = unsorted.span
      for entry in entries.indices {
        let word = entries[entry]
        let range = Int(UInt32(truncatingIfNeeded: word) &>> UInt32(RangedRows.rangeBits)) &- firstRange
        target[Int(next[range])] = word
        next[range] &+= 1
      }
      return sorted
    }
  }
}

extension PackedTally {
  /// Adds the rows of a range under their places, less the first of the range. O(rows): 8 bytes read a row.
  ///
  /// - Precondition: there are ``RangedRows/placesOfRange`` places.
  package mutating func add(_ rows: RangedRows, range: Int) {
    precondition(placeCount == RangedRows.placesOfRange)
    let entries = rows.entries.span.extracting(rows.rows(ofRange: range))
    if hasSpread {
      for entry in entries.indices {
        let value = RangedRows.value(entries[entry])
        add(
          value == RangedRows.unhandled ? missingSeconds : value, at: RangedRows.place(entries[entry]),
          isHandled: value != RangedRows.unhandled)
      }
    } else {
      Self.addSums(entries, &words, &valueless, &unhandled)
    }
  }

  private static func addSums(
    _ entries: Span<UInt64>, _ words: inout [UInt64], _ valueless: inout [UInt32], _ unhandled: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    var unhandled = unhandled.mutableSpan
    for entry in entries.indices {
      let value = RangedRows.value(entries[entry])
      let place = RangedRows.place(entries[entry])
      if value < RangedRows.unhandled {
        // Safe: every place is below that of a range, and as many were asked for.
        unsafe words[unchecked: place] &+= one &+ UInt64(value)
      } else {
        valueless[place] &+= 1
        if value == RangedRows.unhandled { unhandled[place] &+= 1 }
      }
    }
  }
}
