import ConversationFiles

/// The reader's rules once more, byte by byte over the whole file, with nothing done for speed.
struct ReferenceCSV {
  var limits = CSVLimits.standard

  private struct Parsed {
    var fields: [[UInt8]] = []
    var fault: RecordFault?
    /// Bytes of the record, its line feed included.
    var length = 0
    var lineFeeds = 0
    var isBlank = false
  }

  func reading(of bytes: [UInt8]) -> CSVReading {
    var reading = CSVReading(failure: .utf16)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return reading }
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
    var line = 1
    while let blank = [[0x0A], [0x0D, 0x0A]].first(where: { rest.starts(with: $0) }) {
      rest.removeFirst(blank.count)
      line += 1
    }
    let (delimiter, isUTF16) = probe(Array(rest))
    if isUTF16 { return reading }
    reading.failure = nil
    var expected: Int?
    do {
      while !rest.isEmpty {
        var record = try parse(Array(rest), delimiter: delimiter, line: line)
        let begin = line
        line += record.lineFeeds
        rest.removeFirst(record.length)
        if record.isBlank { continue }
        if expected == nil, record.fields.count > limits.columns {
          throw CSVFault.tooManyColumns(limit: limits.columns)
        }
        record.fault = fault(of: record, expected: expected ?? record.fields.count)
        if expected == nil {
          if let fault = record.fault { throw CSVFault.headerFault(fault) }
          reading.header = record.fields.map(name)
          reading.delimiter = delimiter
          expected = record.fields.count
        } else {
          let kept = Array(record.fields.prefix(limits.columns))
          reading.records.append(.init(line: begin, fields: kept, fault: record.fault))
        }
      }
      if expected == nil { throw CSVFault.empty }
      reading.consumed = bytes.count
    } catch {
      reading.failure = error as? CSVFault
    }
    return reading
  }

  /// The first record of `rest`, or of as much of it as a record may take.
  private func parse(_ rest: [UInt8], delimiter: UInt8, line: Int) throws -> Parsed {
    let window = Array(rest.prefix(limits.record + 1))
    var record = Parsed()
    var field: [UInt8] = []
    var wasQuoted = false
    var openedOn: Int?
    var index = 0
    func close() {
      if field.count > limits.field, record.fault == nil {
        record.fault = .fieldTooLong(column: record.fields.count + 1, limit: limits.field)
      }
      record.fields.append(field)
      field = []
      wasQuoted = false
    }
    while index < window.count {
      let byte = window[index]
      let next = index + 1 < window.count ? window[index + 1] : nil
      index += 1
      if byte == 0x0A { record.lineFeeds += 1 }
      if openedOn != nil {
        if byte != 0x22 {
          field.append(byte)
        } else if next == 0x22 {
          field.append(byte)
          index += 1
        } else {
          openedOn = nil
        }
      } else if byte == 0x0A {
        record.length = index
        record.isBlank = index == 1 || (index == 2 && window[0] == 0x0D)
        close()
        return record
      } else if byte == delimiter {
        close()
      } else if byte == 0x22, field.isEmpty, !wasQuoted {
        openedOn = line + record.lineFeeds
        wasQuoted = true
      } else if byte != 0x0D || next != 0x0A {
        if wasQuoted, record.fault == nil {
          record.fault = .textAfterQuote(column: record.fields.count + 1)
        }
        field.append(byte)
      }
    }
    if let openedOn { throw CSVFault.unterminatedQuote(line: openedOn) }
    if rest.count > limits.record { throw CSVFault.recordTooLong(line: line, limit: limits.record) }
    record.length = rest.count
    close()
    return record
  }

  private func fault(of record: Parsed, expected: Int) -> RecordFault? {
    if let fault = record.fault { return fault }
    if record.fields.count != expected {
      return .fieldCount(found: record.fields.count, expected: expected)
    }
    for (index, field) in record.fields.enumerated() {
      if field.contains(0) { return .nul(column: index + 1) }
      if String(validating: field, as: UTF8.self) == nil { return .invalidUTF8(column: index + 1) }
    }
    return nil
  }

  private func name(_ field: [UInt8]) -> String {
    let blanks: [UInt8] = [0x20, 0x09]
    let front = field.drop { blanks.contains($0) }
    let name = front.reversed().drop { blanks.contains($0) }.reversed()
    return String(decoding: Array(name), as: UTF8.self)
  }

  private func probe(_ rest: [UInt8]) -> (delimiter: UInt8, isUTF16: Bool) {
    let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
    var outside: [UInt8] = []
    var header: [UInt8] = []
    var isOpen = false
    var index = 0
    while index < rest.count, index <= limits.record {
      let byte = rest[index]
      if !isOpen, byte == 0x0A { break }
      header.append(byte)
      if isOpen {
        let isDoubled = byte == 0x22 && index + 1 < rest.count && rest[index + 1] == 0x22
        if isDoubled, index + 1 <= limits.record { header.append(0x22) }
        if isDoubled { index += 1 } else if byte == 0x22 { isOpen = false }
      } else {
        isOpen = byte == 0x22 && (index == 0 || candidates.contains(rest[index - 1]))
        outside.append(byte)
      }
      index += 1
    }
    let counts = candidates.map { candidate in outside.filter { $0 == candidate }.count }
    let most = counts.max() ?? 0
    let even = stride(from: 0, to: header.count, by: 2).allSatisfy { header[$0] == 0 }
    let odd = stride(from: 1, to: header.count, by: 2).allSatisfy { header[$0] == 0 }
    return (candidates[counts.firstIndex(of: most) ?? 0], header.count >= 2 && even != odd)
  }
}
