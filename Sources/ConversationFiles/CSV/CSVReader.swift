/// Reads a CSV file record by record as RFC 4180 has it, in memory bounded by its limits.
///
/// Records end with LF or CRLF, the last may end with the file; quoted fields may hold delimiters, line
/// ends and doubled quotes. Beyond the RFC: a byte order mark is skipped; the delimiter may be a semicolon
/// or a tab; empty lines are skipped; a quote inside an unquoted field and a lone CR are data.
///
///     var reader = try CSVReader(ByteSource(path: "contacts.csv"))
///     while try reader.next() {
///       if let fault = reader.fault { reject(reader.line, fault) } else { take(reader.field(0)) }
///     }
package struct CSVReader: ~Copyable {
  let limits: CSVLimits
  var buffer: RecordBuffer
  var scanner: RecordScanner
  var fields: [RecordScanner.Field]
  /// Thrown once, thrown ever after.
  var failure: CSVFault?

  /// The names of the columns, without spaces and tabs around them.
  package internal(set) var header: [String] = []

  /// The 1-based line of the file that the current record begins on. Lines end with LF.
  package private(set) var line = 1

  /// Fields of the current record that can be read: all of them, unless there are more than columns are
  /// permitted.
  package private(set) var fieldCount = 0

  /// What is wrong with the current record; such a record is to be rejected, and reading goes on.
  package private(set) var fault: RecordFault?

  /// Reads the header.
  ///
  /// - Parameter delimiter: an ASCII byte; nil finds out which of comma, semicolon and tab the header uses
  ///   most outside quotes, and takes the comma if none.
  /// - Throws: besides what the system refuses, that there is no header or no usable one.
  package init(
    _ source: consuming ByteSource, delimiter: UInt8? = nil, limits: CSVLimits = .standard
  ) throws(CSVFault) {
    self.limits = limits
    buffer = RecordBuffer(source, capacity: limits.buffer)
    scanner = RecordScanner(delimiter: delimiter ?? CSVByte.comma, fieldLimit: limits.field)
    fields = Array(repeating: RecordScanner.Field(), count: limits.columns)
    try readHeader(delimiter: delimiter)
  }

  /// The byte between two fields.
  package var delimiter: UInt8 { scanner.delimiter }

  /// Bytes of the input up to the end of the current record, a byte order mark and the line end included.
  package var bytesConsumed: Int { buffer.consumed + scanner.position }

  /// Bytes of the whole input, if that can be known.
  package var byteCount: Int? { buffer.byteCount }

  /// Moves on to the next record, and returns false at the end of the file.
  ///
  /// - Throws: a fault that ends the reading; every later call throws it again.
  /// - Complexity: O(bytes of the record); allocates nothing unless the record outgrows the buffer.
  package mutating func next() throws(CSVFault) -> Bool {
    if let failure { throw failure }
    do {
      return try advance()
    } catch {
      failure = error
      throw error
    }
  }

  /// The unescaped bytes of a field of the current record, valid until the next call of `next`.
  ///
  /// - Precondition: `index` is in `0..<fieldCount`.
  /// - Complexity: O(1).
  @_lifetime(borrow self)
  package func field(_ index: Int) -> Span<UInt8> {
    precondition(index >= 0 && index < fieldCount, "no such field")
    let field = fields[index]
    return buffer.span(field.start..<field.end)
  }

  /// `next` without the memory of faults.
  mutating func advance() throws(CSVFault) -> Bool {
    fieldCount = 0
    fault = nil
    repeat {
      buffer.discard(scanner.position)
      line = scanner.line
      scanner.beginRecord()
      if try !scanRecord() { return false }
    } while scanner.isBlank
    fieldCount = min(scanner.count, fields.count)
    fault = judge()
    return true
  }

  /// Scans one record, blank ones too, and returns false when the input ends before it begins.
  private mutating func scanRecord() throws(CSVFault) -> Bool {
    while !scanBuffered() {
      if buffer.available > limits.record {
        if scanner.isInsideQuotes { throw .unterminatedQuote(line: scanner.quoteLine) }
        throw .recordTooLong(line: line, limit: limits.record)
      }
      if try buffer.fill() { continue }
      if buffer.available == 0 { return false }
      if scanner.isInsideQuotes { throw .unterminatedQuote(line: scanner.quoteLine) }
      scanner.finish(&buffer.bytes, base: buffer.start, fields: &fields)
      return true
    }
    return true
  }

  /// Scans what there is of the record, at most one byte more than permitted, so that what a long
  /// record is reported as does not depend on how much of it was read at once.
  private mutating func scanBuffered() -> Bool {
    let end = min(buffer.available, limits.record + 1)
    return scanner.scan(&buffer.bytes, base: buffer.start, end: end, fields: &fields)
  }
}
