extension CSVReader {
  /// What is wrong with the record that was scanned, or nil.
  func judge() -> RecordFault? {
    if let fault = scanner.fault { return fault }
    if !header.isEmpty, scanner.count != header.count {
      return .fieldCount(found: scanner.count, expected: header.count)
    }
    return scanner.mayHoldBadText ? judgeText() : nil
  }

  /// The first field that holds NUL or is not UTF-8. Rules for UTF-8: RFC 3629, so no surrogates,
  /// no overlong forms, nothing above U+10FFFF.
  private func judgeText() -> RecordFault? {
    for index in 0..<fieldCount {
      let field = field(index)
      if !Self.mayBeBad(field) { continue }
      for place in field.indices where field[place] == 0 { return .nul(column: index + 1) }
      do {
        _ = try UTF8Span(validating: field)
      } catch {
        return .invalidUTF8(column: index + 1)
      }
    }
    return nil
  }

  /// False when the field is ASCII without NUL, as most fields of a record with an umlaut are.
  private static func mayBeBad(_ field: Span<UInt8>) -> Bool {
    var suspects: UInt64 = 0
    var next = 0
    while next &+ ByteWord.size <= field.count {
      // Safe: next + 8 <= field.count.
      suspects |= unsafe ByteWord.suspects(ByteWord.load(field, at: next))
      next &+= ByteWord.size
    }
    while next < field.count {
      suspects |= ByteWord.suspects(ByteWord.eight(field[next]))
      next &+= 1
    }
    return suspects & ByteWord.highBits != 0
  }
}
