internal import Columnar
internal import MappedFiles

extension ContactBlock {
  /// A block on the heap: a delta, or a base where no file may be written.
  init(_ encoded: EncodedBlock) {
    var segments: [UInt16: StoredSegment] = [:]
    for segment in encoded.segments {
      segments[segment.column] = StoredSegment(
        width: segment.width, base: segment.base, least: segment.least, greatest: segment.greatest,
        bytes: Column(copying: segment.bytes), checksum: Checksum.of(segment.bytes))
    }
    self.init(rowCount: encoded.rowCount, segments: segments)!
  }

  /// The rows of this block again, but for those that `hidden` holds. O(rows).
  func appendRows(to rows: inout ContactRows, unless isDropped: (Int64) -> Bool) throws(ColumnsFault) {
    var conversations: [Int64] = []
    var contacts: [Int64] = []
    var started: [Int64] = []
    var ended: [Int64] = []
    var reported: [Int64] = []
    try offsets(.conversation).decode(into: &conversations)
    try offsets(.contact).decode(into: &contacts)
    try offsets(.startedAt).decode(into: &started)
    try offsets(.endedAt).decode(into: &ended)
    try offsets(.reportedAt).decode(into: &reported)
    var words = ColumnID.words.map { _ in [UInt32]() }
    for (place, column) in ColumnID.words.enumerated() {
      if column == .seconds {
        let seconds = try numbers(column)
        let span = seconds.span
        words[place] = span.indices.map { span[$0] }
      } else if column.isDuration {
        try codes(column).decodeDurations(into: &words[place])
      } else {
        try codes(column).decode(into: &words[place])
      }
    }
    let marks = try self.marks()
    let lists = try tags()
    var further = 0
    for row in 0..<rowCount {
      var tags: [Int32] = []
      let first = lists.first.code(at: row)
      if first != 0 { tags.append(Int32(bitPattern: first)) }
      while further < lists.furtherRows.count, Int(lists.furtherRows.span[further]) == row {
        tags.append(Int32(bitPattern: lists.furtherCodes.code(at: further)))
        further += 1
      }
      if isDropped(conversations[row]) { continue }
      var copy = ContactRows.Row(
        conversation: conversations[row], contact: contacts[row], startedAt: started[row],
        endedAt: ended[row] == OffsetColumn.missing ? nil : ended[row],
        reportedAt: reported[row] == OffsetColumn.missing ? nil : reported[row],
        marks: ContactMarks(bits: marks.span[row]))
      copy.setWords { words[$0][row] }
      copy.tags = tags
      rows.append(copy)
    }
  }
}
