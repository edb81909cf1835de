/// Which offset from UTC holds when: runs in ascending order, neighbours differing.
///
/// The first run has no beginning (`Int64.min`), the last no end, so every instant lies in exactly one.
struct OffsetTimeline: Sendable {
  /// First unix second of each run.
  private(set) var starts: [Int64]
  /// Seconds east of UTC, one a run.
  private(set) var offsets: [Int32]
  /// The least and the greatest of `offsets`.
  private(set) var extremes: ClosedRange<Int32>

  /// One offset for all time.
  init(offset: Int32) {
    starts = [.min]
    offsets = [offset]
    extremes = offset...offset
  }

  /// Lets `offset` hold from `start` on. A start must not lie before the latest one; an equal one replaces
  /// it.
  mutating func append(start: Int64, offset: Int32) {
    if let latest = starts.last, start <= latest, starts.count > 1 {
      starts.removeLast()
      offsets.removeLast()
    }
    guard offsets.last != offset else { return }
    starts.append(start)
    offsets.append(offset)
    extremes = min(extremes.lowerBound, offset)...max(extremes.upperBound, offset)
  }

  /// The run that holds a unix second. O(log runs).
  func index(at second: Int64) -> Int {
    // Invariant: starts[low] <= second < starts[high], with the end counted as later than anything.
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle } else { high = middle }
    }
    return low
  }
}
