internal import Columnar
internal import Conversations

/// Up to 65,536 contacts as columns. A conversation never straddles two blocks.
package struct ContactBlock: Sendable {
  /// Most rows of a block.
  package static let rowLimit = 65_536

  /// Number of contacts.
  package let rowCount: Int
  /// Whether the conversations of all its contacts have ended, as in a base.
  var hasEnded = false
  /// Whether all have ended, and in the order of their rows.
  var isSorted = false
  /// As what its tags count, where that differs from how they are kept.
  var tagMap: CodeMap?
  private let segments: [StoredSegment?]
  let checked = CheckedColumns()

  /// Puts a block together; `nil` when a column is missing or has not `rowCount` elements.
  init?(rowCount: Int, segments found: [UInt16: StoredSegment]) {
    self.rowCount = rowCount
    var segments = [StoredSegment?](repeating: nil, count: ColumnID.allCases.count + 1)
    for column in ColumnID.allCases {
      guard let segment = found[column.rawValue], [0, 1, 2, 4, 8].contains(segment.width) else { return nil }
      segments[Int(column.rawValue)] = segment
      if segment.bits != 0 {
        // How long it is shows when it is read.
        guard column.mayBePacked, segment.width == 1 else { return nil }
        continue
      }
      if segment.width == 0 {
        guard segment.byteCount == 0, UInt32(exactly: segment.base) != nil else { return nil }
        continue
      }
      guard segment.byteCount.isMultiple(of: Int(segment.width)) else { return nil }
      let count = segment.byteCount / Int(segment.width)
      if !column.isList, count != rowCount { return nil }
    }
    self.segments = segments
  }

  /// Bytes that a column takes in this block.
  func byteCount(of column: ColumnID) -> Int { segments[Int(column.rawValue)]?.byteCount ?? 0 }

  /// Least and greatest value of an offset column (`nil` when all are missing) or least and greatest code, from its
  /// directory entry.
  func range(of column: ColumnID) throws(ColumnsFault) -> ClosedRange<Int64>? {
    guard let segment = segments[Int(column.rawValue)] else { throw .damaged }
    return segment.least <= segment.greatest ? segment.least...segment.greatest : nil
  }

  func offsets(_ column: ColumnID) throws(ColumnsFault) -> OffsetColumn {
    let segment = try checkedSegment(column)
    if segment.bits != 0 {
      let distances = PackedCodes.decoded(segment, rowCount: rowCount)
      return .wide(
        Column(of: InstantDistances.instants(distances, before: try offsets(.reportedAt))))
    }
    switch segment.width {
    case 4: return .narrow(base: segment.base, segment.column(of: UInt32.self))
    case 8: return .wide(segment.column(of: Int64.self))
    default: throw .damaged
    }
  }

  func codes(_ column: ColumnID) throws(ColumnsFault) -> CodeColumn {
    switch column {
    case .talk: return try talk()
    case .firstTag:
      let codes = try codes(column, count: rowCount)
      return tagMap?.mapped(codes) ?? codes
    default: return try codes(column, count: rowCount)
    }
  }

  private func talk() throws(ColumnsFault) -> CodeColumn {
    let segment = try checkedSegment(.talk)
    guard segment.bits != 0 else { return try codes(.talk, count: rowCount) }
    let codes = PackedCodes.decoded(segment, rowCount: rowCount)
    var (hold, wrapUp): ([UInt32], [UInt32]) = ([], [])
    try self.codes(.hold).decodeDurations(into: &hold)
    try self.codes(.wrapUp).decodeDurations(into: &wrapUp)
    let seconds = try numbers(.seconds).elements
    return .wide(Column(of: TalkCodes.exchanged(codes, seconds: seconds, hold: hold, wrapUp: wrapUp)))
  }

  private func codes(_ column: ColumnID, count: Int) throws(ColumnsFault) -> CodeColumn {
    let segment = try checkedSegment(column)
    if segment.bits != 0 {
      let codes = PackedCodes.decoded(segment, rowCount: count)
      switch segment.greatest {
      case ...0xFF: return .bytes(Column(of: codes.map { UInt8(truncatingIfNeeded: $0) }))
      case ...0xFFFF: return .words(Column(of: codes.map { UInt16(truncatingIfNeeded: $0) }))
      default: return .wide(Column(of: codes))
      }
    }
    switch segment.width {
    case 0: return .constant(UInt32(truncatingIfNeeded: segment.base), count: count)
    case 1: return .bytes(segment.column(of: UInt8.self))
    case 2: return .words(segment.column(of: UInt16.self))
    case 4: return .wide(segment.column(of: UInt32.self))
    default: throw .damaged
    }
  }

  func numbers(_ column: ColumnID) throws(ColumnsFault) -> Column<UInt32> {
    let segment = try checkedSegment(column)
    guard segment.width == 4 else { throw .damaged }
    return segment.column(of: UInt32.self)
  }

  func marks() throws(ColumnsFault) -> Column<UInt8> {
    let segment = try checkedSegment(.marks)
    guard segment.width == 1 else { throw .damaged }
    return segment.column(of: UInt8.self)
  }

  /// Rows in ascending order.
  private func rows(_ column: ColumnID) throws(ColumnsFault) -> Column<UInt16> {
    let segment = try checkedSegment(column)
    guard segment.width == 2 else { throw .damaged }
    return segment.column(of: UInt16.self)
  }

  /// The rows without a handling value, ascending.
  func valueless() throws(ColumnsFault) -> Column<UInt16> { try rows(.valueless) }

  /// Which marks occur, and in how many rows each.
  func markCounts() throws(ColumnsFault) -> MarkCounts {
    let segment = try checkedSegment(.markCounts)
    guard segment.width == 4 else { throw .damaged }
    return MarkCounts(segment.column(of: UInt32.self))
  }

  func tags() throws(ColumnsFault) -> CodeListColumn {
    let rows = try rows(.furtherTagRows)
    let codes = try codes(.furtherTagCodes, count: rows.count)
    guard codes.count == rows.count else { throw .damaged }
    let lists = CodeListColumn(
      first: try self.codes(.firstTag, count: rowCount), furtherRows: rows, furtherCodes: codes)
    return tagMap?.mapped(lists) ?? lists
  }

  /// How many conversations have several tags; `nil` where that has to be counted. O(1).
  func severallyTagged() throws(ColumnsFault) -> Int? {
    tagMap == nil ? Int(clamping: try checkedSegment(.furtherTagRows).base) : nil
  }

  /// Kept rows in two: those that are the only contacts of their conversations, and the others; everything in the first
  /// part where conversations don't matter. O(1) where all are of one kind.
  func divided(_ kept: KeptRows, byConversations: Bool) throws(ColumnsFault) -> (
    sole: KeptRows?, others: KeptRows?
  ) {
    guard byConversations else { return (kept, nil) }
    let counts = try markCounts()
    guard counts.contains(where: { $0 & ContactMarks.sole == 0 }) else { return (kept, nil) }
    guard counts.contains(where: { $0 & ContactMarks.sole != 0 }) else { return (nil, kept) }
    let marks = try marks()
    var sole = Selection(marks.span, masked: ContactMarks.sole, equal: ContactMarks.sole)
    var others = sole
    others.invert()
    if let selection = kept.selection {
      sole.intersect(selection)
      others.intersect(selection)
    }
    return (sole.isEmpty ? nil : .some(sole), others.isEmpty ? nil : .some(others))
  }

  /// The bytes of a column added up as 8-byte words. O(bytes), at the speed of memory.
  func sum(of column: ColumnID) throws(ColumnsFault) -> UInt64 {
    let segment = try checkedSegment(column)
    let words = segment.byteCount / 8
    // Fewer than eight bytes at the end are not worth reading.
    return Columnar.sum(of: segment.column(of: UInt8.self).prefix(words * 8).reinterpreted(as: UInt64.self))
  }

  /// Every column of the block as it is stored, checked, in the order of a file. O(bytes).
  func checkedSegments() throws(ColumnsFault) -> [(column: ColumnID, segment: StoredSegment)] {
    var checked: [(ColumnID, StoredSegment)] = []
    for column in ColumnID.allCases { checked.append((column, try checkedSegment(column))) }
    return checked
  }

  private func checkedSegment(_ column: ColumnID) throws(ColumnsFault) -> StoredSegment {
    guard let segment = segments[Int(column.rawValue)] else { throw .damaged }
    if !checked.contains(column) {
      guard segment.isSound, isPlausible(segment, of: column) else { throw .damaged }
      checked.insert(column)
    }
    return segment
  }

  /// Whether what scans rely on without looking holds: rows of lists ascend and exist, counts add up. O(elements).
  private func isPlausible(_ segment: StoredSegment, of column: ColumnID) -> Bool {
    if segment.bits != 0 {
      guard PackedCodes.isPlausible(segment, rowCount: rowCount) else { return false }
      // Talk tells the least and the greatest of what it stands for, instants theirs.
      return column.mayBeDistances || column == .talk
        || PackedCodes.decoded(segment, rowCount: rowCount).allSatisfy { $0 <= segment.greatest }
    }
    switch column {
    case .furtherTagRows, .valueless:
      guard segment.width == 2 else { return false }
      let rows = segment.column(of: UInt16.self)
      guard ascends(rows, strictly: column == .valueless) else { return false }
      return rows.count == 0 || Int(rows.span[rows.count - 1]) < rowCount
    case .markCounts:
      guard segment.width == 4 else { return false }
      return MarkCounts(segment.column(of: UInt32.self)).count() == rowCount
    case .channel, .category, .agent, .group, .firstTag, .furtherTagCodes, .closing, .rating,
      .networkQuality, .productQuality:
      return segment.greatestCode <= segment.greatest
    default: return true
    }
  }

  /// Whether no code, as far as the directory tells, is beyond the names there are. O(1).
  func hasOnly(_ names: NameDictionaries) throws(ColumnsFault) -> Bool {
    let bounds: [(ColumnID, Int)] = [
      (.channel, names[.channel].count), (.category, names[.category].count), (.agent, names[.agent].count),
      (.group, names[.group].count), (.firstTag, names[.tag].count), (.furtherTagCodes, names[.tag].count),
      (.closing, Closing.allCases.count), (.rating, 7), (.networkQuality, 5), (.productQuality, 5),
    ]
    for (column, bound) in bounds {
      guard let codes = try range(of: column) else { continue }
      if codes.lowerBound < 0 || codes.upperBound > Int64(bound) { return false }
    }
    return true
  }
}
