extension RecordScanner {
  /// Passes bytes outside quotes until the record's line feed (true), an opening quote or `end` (false).
  ///
  /// Looks at eight bytes at a time and then only at those that may mean something. This loop decides
  /// the speed of an import.
  @inline(__always)
  mutating func scanPlain(
    _ bytes: inout MutableSpan<UInt8>, base: Int, end: Int, fields: inout MutableSpan<Field>
  ) -> Bool {
    let delimiters = ByteWord.eight(delimiter)
    var suspects = suspects
    defer { self.suspects = suspects }
    var next = position
    while next < end {
      // Safe: next < end, and `scan` has checked that eight bytes follow any place before `end`.
      let word = unsafe ByteWord.load(bytes.span, at: base &+ next)
      suspects |= ByteWord.suspects(word)
      var marks = ByteWord.marks(word, delimiters)
      if end &- next < ByteWord.size { marks &= ByteWord.first(end &- next) }
      while marks != 0 {
        let place = next &+ marks.trailingZeroBitCount / 8
        marks &= marks &- 1
        // Safe: place < end, as marks from `end` on have been dropped.
        let byte = unsafe bytes[unchecked: base &+ place]
        if byte == delimiter {
          closeField(at: place, &bytes, base: base, fields: &fields)
          beginField(at: place &+ 1)
        } else if byte == CSVByte.lineFeed {
          endRecord(at: place, &bytes, base: base, fields: &fields)
          return true
        } else if place == fieldStart, !isQuoted {
          openQuotes(at: place)
          return false
        }
      }
      next &+= ByteWord.size
    }
    position = end
    return false
  }

  /// Ends the record at a line feed, of which a carriage return before it is a part.
  @inline(__always)
  private mutating func endRecord(
    at lineFeed: Int, _ bytes: inout MutableSpan<UInt8>, base: Int, fields: inout MutableSpan<Field>
  ) {
    let isPair = lineFeed > tail && bytes[base &+ lineFeed &- 1] == CSVByte.carriageReturn
    let end = isPair ? lineFeed &- 1 : lineFeed
    isBlank = end == 0
    closeField(at: end, &bytes, base: base, fields: &fields)
    position = lineFeed &+ 1
    line &+= 1
  }
}
