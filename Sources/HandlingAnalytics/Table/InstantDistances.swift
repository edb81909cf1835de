internal import Columnar

/// When contacts started or ended, by how long before the ends of their conversations: a code of one for the same
/// instant, two for a second before it, and 0 for none.
enum InstantDistances {
  /// The codes of a block's rows; `nil` where one can't be told. O(rows).
  ///
  /// - Parameters:
  ///   - instants: unix seconds, ``OffsetColumn/missing`` where there is none.
  ///   - conversationEnds: the same of the rows' conversations.
  static func codes(of instants: [Int64], before conversationEnds: [Int64]) -> [UInt32]? {
    var codes: [UInt32] = []
    codes.reserveCapacity(instants.count)
    for (instant, end) in zip(instants, conversationEnds) {
      if instant == OffsetColumn.missing {
        codes.append(0)
        continue
      }
      let (seconds, overflows) = end.subtractingReportingOverflow(instant)
      guard end != OffsetColumn.missing, !overflows, let distance = UInt32(exactly: seconds),
        distance < .max
      else { return nil }
      codes.append(distance + 1)
    }
    return codes
  }

  /// The instants again, ``OffsetColumn/missing`` where there is none. O(rows).
  static func instants(_ codes: [UInt32], before conversationEnds: OffsetColumn) -> [Int64] {
    var instants: [Int64] = []
    conversationEnds.decode(into: &instants)
    for row in instants.indices {
      instants[row] = codes[row] == 0 ? OffsetColumn.missing : instants[row] &- Int64(codes[row]) &+ 1
    }
    return instants
  }
}

/// Talk that is what hold and wrap-up leave of the handling time, as it nearly always is, has one code in all rows.
enum TalkCodes {
  /// Codes of durations, one more than they are and 0 for none, with 1 and the one that was to be expected exchanged;
  /// doing it twice undoes it. O(rows).
  ///
  /// - Parameters:
  ///   - seconds: handling times.
  ///   - hold: durations, `missingSeconds` where there is none, as in all of them.
  static func exchanged(_ codes: [UInt32], seconds: [UInt32], hold: [UInt32], wrapUp: [UInt32]) -> [UInt32] {
    codes.indices.map { row in
      guard seconds[row] != missingSeconds else { return codes[row] }
      // A missing part is one below none, as a code is one above its duration.
      let parts = (hold[row] &+ 1 == 0 ? 0 : hold[row]) &+ (wrapUp[row] &+ 1 == 0 ? 0 : wrapUp[row])
      let expected = seconds[row] &- parts &+ 1
      return codes[row] == expected ? 1 : codes[row] == 1 ? expected : codes[row]
    }
  }
}
