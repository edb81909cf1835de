/// Calendar buckets as dense codes: what turns an instant into the number of its month, weekday or hour.
///
/// The civil calendar itself is computed elsewhere; this value carries its results in the form a scan needs:
/// the offsets of one zone as runs, and for each local day its code.
package struct CalendarCodes: Sendable {
  /// What a code counts.
  package enum Grain: Sendable {
    /// `dayCodes[local day - firstDay]`.
    case days(first: Int64, codes: [UInt32])
    /// Hour of the local day + 1: 1 to 24.
    case hours
  }

  /// First instants of the runs, ascending unix seconds.
  package let runStarts: [Int64]
  /// Seconds east of UTC in each run.
  package let offsets: [Int64]
  /// What a code counts.
  package let grain: Grain

  /// Puts a calendar together.
  ///
  /// - Precondition: one offset per run, at least one run, and runs and days cover every instant asked for.
  package init(runStarts: [Int64], offsets: [Int64], grain: Grain) {
    precondition(!runStarts.isEmpty && runStarts.count == offsets.count)
    self.runStarts = runStarts
    self.offsets = offsets
    self.grain = grain
  }

  /// The run that the last instant lay in: neighbours in time nearly always share it.
  package struct Cursor {
    fileprivate var start = Int64.max
    fileprivate var end = Int64.min
    fileprivate var offset: Int64 = 0
    /// A cursor that has seen no instant yet.
    package init() {}
  }

  /// The code of an instant's bucket; 0 for a missing instant. O(1) within a run, else O(log runs).
  @inline(__always)
  package func code(of instant: Int64, cursor: inout Cursor) -> UInt32 {
    guard instant != OffsetColumn.missing else { return 0 }
    if instant < cursor.start || instant >= cursor.end { move(&cursor, to: instant) }
    // Safe: instants lie in the years 1900 to 2200, far from the ends of Int64.
    let local = instant &+ cursor.offset
    let day = local >= 0 ? local / 86_400 : -((86_399 &- local) / 86_400)
    switch grain {
    case .days(let first, let codes): return codes[Int(day &- first)]
    case .hours: return UInt32(truncatingIfNeeded: (local &- day &* 86_400) / 3_600) &+ 1
    }
  }

  /// The first instant behind an instant's day (or hour) as its clock had it, or behind the run of the zone.
  ///
  /// - Parameter cursor: as ``code(of:cursor:)`` left it for this instant.
  func bucketEnd(of instant: Int64, cursor: Cursor) -> Int64 {
    let length: Int64 = if case .hours = grain { 3_600 } else { 86_400 }
    let local = instant &+ cursor.offset
    let into = local % length
    return min(instant &- (into < 0 ? into &+ length : into) &+ length, cursor.end)
  }

  private func move(_ cursor: inout Cursor, to instant: Int64) {
    var low = 0
    var high = runStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runStarts[middle] <= instant { low = middle } else { high = middle }
    }
    cursor.start = low == 0 ? .min + 1 : runStarts[low]
    cursor.end = low + 1 < runStarts.count ? runStarts[low + 1] : .max
    cursor.offset = offsets[low]
  }
}
