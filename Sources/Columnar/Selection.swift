/// The rows of one block that a question keeps, one bit a row.
package struct Selection: Sendable {
  /// Bit `row % 64` of word `row / 64` is set when the row is kept; bits past the last row are 0.
  @usableFromInline
  package internal(set) var words: [UInt64]
  /// Number of rows of the block, kept or not.
  package let rowCount: Int

  /// Keeps all rows, or none.
  package init(rowCount: Int, all: Bool) {
    self.rowCount = rowCount
    words = Array(repeating: all ? .max : 0, count: (rowCount + 63) / 64)
    clearPastTheEnd()
  }

  /// Words of which no bit past the last row is set.
  init(rowCount: Int, exactWords words: [UInt64]) {
    self.rowCount = rowCount
    self.words = words
  }

  /// Whether no row is kept.
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Number of kept rows. O(rows / 64).
  package var count: Int {
    let words = words.span
    var count = 0
    var index = 0
    // Four words at a time, as bytes of counts up to 32: processors need not have an instruction for it.
    while index &+ 4 <= words.count {
      var bytes: UInt64 = 0
      for part in 0..<4 {
        // Safe: below the count by the loop's condition.
        var word = unsafe words[unchecked: index &+ part]
        word &-= (word &>> 1) & 0x5555_5555_5555_5555
        word = (word & 0x3333_3333_3333_3333) &+ ((word &>> 2) & 0x3333_3333_3333_3333)
        bytes &+= (word &+ (word &>> 4)) & 0x0F0F_0F0F_0F0F_0F0F
      }
      // All four words together may have 256 bits, one more than a byte counts.
      let pairs = (bytes & 0x00FF_00FF_00FF_00FF) &+ ((bytes &>> 8) & 0x00FF_00FF_00FF_00FF)
      count &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
      index &+= 4
    }
    while index < words.count {
      count &+= words[index].nonzeroBitCount
      index &+= 1
    }
    return count
  }

  /// Keeps `row`.
  package mutating func insert(_ row: Int) {
    words[row / 64] |= 1 &<< UInt64(row % 64)
  }

  /// Whether `row` is kept.
  package func contains(_ row: Int) -> Bool {
    words[row / 64] & (1 &<< UInt64(row % 64)) != 0
  }

  /// Drops the rows that `other` keeps. O(rows / 64).
  package mutating func subtract(_ other: Selection) {
    precondition(other.rowCount == rowCount)
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// Drops the rows that `other` does not keep. O(rows / 64).
  package mutating func intersect(_ other: Selection) {
    precondition(other.rowCount == rowCount)
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Keeps what was dropped and drops what was kept. O(rows / 64).
  package mutating func invert() {
    for index in words.indices { words[index] = ~words[index] }
    clearPastTheEnd()
  }

  /// Calls `body` with each kept row, ascending. O(rows / 64 + kept).
  @inlinable
  @inline(__always)
  package func forEach(_ body: (Int) -> Void) {
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        body(index &* 64 &+ rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }

  /// The kept rows in ascending order, into `rows`. O(rows / 64 + kept).
  package func list(into rows: inout [UInt32]) {
    rows.removeAll(keepingCapacity: true)
    for (index, word) in words.enumerated() {
      var rest = word
      let start = UInt32(truncatingIfNeeded: index) &* 64
      while rest != 0 {
        rows.append(start &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
  }

  private mutating func clearPastTheEnd() {
    if !rowCount.isMultiple(of: 64), !words.isEmpty {
      words[words.count - 1] &= (1 &<< UInt64(rowCount % 64)) &- 1
    }
  }
}

extension Selection {
  /// Restores a selection from the words it was written with; `nil` when they are not of a block this long.
  package init?(rowCount: Int, words: [UInt64]) {
    guard words.count == (rowCount + 63) / 64 else { return nil }
    self.rowCount = rowCount
    self.words = words
    clearPastTheEnd()
  }
}
