/// The rows of one block that a question keeps, one bit a row.
package struct Selection: Sendable {
  /// Bit `row % 64` of word `row / 64` is set when the row is kept; bits past the last row are 0.
  package private(set) var words: [UInt64]
  /// Number of rows of the block, kept or not.
  package let rowCount: Int

  /// Keeps all rows, or none.
  package init(rowCount: Int, all: Bool) {
    self.rowCount = rowCount
    words = Array(repeating: all ? .max : 0, count: (rowCount + 63) / 64)
    clearPastTheEnd()
  }

  /// Keeps the rows whose byte, masked, equals `value`. O(rows), branch-free.
  package init(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) {
    rowCount = bytes.count
    words = []
    words.reserveCapacity((rowCount + 63) / 64)
    var row = 0
    while row < rowCount {
      let end = min(row + 64, rowCount)
      var word: UInt64 = 0
      var bit: UInt64 = 0
      while row < end {
        word |= (bytes[row] & mask == value ? 1 : 0) &<< bit
        bit &+= 1
        row += 1
      }
      words.append(word)
    }
  }

  /// Keeps the rows whose value lies in `range`. O(rows), branch-free.
  package init(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) {
    self.init(rowCount: values.count, all: false)
    let width = range.upperBound - range.lowerBound
    fill { row in values[row] &- range.lowerBound <= width }
  }

  /// Keeps the rows whose value lies in `range`. O(rows), branch-free.
  package init(_ values: [Int64], in range: ClosedRange<Int64>) {
    self.init(rowCount: values.count, all: false)
    fill { row in values[row] >= range.lowerBound && values[row] <= range.upperBound }
  }

  /// Keeps the rows whose bits have any of `mask`. O(rows).
  package init(_ values: [UInt32], anyOf mask: UInt32) {
    self.init(rowCount: values.count, all: false)
    fill { row in values[row] & mask != 0 }
  }

  /// Keeps the rows whose code is marked in `isWanted`, which has a place for every code. O(rows).
  package init(_ codes: CodeColumn, wanted isWanted: [Bool]) {
    self.init(rowCount: codes.count, all: false)
    switch codes {
    case .constant(let code, _): if isWanted[Int(code)] { self = Selection(rowCount: rowCount, all: true) }
    case .bytes(let column):
      let span = column.span
      fill { row in isWanted[Int(span[row])] }
    case .words(let column):
      let span = column.span
      fill { row in isWanted[Int(span[row])] }
    case .wide(let column):
      let span = column.span
      fill { row in isWanted[Int(span[row])] }
    }
  }

  /// Keeps the rows that `isKept` tells, sixty-four to a word.
  @inline(__always)
  private mutating func fill(_ isKept: (Int) -> Bool) {
    var row = 0
    for index in words.indices {
      let end = min(row + 64, rowCount)
      var word: UInt64 = 0
      var bit: UInt64 = 0
      while row < end {
        word |= (isKept(row) ? 1 : 0) &<< bit
        bit &+= 1
        row += 1
      }
      words[index] = word
    }
  }

  /// Whether no row is kept.
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Number of kept rows. O(rows / 64).
  package var count: Int {
    words.reduce(0) { $0 + $1.nonzeroBitCount }
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
