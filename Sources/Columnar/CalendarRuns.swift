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
    case .narrow(let base, let column):
      let span = column.span
      return runs(count: span.count) { base &+ Int64(span[$0]) }
    case .wide(let column):
      let span = column.span
      return runs(count: span.count) { span[$0] }
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
  private func runs(count: Int, instant: (Int) -> Int64) -> [CalendarRun] {
    var runs: [CalendarRun] = []
    var cursor = Cursor()
    var row = 0
    while row < count {
      let start = instant(row)
      let code = code(of: start, cursor: &cursor)
      let limit = bucketEnd(of: start, cursor: cursor)
      // Doubling steps, then halving: cheap for runs of a row and for runs of a block.
      var low = row
      var step = 1
      while low + step < count, instant(low + step) < limit {
        low += step
        step *= 2
      }
      var high = min(low + step, count)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if instant(middle) < limit { low = middle } else { high = middle }
      }
      if runs.last?.code == code { runs.removeLast() }
      runs.append(CalendarRun(end: high, code: code))
      row = high
    }
    return runs
  }
}
