extension RecordScanner {
  /// Begins a quoted field at its quote; the quote itself is no content.
  mutating func openQuotes(at quote: Int) {
    mode = .quoted
    isQuoted = true
    fieldStart = quote + 1
    contentEnd = fieldStart
    position = fieldStart
    quoteLine = line
  }

  /// Passes quoted content until a quote or `end`.
  mutating func scanQuoted(_ bytes: inout MutableSpan<UInt8>, base: Int, end: Int) {
    let quote = passContent(bytes, base: base, end: end)
    move(&bytes, base: base, from: position, to: quote)
    position = quote
    if quote < end {
      position += 1
      mode = .quoteSeen
    }
  }

  /// Decides by the byte behind a quote: another quote is content, anything else is outside the quotes.
  mutating func resolveQuote(_ bytes: inout MutableSpan<UInt8>, base: Int) {
    guard bytes[base + position] == CSVByte.quote else { return closeQuotes() }
    move(&bytes, base: base, from: position, to: position + 1)
    position += 1
    mode = .quoted
  }

  mutating func closeQuotes() {
    mode = .plain
    tail = position
  }

  /// Puts what follows the closing quote behind the quoted content, and returns where the field ends.
  @inline(never)
  mutating func joinTail(endingAt end: Int, _ bytes: inout MutableSpan<UInt8>, base: Int) -> Int {
    if tail < end {
      if fault == nil { fault = .textAfterQuote(column: count + 1) }
      move(&bytes, base: base, from: tail, to: end)
    }
    return contentEnd
  }

  /// Appends a stretch to the content in place, which costs nothing before the first doubled quote.
  private mutating func move(_ bytes: inout MutableSpan<UInt8>, base: Int, from start: Int, to end: Int) {
    if contentEnd != start {
      for index in 0..<end - start { bytes[base + contentEnd + index] = bytes[base + start + index] }
    }
    contentEnd += end - start
  }

  /// Counts lines up to the next quote from `position` on, and returns the place of that quote or `end`.
  private mutating func passContent(_ bytes: borrowing MutableSpan<UInt8>, base: Int, end: Int) -> Int {
    var next = position
    while next < end {
      // Safe: next < end, and `scan` has checked that eight bytes follow any place before `end`.
      let word = unsafe ByteWord.load(bytes.span, at: base &+ next)
      suspects |= ByteWord.suspects(word)
      let left = min(end &- next, ByteWord.size)
      let quotes = ByteWord.zeros(word ^ ByteWord.eight(CSVByte.quote)) & ByteWord.first(left)
      let passed = quotes == 0 ? left : quotes.trailingZeroBitCount / 8
      let lineFeeds = ByteWord.zeros(word ^ ByteWord.eight(CSVByte.lineFeed)) & ByteWord.first(passed)
      line &+= lineFeeds.nonzeroBitCount
      next &+= passed
      if quotes != 0 { return next }
    }
    return end
  }
}
