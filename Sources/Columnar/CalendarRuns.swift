internal import CLanes

/// Rows of a block, sorted by time, that share a calendar bucket: a division a run instead of one a row.
package struct CalendarRun: Sendable, Equatable {
  /// The first row behind the run.
  package let end: Int
  /// The bucket's code.
  package let code: UInt32
}

extension CalendarCodes {
  /// The runs of a block's rows, first to last. O(runs × log of their lengths).
  ///
  /// - Parameter instants: ascending, none missing.
  package func runs(of instants: OffsetColumn) -> [CalendarRun] {
    switch instants {
    case .narrow(let base, let column): runs(column.span, base: base)
    case .wide(let column): runs(column.span, base: 0)
    }
  }

  /// The code of each row's bucket, in whatever order the instants are. O(rows).
  package func codes(of instants: OffsetColumn) -> CodeColumn {
    var numbers: [Int64] = []
    instants.decode(into: &numbers)
    var cursor = Cursor()
    return .wide(Column(of: numbers.map { code(of: $0, cursor: &cursor) }))
  }

  @inline(__always)
  private func runs<Distance: FixedWidthInteger>(_ instants: Span<Distance>, base: Int64) -> [CalendarRun] {
    var runs: [CalendarRun] = []
    var cursor = Cursor()
    var row = 0
    // Runs of like length follow each other: where the last one's length ends, the end is looked for in growing steps,
    // so that few lines of memory are touched.
    var length = 0
    while row < instants.count {
      Self.fetch(instants, around: row &+ 2 &* length)
      let start = base &+ Int64(instants[row])
      let code = code(of: start, cursor: &cursor)
      // Behind every instant of the column where the bucket is.
      let limit = Distance(clamping: bucketEnd(of: start, cursor: cursor) &- base)
      // From here on: `low` lies in the run, `high` does not.
      var low = row
      var high = instants.count
      let guess = min(row + max(length, 1), instants.count - 1)
      var step = 8
      if instants[guess] < limit {
        low = guess
        while low + step < high, instants[low + step] < limit {
          low += step
          step *= 2
        }
        high = min(low + step, high)
      } else {
        high = guess
        while high - step > low, instants[high - step] >= limit {
          high -= step
          step *= 2
        }
        low = max(high - step, low)
      }
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if instants[middle] < limit { low = middle } else { high = middle }
      }
      if runs.last?.code == code { runs.removeLast() }
      runs.append(CalendarRun(end: high, code: code))
      length = high - row
      row = high
    }
    return runs
  }

  /// Has the lines of memory fetched in which the run after this one may end: they lie far apart, and one after the
  /// other would be waited for.
  @inline(__always)
  private static func fetch<Distance>(_ instants: Span<Distance>, around row: Int) {
    let line = 64 / MemoryLayout<Distance>.stride
    for place in stride(from: row - 2 * line, through: row + 2 * line, by: line)
    where instants.indices.contains(place) {
      // Safe: nothing is read.
      unsafe instants.withUnsafeBufferPointer { unsafe wrapup_prefetch($0.baseAddress! + place) }
    }
  }
}
