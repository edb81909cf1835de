internal import Columnar

/// Where the digits of the group of a block's contacts come from.
struct BlockDigits {
  /// What codes of contacts add to their group.
  struct Codes {
    let column: CodeColumn
    let stride: UInt32
    /// Whether a contact has the same digit under each of its tags.
    var isShared = true
  }

  /// What the buckets of a sorted column add, stretch by stretch.
  struct Runs {
    let runs: [CalendarRun]
    let stride: UInt32
  }

  private(set) var codes: [Codes] = []
  private(set) var runs: [Runs] = []
  /// The tags, where a conversation counts in each of several.
  private(set) var further: CodeListColumn?
  /// The stride of the tags.
  private(set) var tagStride: UInt32 = 0

  /// Looks up a block's columns. O(rows) where a calendar dimension is not sorted, else O(runs).
  init(_ plan: ScanPlan, _ block: ContactBlock) throws(ColumnsFault) {
    for key in plan.keys {
      let stride = UInt32(key.stride)
      switch key.coding.source {
      case .codes(let column): codes.append(Codes(column: try block.codes(column), stride: stride))
      case .tags:
        let tags = try block.tags()
        codes.append(Codes(column: tags.first, stride: stride, isShared: false))
        guard tags.furtherRows.count > 0 else { continue }
        further = tags
        tagStride = stride
      case .calendar(let column, let calendar):
        let instants = try block.offsets(column)
        if column == .reportedAt, block.isSorted {
          runs.append(Runs(runs: calendar.runs(of: instants), stride: stride))
        } else {
          codes.append(Codes(column: calendar.codes(of: instants), stride: stride))
        }
      }
    }
    if plan.shareRadix > 1 {
      codes.append(Codes(column: try block.tags().lengths, stride: 1))
    }
  }

  /// The codes, where they are few enough for a kernel of their own.
  var pair: CodePair? { CodePair(codes.map { ($0.column, $0.stride) }) }

  /// Calls `body` with each stretch of rows that shares its buckets, and the sum of their codes times strides.
  ///
  /// - Parameter strides: one for each of ``runs``; `nil` for their own, which make the sum a part of the group.
  @inline(__always)
  func forEachStretch(
    of rows: Range<Int>, strides: [UInt32]? = nil, _ body: (Range<Int>, UInt32) throws(ColumnsFault) -> Void
  ) throws(ColumnsFault) {
    if runs.isEmpty { return try body(rows, 0) }
    var cursors = runs.map { runs in runs.runs.partitionPoint { $0.end > rows.lowerBound } }
    var start = rows.lowerBound
    while start < rows.upperBound {
      var end = rows.upperBound
      var number: UInt32 = 0
      for place in runs.indices {
        let run = runs[place].runs[cursors[place]]
        end = min(end, run.end)
        number += run.code * (strides?[place] ?? runs[place].stride)
      }
      try body(start..<end, number)
      for place in runs.indices where runs[place].runs[cursors[place]].end == end { cursors[place] += 1 }
      start = end
    }
  }
}

extension RandomAccessCollection {
  /// How many elements come before the first for which a condition holds that then holds for all others. O(log n).
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[index(startIndex, offsetBy: middle)]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
