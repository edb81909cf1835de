internal import Columnar
internal import MappedFiles

/// When contacts started or ended, by how long before the ends of their conversations: two bytes for nearly all.
///
///     a u16 a row                      u32, in the order of their rows
///     [ 1 | 341 | 0 | all ones | 1 ]   [ 260,000 ]
///       │    │    │      └───────────────┘ too far for two bytes
///       │    │    └ none
///       │    └ 340 s before the conversation's end
///       └ at the conversation's end
enum InstantDistances {
  private static let missing: UInt16 = 0
  private static let far = UInt16.max

  /// The bytes of a block's column; `nil` where a distance can't be told, or where four bytes a row are not more.
  /// O(rows).
  ///
  /// - Parameters:
  ///   - instants: unix seconds, ``OffsetColumn/missing`` where there is none.
  ///   - conversationEnds: the same of the rows' conversations.
  static func encoded(_ instants: [Int64], before conversationEnds: [Int64]) -> [UInt8]? {
    var codes: [UInt16] = []
    codes.reserveCapacity(instants.count)
    var distances: [UInt32] = []
    for (instant, end) in zip(instants, conversationEnds) {
      if instant == OffsetColumn.missing {
        codes.append(missing)
        continue
      }
      let (seconds, overflows) = end.subtractingReportingOverflow(instant)
      guard end != OffsetColumn.missing, !overflows, let distance = UInt32(exactly: seconds) else {
        return nil
      }
      if distance < UInt32(far) - 1 {
        codes.append(UInt16(distance) + 1)
      } else {
        codes.append(far)
        distances.append(distance)
      }
    }
    guard distances.count * 2 < instants.count else { return nil }
    return EncodedBlock.littleEndian(codes) + EncodedBlock.littleEndian(distances)
  }

  /// Whether there are as many far distances as rows that have one. O(rows).
  static func isPlausible(_ segment: StoredSegment, rowCount: Int) -> Bool {
    let halves = segment.column(of: UInt16.self)
    let span = halves.span
    guard span.count >= rowCount else { return false }
    var count = 0
    for row in 0..<rowCount where span[row] == far { count += 1 }
    return span.count == rowCount + 2 * count
  }

  /// The instants again, ``OffsetColumn/missing`` where there is none. O(rows).
  ///
  /// - Precondition: ``isPlausible(_:rowCount:)``.
  static func decoded(_ segment: StoredSegment, before conversationEnds: OffsetColumn) -> [Int64] {
    let halves = segment.column(of: UInt16.self)
    let span = halves.span
    var instants: [Int64] = []
    conversationEnds.decode(into: &instants)
    var next = instants.count
    for row in instants.indices {
      switch span[row] {
      case missing: instants[row] = OffsetColumn.missing
      case far:
        instants[row] &-= Int64(UInt32(span[next]) | UInt32(span[next + 1]) &<< 16)
        next += 2
      case let code: instants[row] &-= Int64(code) - 1
      }
    }
    return instants
  }
}
