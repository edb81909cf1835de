/// Finds the fields of one record in the reader's buffer, and can stop and go on wherever the buffer ends.
///
/// Positions count from the record's first byte, so they outlive a move of the record. Quoted fields
/// are unescaped in place: content only ever gets shorter, and what has been passed is not read again.
///
///     "say ""hi"" now"text behind,
///      |             | |          the byte that closes the field
///      |             | tail: the quotes are closed, bytes are plain again
///      |             contentEnd: below `tail` by the quotes dropped so far
///      fieldStart
struct RecordScanner {
  /// A field's bytes, counted from the record's first.
  struct Field {
    var start = 0
    var end = 0
  }

  enum Mode {
    case plain
    case quoted
    /// In a quoted field behind a quote: the next byte tells whether it is doubled or closes the field.
    case quoteSeen
  }

  let delimiter: UInt8
  let fieldLimit: Int

  var mode = Mode.plain
  /// The next byte to look at; once the record is complete, the first byte behind it.
  var position = 0
  var fieldStart = 0
  var contentEnd = 0
  var tail = 0
  var isQuoted = false
  /// The 1-based line of the file that `position` stands on.
  var line = 1
  /// Line of the last quote that opened a field.
  var quoteLine = 1
  /// Fields found in this record, which may be more than were kept.
  var count = 0
  /// The first fault of form in this record.
  var fault: RecordFault?
  /// True when the record's line held nothing at all.
  var isBlank = false
  /// Collects high bits wherever a byte is not ASCII or is NUL.
  var suspects: UInt64 = 0

  /// - Precondition: the delimiter is an ASCII byte without a meaning of its own.
  init(delimiter: UInt8, fieldLimit: Int) {
    precondition(delimiter < 0x80 && delimiter != 0, "the delimiter is an ASCII byte")
    precondition(delimiter != CSVByte.quote && delimiter != CSVByte.lineFeed)
    precondition(delimiter != CSVByte.carriageReturn)
    self.delimiter = delimiter
    self.fieldLimit = fieldLimit
  }

  /// True when a quote is open, as far as the bytes seen so far tell.
  var isInsideQuotes: Bool { mode == .quoted }
  /// False only when every byte of the record is ASCII and none is NUL. May be true without cause,
  /// because words are looked at whole, also where they reach beyond the record.
  var mayHoldBadText: Bool { suspects & ByteWord.highBits != 0 }

  /// Forgets the record; only the line goes on.
  mutating func beginRecord() {
    position = 0
    count = 0
    fault = nil
    isBlank = false
    suspects = 0
    beginField(at: 0)
  }

  /// Goes on from `position`, and returns true when the record's line feed was found before `end`.
  ///
  /// - Precondition: `buffer` reaches at least eight bytes beyond `base + end`.
  mutating func scan(
    _ buffer: inout [UInt8], base: Int, end: Int, fields: inout [Field]
  ) -> Bool {
    var bytes = buffer.mutableSpan
    var fields = fields.mutableSpan
    precondition(base >= 0 && position >= 0 && base + end + ByteWord.size <= bytes.count)
    while position < end {
      switch mode {
      case .plain:
        if scanPlain(&bytes, base: base, end: end, fields: &fields) { return true }
      case .quoted:
        scanQuoted(&bytes, base: base, end: end)
      case .quoteSeen:
        resolveQuote(&bytes, base: base)
      }
    }
    return false
  }

  /// Ends the record where the input ends, without a line feed.
  mutating func finish(_ buffer: inout [UInt8], base: Int, fields: inout [Field]) {
    var bytes = buffer.mutableSpan
    var fields = fields.mutableSpan
    if mode == .quoteSeen { closeQuotes() }
    closeField(at: position, &bytes, base: base, fields: &fields)
  }

  mutating func beginField(at start: Int) {
    mode = .plain
    fieldStart = start
    tail = start
    isQuoted = false
  }

  /// Records the open field, whose plain bytes end before `end`.
  mutating func closeField(
    at end: Int, _ bytes: inout MutableSpan<UInt8>, base: Int, fields: inout MutableSpan<Field>
  ) {
    let contentEnd = isQuoted ? joinTail(endingAt: end, &bytes, base: base) : end
    if count < fields.count { fields[count] = Field(start: fieldStart, end: contentEnd) }
    count += 1
    if contentEnd - fieldStart > fieldLimit, fault == nil {
      fault = .fieldTooLong(column: count, limit: fieldLimit)
    }
  }
}
