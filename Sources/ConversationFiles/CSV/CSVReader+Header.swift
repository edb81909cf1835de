extension CSVReader {
  /// Reads the first record and leaves it as the header.
  mutating func readHeader(delimiter: UInt8?) throws(CSVFault) {
    try skipByteOrderMark()
    let skipped = try skipBlankLines()
    let probe = try probeHeader()
    if probe.isUTF16 { throw .utf16 }
    scanner = RecordScanner(delimiter: delimiter ?? probe.delimiter, fieldLimit: limits.field)
    scanner.line += skipped
    guard try advance() else { throw .empty }
    if scanner.count > limits.columns { throw .tooManyColumns(limit: limits.columns) }
    if let fault { throw .headerFault(fault) }
    header.reserveCapacity(fieldCount)
    for index in 0..<fieldCount { header.append(Self.name(field(index))) }
  }

  private mutating func skipByteOrderMark() throws(CSVFault) {
    if try buffer.ensure(2) {
      switch (buffer[0], buffer[1]) {
      case (0xFF, 0xFE), (0xFE, 0xFF): throw .utf16
      default: break
      }
    }
    if try buffer.ensure(3), buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
      buffer.discard(3)
    }
  }

  /// Drops empty lines before the header and returns how many; the probe is to see the header alone.
  private mutating func skipBlankLines() throws(CSVFault) -> Int {
    var count = 0
    while try buffer.ensure(1) {
      if buffer[0] == CSVByte.lineFeed {
        buffer.discard(1)
      } else if buffer[0] == CSVByte.carriageReturn, try buffer.ensure(2), buffer[1] == CSVByte.lineFeed {
        buffer.discard(2)
      } else {
        break
      }
      count += 1
    }
    return count
  }

  /// Looks through the header, as far as a record may reach, and leaves it in the buffer.
  private mutating func probeHeader() throws(CSVFault) -> HeaderProbe {
    var probe = HeaderProbe()
    var place = 0
    while place <= limits.record, try buffer.ensure(place + 1) {
      if probe.take(buffer[place]) { break }
      place += 1
    }
    return probe
  }

  private static func name(_ field: Span<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == CSVByte.space || byte == CSVByte.tab }
    var start = 0
    var end = field.count
    while start < end, isBlank(field[start]) { start += 1 }
    while start < end, isBlank(field[end - 1]) { end -= 1 }
    return String(decoding: (start..<end).map { field[$0] }, as: UTF8.self)
  }
}
