internal import Columnar
internal import Conversations
internal import MappedFiles

/// The columns of one block as bytes.
struct EncodedBlock {
  let rowCount: Int
  let segments: [EncodedSegment]

  /// Encodes `rows[order]`, which are whole conversations, neighbours together. O(rows).
  init(_ rows: ContactRows, order: ArraySlice<Int>) {
    rowCount = order.count
    // Rows of a block are below 65,536.
    var furtherRows: [UInt16] = []
    var furtherCodes: [UInt32] = []
    var firstTags: [UInt32] = []
    firstTags.reserveCapacity(order.count)
    for (position, row) in order.enumerated() {
      let tags = rows.tags(of: row)
      firstTags.append(tags.first ?? 0)
      for code in tags.dropFirst() {
        furtherRows.append(UInt16(position))
        furtherCodes.append(code)
      }
    }
    let marks = Self.marks(of: rows, order: order)
    let reportedAt = order.map { rows.reportedAt[$0] }
    var segments = [
      Self.offsets(.conversation, order.map { rows.conversations[$0] }),
      Self.offsets(.contact, order.map { rows.contacts[$0] }),
      Self.instants(.startedAt, order.map { rows.startedAt[$0] }, before: reportedAt),
      Self.instants(.endedAt, order.map { rows.endedAt[$0] }, before: reportedAt),
      Self.offsets(.reportedAt, reportedAt),
      Self.bytes(.marks, marks),
      Self.counts(of: marks),
      Self.codes(.firstTag, firstTags),
      Self.rows(.furtherTagRows, furtherRows, base: Self.conversations(of: furtherRows, rows, order)),
      Self.codes(.furtherTagCodes, furtherCodes),
    ]
    func numbers(_ column: ColumnID) -> [UInt32] {
      rows.words[ColumnID.words.firstIndex(of: column)!].numbers(of: order)
    }
    let seconds = numbers(.seconds)
    segments += Self.seconds(seconds)
    for column in ColumnID.words where column != .seconds {
      var words = numbers(column)
      // The mark of a missing duration wraps round to 0, the code of no value.
      if column.isDuration { words = words.map { $0 &+ 1 } }
      let shortest =
        column == .talk
        ? TalkCodes.exchanged(words, seconds: seconds, hold: numbers(.hold), wrapUp: numbers(.wrapUp)) : words
      segments.append(Self.codes(column, words, packed: column.mayBePacked ? shortest : nil))
    }
    // The same rows make the same bytes, also when a block is copied column by column.
    self.segments = segments.sorted { $0.column < $1.column }
  }

  /// All rows in the order of a base, cut into blocks between conversations. O(n log n).
  ///
  /// - Parameter limit: the most rows of a block, unless a single conversation has more.
  static func cuts(of rows: ContactRows, limit: Int = ContactBlock.rowLimit) -> [ArraySlice<Int>] {
    let order = rows.order()
    var cuts: [ArraySlice<Int>] = []
    var start = 0
    while start < order.count {
      var end = min(start + limit, order.count)
      if end < order.count {
        var cut = end
        while cut > start, rows.conversations[order[cut]] == rows.conversations[order[cut - 1]] { cut -= 1 }
        if cut > start {
          end = cut
        } else {
          // Longer than the limit; bounds keep a conversation smaller than a block.
          while end < order.count, rows.conversations[order[end]] == rows.conversations[order[end - 1]] {
            end += 1
          }
        }
      }
      cuts.append(order[start..<end])
      start = end
    }
    return cuts
  }

  private static func marks(of rows: ContactRows, order: ArraySlice<Int>) -> [UInt8] {
    order.indices.map { position in
      let conversation = rows.conversations[order[position]]
      let sharesBefore =
        position > order.startIndex && rows.conversations[order[position - 1]] == conversation
      let sharesAfter =
        position + 1 < order.endIndex && rows.conversations[order[position + 1]] == conversation
      var bits = rows.marks[order[position]] & ~ContactMarks.sole
      // Scans take the basis for the sign of a value.
      if rows.words[0][order[position]] == missingSeconds {
        bits &= ~ContactMarks.basisBits
      } else if bits & ContactMarks.basisBits == 0 {
        bits |= ContactMarks.bits(of: .given)
      }
      return sharesBefore || sharesAfter ? bits : bits | ContactMarks.sole
    }
  }

  private static func offsets(_ column: ColumnID, _ values: [Int64]) -> EncodedSegment {
    var least = Int64.max
    var greatest = Int64.min
    for value in values where value != OffsetColumn.missing {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    // All missing: an empty range, and any base will do.
    let base = least <= greatest ? least : 0
    let isNarrow = least > greatest || greatest - least < Int64(OffsetColumn.missingDistance)
    let bytes =
      isNarrow
      ? littleEndian(
        values.map { $0 == OffsetColumn.missing ? OffsetColumn.missingDistance : UInt32($0 - base) })
      : littleEndian(values)
    return EncodedSegment(
      column: column.rawValue, width: isNarrow ? 4 : 8, base: base, least: least, greatest: greatest,
      bytes: bytes)
  }

  /// Instants of contacts: by the ends of their conversations, where that is shorter.
  private static func instants(_ column: ColumnID, _ values: [Int64], before reportedAt: [Int64])
    -> EncodedSegment
  {
    let whole = offsets(column, values)
    guard let codes = InstantDistances.codes(of: values, before: reportedAt),
      let (bits, bytes) = PackedCodes.encoded(codes, below: whole.bytes.count)
    else { return whole }
    return EncodedSegment(
      column: whole.column, width: 1, bits: bits, least: whole.least, greatest: whole.greatest, bytes: bytes)
  }

  /// Codes as they are, or those that stand for them as ``PackedCodes`` where that is shorter.
  private static func codes(_ column: ColumnID, _ codes: [UInt32], packed: [UInt32]? = nil) -> EncodedSegment
  {
    let least = codes.min() ?? 0
    let greatest = codes.max() ?? 0
    guard least < greatest else {
      return EncodedSegment(
        column: column.rawValue, width: 0, base: Int64(least), least: Int64(least), greatest: Int64(least),
        bytes: [])
    }
    let (width, bytes): (UInt8, [UInt8]) =
      switch greatest {
      case ...0xFF: (1, codes.map { UInt8($0) })
      case ...0xFFFF: (2, littleEndian(codes.map { UInt16($0) }))
      default: (4, littleEndian(codes))
      }
    if let packed, let (bits, bytes) = PackedCodes.encoded(packed, below: bytes.count) {
      return EncodedSegment(
        column: column.rawValue, width: 1, bits: bits, least: Int64(least), greatest: Int64(greatest),
        bytes: bytes)
    }
    return EncodedSegment(
      column: column.rawValue, width: width, least: Int64(least), greatest: Int64(greatest), bytes: bytes)
  }

  /// The handling values, and which rows have none.
  private static func seconds(_ seconds: [UInt32]) -> [EncodedSegment] {
    let (valueless, range) = valueless(among: seconds.span)
    return [
      EncodedSegment(
        column: ColumnID.seconds.rawValue, width: 4, least: Int64(range.least),
        greatest: Int64(range.greatest),
        bytes: littleEndian(seconds)),
      rows(.valueless, valueless),
    ]
  }

  /// The rows of a block without a value, with the least and greatest of the others'. O(rows).
  static func valueless(among seconds: Span<UInt32>) -> (
    rows: [UInt16], range: (least: UInt32, greatest: UInt32)
  ) {
    var rows: [UInt16] = []
    var least = UInt32.max
    var greatest: UInt32 = 0
    for row in seconds.indices {
      let value = seconds[row]
      if value == missingSeconds {
        // Rows of a block are below 65,536.
        rows.append(UInt16(row))
      } else {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    return (rows, (least, greatest))
  }

  /// How many conversations listed rows, ascending, are of.
  private static func conversations(of listed: [UInt16], _ rows: ContactRows, _ order: ArraySlice<Int>)
    -> Int
  {
    var count = 0
    var last: Int64?
    for position in listed {
      let conversation = rows.conversations[order[order.startIndex + Int(position)]]
      if conversation != last { count += 1 }
      last = conversation
    }
    return count
  }

  private static func rows(_ column: ColumnID, _ rows: [UInt16], base: Int = 0) -> EncodedSegment {
    EncodedSegment(
      column: column.rawValue, width: 2, base: Int64(base), least: Int64(rows.first ?? 0),
      greatest: Int64(rows.last ?? 0),
      bytes: littleEndian(rows))
  }

  private static func counts(of marks: [UInt8]) -> EncodedSegment {
    EncodedSegment(
      column: ColumnID.markCounts.rawValue, width: 4, bytes: littleEndian(counts(of: marks.span)))
  }

  /// How many rows have each mark that occurs: the mark in the upper 8 bits, the count in the lower 24. O(rows).
  static func counts(of marks: Span<UInt8>) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: 256)
    for row in marks.indices { counts[Int(marks[row])] += 1 }
    return counts.indices.filter { counts[$0] > 0 }.map { UInt32($0) << 24 | counts[$0] }
  }

  private static func bytes(_ column: ColumnID, _ bytes: [UInt8]) -> EncodedSegment {
    EncodedSegment(
      column: column.rawValue, width: 1, least: Int64(bytes.min() ?? 0), greatest: Int64(bytes.max() ?? 0),
      bytes: bytes)
  }

  static func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: numbers)
    return bytes
  }
}
