internal import Columnar

/// Up to 65,536 contacts as columns. A conversation never straddles two blocks.
package struct ContactBlock: Sendable {
  /// Most rows of a block.
  package static let rowLimit = 65_536

  /// Number of contacts.
  package let rowCount: Int
  /// Whether the conversations of all its contacts have ended, as in a base.
  var hasEnded = false
  private let segments: [StoredSegment?]
  private let checked = CheckedColumns()

  /// Puts a block together; `nil` when a column is missing or has not `rowCount` elements.
  init?(rowCount: Int, segments found: [UInt16: StoredSegment]) {
    self.rowCount = rowCount
    var segments = [StoredSegment?](repeating: nil, count: ColumnID.allCases.count + 1)
    for column in ColumnID.allCases {
      guard let segment = found[column.rawValue], [0, 1, 2, 4, 8].contains(segment.width) else { return nil }
      segments[Int(column.rawValue)] = segment
      if segment.width == 0 {
        guard segment.byteCount == 0, UInt32(exactly: segment.base) != nil else { return nil }
        continue
      }
      guard segment.byteCount.isMultiple(of: Int(segment.width)) else { return nil }
      let count = segment.byteCount / Int(segment.width)
      if column != .furtherTagRows, column != .furtherTagCodes, count != rowCount { return nil }
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
    switch segment.width {
    case 4: return .narrow(base: segment.base, segment.column(of: UInt32.self))
    case 8: return .wide(segment.column(of: Int64.self))
    default: throw .damaged
    }
  }

  func codes(_ column: ColumnID) throws(ColumnsFault) -> CodeColumn {
    let segment = try checkedSegment(column)
    switch segment.width {
    case 0: return .constant(UInt32(truncatingIfNeeded: segment.base), count: rowCount)
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

  func tags() throws(ColumnsFault) -> CodeListColumn {
    let rows = try numbers(.furtherTagRows)
    let codes = try numbers(.furtherTagCodes)
    guard rows.count == codes.count else { throw .damaged }
    return CodeListColumn(first: try self.codes(.firstTag), furtherRows: rows, furtherCodes: codes)
  }

  private func checkedSegment(_ column: ColumnID) throws(ColumnsFault) -> StoredSegment {
    guard let segment = segments[Int(column.rawValue)] else { throw .damaged }
    if !checked.contains(column) {
      guard segment.isSound else { throw .damaged }
      checked.insert(column)
    }
    return segment
  }
}
