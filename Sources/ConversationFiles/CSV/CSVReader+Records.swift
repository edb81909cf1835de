/// Reading records that others have found: their beginnings and ends are known, what stands in them is not.
extension CSVReader {
  /// A reader for records of a file with this header.
  init(records header: [String], delimiter: UInt8, limits: CSVLimits) {
    self.limits = limits
    buffer = RecordBuffer(ByteSource(bytes: []), capacity: 4096)
    scanner = RecordScanner(delimiter: delimiter, fieldLimit: limits.field)
    fields = Array(repeating: RecordScanner.Field(), count: limits.columns)
    self.header = header
  }

  /// Makes `record` the next record, or none when it is blank.
  ///
  /// - Parameter line: the line it begins on.
  mutating func load(_ record: UnsafeRawBufferPointer, line: Int) {
    unsafe buffer.replace(with: record)
    scanner.beginRecord()
    scanner.line = line
  }

  /// The line behind the current record.
  var nextLine: Int { scanner.line }

  /// Hands over what follows the header as bytes; no record can be read any more.
  mutating func pass(into target: inout [UInt8], at range: Range<Int>) throws(CSVFault) -> Int {
    buffer.discard(scanner.position)
    scanner.beginRecord()
    return try buffer.pass(into: &target, at: range)
  }
}
