internal import Columnar

extension DenseScan {
  /// Which rows a chunk has.
  enum ChunkRows {
    /// Neighbours.
    case stretch(Range<Int>)
    case listed(ArraySlice<UInt32>)

    /// The row of an entry of the chunk.
    func row(_ entry: Int) -> Int {
      switch self {
      case .stretch(let range): range.lowerBound + entry
      case .listed(let rows): Int(rows[rows.startIndex + entry])
      }
    }

    /// The first entry from one on that is not before a row; `count`, the number of entries, where all are.
    func entry(of row: Int, from entry: Int, count: Int) -> Int {
      guard case .listed = self else { return min(max(entry, row - self.row(0)), count) }
      var entry = entry
      while entry < count, self.row(entry) < row { entry += 1 }
      return entry
    }
  }

  /// A few thousand rows at a time: the place of each, its value, and which rows they are.
  ///
  /// Where most rows are kept, the others come too, with the place ``dropped``; where few are, only these.
  typealias ChunkBody = (Pass, PlaceNumbers, Span<UInt32>, ChunkRows) throws(ColumnsFault) -> Void

  /// Goes through the kept rows of a block. O(rows), O(kept rows) where these are few.
  @inline(__always)
  mutating func forEachChunk(_ rows: Rows, _ digits: BlockDigits, _ body: ChunkBody) throws(ColumnsFault) {
    if let kept = rows.kept, rows.areFew {
      try forEachListedChunk(rows, digits, kept, body)
    } else {
      try forEachWholeChunk(rows, digits, body)
    }
  }

  @inline(__always)
  private mutating func forEachWholeChunk(_ rows: Rows, _ digits: BlockDigits, _ body: ChunkBody)
    throws(ColumnsFault)
  {
    let seconds = rows.seconds.span
    var nextFurther = 0
    var start = 0
    while start < rows.block.rowCount {
      let end = min(start + PlaceNumbers.capacity, rows.block.rowCount)
      numbers.start(end - start)
      try digits.forEachStretch(of: start..<end) { stretch, number throws(ColumnsFault) in
        numbers.add(number, to: (stretch.lowerBound - start)..<(stretch.upperBound - start))
      }
      for codes in digits.codes where codes.isShared {
        numbers.add(codes.column, from: start, stride: codes.stride)
      }
      if digits.further != nil { bare.start(numbers) }
      for codes in digits.codes where !codes.isShared {
        numbers.add(codes.column, from: start, stride: codes.stride)
      }
      if let kept = rows.kept { numbers.drop(notKeptBy: kept, from: start, as: dropped) }
      try body(.own, numbers, seconds.extracting(start..<end), .stretch(start..<end))
      if digits.further != nil {
        nextFurther = try forEachFurther(
          rows, digits, from: nextFurther, .stretch(start..<end), count: end - start, body)
      }
      start = end
    }
  }

  @inline(__always)
  private mutating func forEachListedChunk(
    _ rows: Rows, _ digits: BlockDigits, _ kept: Selection, _ body: ChunkBody
  ) throws(ColumnsFault) {
    var listed: [UInt32] = []
    kept.list(into: &listed)
    let seconds = rows.seconds.span
    var cursors = digits.runs.map { _ in 0 }
    var nextFurther = 0
    var start = 0
    while start < listed.count {
      let part = listed[start..<min(start + PlaceNumbers.capacity, listed.count)]
      numbers.start(part.count)
      for (place, runs) in digits.runs.enumerated() {
        for (entry, row) in part.enumerated() {
          while runs.runs[cursors[place]].end <= Int(row) { cursors[place] += 1 }
          numbers.add(runs.runs[cursors[place]].code * runs.stride, to: entry..<(entry + 1))
        }
      }
      for codes in digits.codes where codes.isShared {
        numbers.add(codes.column, at: part, stride: codes.stride)
      }
      if digits.further != nil { bare.start(numbers) }
      for codes in digits.codes where !codes.isShared {
        numbers.add(codes.column, at: part, stride: codes.stride)
      }
      let values = part.map { seconds[Int($0)] }
      try body(.own, numbers, values.span, .listed(part))
      if digits.further != nil {
        nextFurther = try forEachFurther(
          rows, digits, from: nextFurther, .listed(part), count: part.count, body)
      }
      start = part.endIndex
    }
  }

  /// The rows of a chunk again, under their further tags; returns the first further tag behind them. O(rows listed +
  /// further tags).
  @inline(__always)
  private mutating func forEachFurther(
    _ rows: Rows, _ digits: BlockDigits, from first: Int, _ chunk: ChunkRows, count: Int, _ body: ChunkBody
  ) throws(ColumnsFault) -> Int {
    guard let tags = digits.further else { return first }
    let furtherRows = tags.furtherRows.span
    let seconds = rows.seconds.span
    var next = first
    var entry = 0
    while next < furtherRows.count, entry < count {
      furtherNumbers.start(0)
      var listed: [UInt32] = []
      var values: [UInt32] = []
      listed.reserveCapacity(PlaceNumbers.capacity)
      values.reserveCapacity(PlaceNumbers.capacity)
      while next < furtherRows.count, listed.count < PlaceNumbers.capacity {
        let row = Int(furtherRows[next])
        entry = chunk.entry(of: row, from: entry, count: count)
        guard entry < count else { break }
        if chunk.row(entry) == row, rows.kept?.contains(row) ?? true {
          furtherNumbers.append(bare[entry] &+ tags.furtherCodes.code(at: next) &* digits.tagStride)
          listed.append(UInt32(row))
          values.append(seconds[row])
        }
        next += 1
      }
      if !listed.isEmpty { try body(.further, furtherNumbers, values.span, .listed(listed[...])) }
    }
    return next
  }
}
