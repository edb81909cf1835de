/// Looks at the first record before its delimiter is known: which delimiter it uses, and whether the
/// file is UTF-16 without a byte order mark.
struct HeaderProbe {
  /// Candidates in the order that settles ties.
  private static let candidates = [CSVByte.comma, CSVByte.semicolon, CSVByte.tab]

  private var counts = [0, 0, 0]
  private var length = 0
  private var evenNULs = 0
  private var oddNULs = 0
  private var isQuoted = false
  /// A quote here opens a field, or continues one when it doubles the quote before it.
  private var mayOpenQuote = true

  /// Takes the record's next byte, and returns true when it is the line feed that ends the record.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == CSVByte.lineFeed, !isQuoted { return true }
    if byte == 0 {
      if length.isMultiple(of: 2) { evenNULs += 1 } else { oddNULs += 1 }
    }
    length += 1
    if byte == CSVByte.quote, isQuoted || mayOpenQuote {
      isQuoted.toggle()
      mayOpenQuote = !isQuoted
    } else if !isQuoted {
      let candidate = Self.candidates.firstIndex(of: byte)
      if let candidate { counts[candidate] += 1 }
      mayOpenQuote = candidate != nil
    }
    return false
  }

  /// The candidate seen most often outside quotes; of equals the first, so comma when there is none.
  var delimiter: UInt8 {
    var best = 0
    for index in Self.candidates.indices where counts[index] > counts[best] { best = index }
    return Self.candidates[best]
  }

  /// True when all bytes at even places are NUL and not all others, or the reverse: ASCII text in UTF-16.
  var isUTF16: Bool {
    let isBigEndian = evenNULs == (length + 1) / 2
    let isLittleEndian = oddNULs == length / 2
    return length >= 2 && isBigEndian != isLittleEndian
  }
}
