internal import Columnar
internal import MappedFiles

extension ContactBlock {
  /// A block on the heap: a delta, or a base where no file may be written.
  init(_ encoded: EncodedBlock) {
    var segments: [UInt16: StoredSegment] = [:]
    for segment in encoded.segments {
      segments[segment.column] = StoredSegment(
        width: segment.width, bits: segment.bits, base: segment.base, least: segment.least,
        greatest: segment.greatest,
        bytes: Column(copying: segment.bytes), checksum: Checksum.of(segment.bytes))
    }
    self.init(rowCount: encoded.rowCount, segments: segments)!
  }

  /// The rows of this block as they were before it was encoded. O(rows).
  func rows() throws(ColumnsFault) -> ContactRows {
    var rows = ContactRows()
    rows.conversations = try keys(.conversation)
    rows.contacts = try keys(.contact)
    try offsets(.startedAt).decode(into: &rows.startedAt)
    try offsets(.endedAt).decode(into: &rows.endedAt)
    try offsets(.reportedAt).decode(into: &rows.reportedAt)
    rows.marks = try marks().elements
    for (place, column) in ColumnID.words.enumerated() {
      if column == .seconds {
        rows.words[place] = RowWords(try numbers(column).elements)
      } else {
        var numbers: [UInt32] = []
        if column.isDuration {
          try codes(column).decodeDurations(into: &numbers)
        } else {
          try codes(column).decode(into: &numbers)
        }
        rows.words[place] = RowWords(numbers)
      }
    }
    let lists = try tags()
    var first: [UInt32] = []
    lists.first.decode(into: &first)
    let furtherRows = lists.furtherRows.elements
    var further = 0
    rows.tagEnds.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      if first[row] != 0 { rows.tags.append(first[row]) }
      while further < furtherRows.count, Int(furtherRows[further]) == row {
        rows.tags.append(lists.furtherCodes.code(at: further))
        further += 1
      }
      rows.tagEnds.append(rows.tags.count)
    }
    return rows
  }

  private func keys(_ column: ColumnID) throws(ColumnsFault) -> RowKeys {
    var keys: [Int64] = []
    try offsets(column).decode(into: &keys)
    return RowKeys(keys)
  }

  /// Those rows of this block that `kept` keeps, in their order. O(rows).
  func rows(_ kept: Selection) throws(ColumnsFault) -> ContactRows {
    let all = try rows()
    guard kept.count < rowCount else { return all }
    var rows = ContactRows()
    var start = 0
    while start < rowCount {
      guard kept.contains(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < rowCount, kept.contains(end) { end += 1 }
      rows.append(all, start..<end)
      start = end
    }
    return rows
  }
}
