internal import CLanes

extension Selection {
  /// Keeps the rows whose byte, masked, equals `value`. O(rows), sixteen rows a step.
  package init(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) {
    self = Selection(rowCount: bytes.count, all: true).filter(bytes, masked: mask, equal: value)
  }

  /// Keeps the rows whose value lies in `range`. O(rows), sixteen rows a step.
  package init(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) {
    self = Selection(rowCount: values.count, all: true).filter(values, in: range)
  }

  /// Keeps the rows whose value lies in `range`. O(rows), branch-free.
  package init(_ values: [Int64], in range: ClosedRange<Int64>) {
    let values = values.span
    self.init(rowCount: values.count) { row in
      // Safe: rows are below the count.
      unsafe values[unchecked: row] >= range.lowerBound && values[unchecked: row] <= range.upperBound
    }
  }

  /// Keeps the rows whose bits have any of `mask`. O(rows).
  package init(_ values: [UInt32], anyOf mask: UInt32) {
    self.init(rowCount: values.count) { row in values[row] & mask != 0 }
  }

  /// Keeps the rows whose code is marked in `isWanted`, which has a place for every code. O(rows).
  package init(_ codes: CodeColumn, wanted isWanted: [Bool]) {
    switch codes {
    case .constant(let code, let count): self.init(rowCount: count, all: isWanted[Int(code)])
    case .bytes(let column):
      self = Selection(rowCount: column.count, all: true).filter(codes, wanted: isWanted)
    case .words(let column):
      let span = column.span
      self.init(rowCount: span.count) { row in isWanted[Int(span[row])] }
    case .wide(let column):
      let span = column.span
      self.init(rowCount: span.count) { row in isWanted[Int(span[row])] }
    }
  }

  /// Of some rows those whose byte, masked, equals `value`. O(rows / 64 + words with kept rows), sixteen rows a step.
  package func filter(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) -> Selection {
    precondition(bytes.count == rowCount)
    return unsafe filter(bytes.bytes) { values, kept, count, words in
      unsafe wrapup_keep_masked(values, kept, count, mask, value, words)
    } orOne: {
      bytes[$0] & mask == value
    }
  }

  /// Of some rows those whose value lies in `range`. O(rows / 64 + words with kept rows), sixteen rows a step.
  package func filter(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) -> Selection {
    let (least, width) = (range.lowerBound, range.upperBound - range.lowerBound)
    precondition(values.count == rowCount)
    return unsafe filter(values.bytes) { address, kept, count, words in
      unsafe wrapup_keep_range(address, kept, count, least, width, words)
    } orOne: {
      values[$0] &- least <= width
    }
  }

  /// More wanted bytes than these are looked up one by one.
  private static let mostComparisons = 12

  /// Of some rows those whose code is marked. O(rows / 64 + kept).
  package func filter(_ codes: CodeColumn, wanted isWanted: [Bool]) -> Selection {
    guard case .bytes(let column) = codes else { return filter { isWanted[Int(codes.code(at: $0))] } }
    let wanted = isWanted.prefix(256).indices.filter { isWanted[$0] }.map { UInt8($0) }
    let span = column.span
    guard wanted.count <= Self.mostComparisons else { return filter { isWanted[Int(span[$0])] } }
    precondition(span.count == rowCount)
    return unsafe filter(span.bytes) { values, kept, count, words in
      for start in stride(from: 0, to: wanted.count, by: 4) {
        // The first one over again makes four of fewer.
        let four = (0..<4).map { start + $0 < wanted.count ? wanted[start + $0] : wanted[start] }
        unsafe wrapup_keep_any(values, kept, count, four[0], four[1], four[2], four[3], words)
      }
    } orOne: {
      wanted.contains(span[$0])
    }
  }

  /// Of some rows those whose value passes: whole words by `setWords`, the last rows one by one.
  @inline(__always)
  private func filter(
    _ values: RawSpan,
    _ setWords: (UnsafeRawPointer, UnsafePointer<UInt64>, _ wordCount: Int, UnsafeMutablePointer<UInt64>)
      -> Void,
    orOne isKept: (_ row: Int) -> Bool
  ) -> Selection {
    let whole = rowCount / 64
    let kept = self.words
    var words = [UInt64](repeating: 0, count: kept.count)
    if whole > 0 {
      // Safe: there are 64 values for each of so many words.
      unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe kept.withUnsafeBufferPointer { kept in
          unsafe values.withUnsafeBytes { values in
            unsafe setWords(values.baseAddress!, kept.baseAddress!, whole, words.baseAddress!)
          }
        }
      }
    }
    for row in whole * 64..<rowCount where contains(row) && isKept(row) {
      words[whole] |= 1 &<< UInt64(row % 64)
    }
    return Selection(rowCount: rowCount, exactWords: words)
  }

  /// Of some rows those for which `isKept` holds. O(rows / 64 + kept).
  @inline(__always)
  private func filter(_ isKept: (Int) -> Bool) -> Selection {
    var words = words
    for index in words.indices {
      var rest = words[index]
      var kept: UInt64 = 0
      while rest != 0 {
        // Whether a row is kept can't be foreseen: no branch depends on it.
        let bit = rest & (0 &- rest)
        kept |= isKept(index &* 64 &+ rest.trailingZeroBitCount) ? bit : 0
        rest &= rest &- 1
      }
      words[index] = kept
    }
    return Selection(rowCount: rowCount, exactWords: words)
  }

  /// Keeps the rows that `isKept` tells, sixty-four to a word.
  @inline(__always)
  private init(rowCount: Int, _ isKept: (Int) -> Bool) {
    var words: [UInt64] = []
    words.reserveCapacity((rowCount + 63) / 64)
    var row = 0
    while row < rowCount {
      let end = min(row &+ 64, rowCount)
      var word: UInt64 = 0
      var bit: UInt64 = 0
      while row < end {
        word |= (isKept(row) ? 1 : 0) &<< bit
        bit &+= 1
        row &+= 1
      }
      words.append(word)
    }
    self.init(rowCount: rowCount, exactWords: words)
  }
}
