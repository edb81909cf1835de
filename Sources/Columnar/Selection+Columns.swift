extension Selection {
  /// Keeps the rows whose byte, masked, equals `value`. O(rows), eight rows a step.
  package init(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) {
    let (masks, values) = (Self.everyByte &* UInt64(mask), Self.everyByte &* UInt64(value))
    self.init(bytes) { eight in
      Self.zeroBytes((eight & masks) ^ values)
    } orOne: {
      $0 & mask == value
    }
  }

  /// Keeps the rows whose byte is one of a few. O(rows × values), eight rows a step.
  private init(_ bytes: Span<UInt8>, anyOf values: [UInt8]) {
    let patterns = values.map { Self.everyByte &* UInt64($0) }
    if patterns.count == 2 {
      let (first, second) = (patterns[0], patterns[1])
      self.init(bytes) { eight in
        Self.zeroBytes(eight ^ first) | Self.zeroBytes(eight ^ second)
      } orOne: {
        values.contains($0)
      }
      return
    }
    if let first = patterns.first, patterns.count <= 4 {
      // The first one over again makes four of fewer.
      let (second, third, fourth) = (
        patterns.count > 1 ? patterns[1] : first, patterns.count > 2 ? patterns[2] : first,
        patterns.count > 3 ? patterns[3] : first
      )
      self.init(bytes) { eight in
        Self.zeroBytes(eight ^ first) | Self.zeroBytes(eight ^ second) | Self.zeroBytes(eight ^ third)
          | Self.zeroBytes(eight ^ fourth)
      } orOne: {
        values.contains($0)
      }
      return
    }
    self.init(bytes) { eight in
      var found: UInt64 = 0
      for pattern in patterns { found |= Self.zeroBytes(eight ^ pattern) }
      return found
    } orOne: {
      values.contains($0)
    }
  }

  /// Keeps the rows whose value lies in `range`. O(rows), branch-free.
  package init(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) {
    let width = range.upperBound - range.lowerBound
    self.init(rowCount: values.count) { row in
      // Safe: rows are below the count.
      unsafe values[unchecked: row] &- range.lowerBound <= width
    }
  }

  /// Keeps the rows whose value lies in `range`. O(rows), branch-free.
  package init(_ values: [Int64], in range: ClosedRange<Int64>) {
    let values = values.span
    self.init(rowCount: values.count) { row in
      // Safe: as above.
      unsafe values[unchecked: row] >= range.lowerBound && values[unchecked: row] <= range.upperBound
    }
  }

  /// Keeps the rows whose bits have any of `mask`. O(rows).
  package init(_ values: [UInt32], anyOf mask: UInt32) {
    self.init(rowCount: values.count) { row in values[row] & mask != 0 }
  }

  /// More wanted bytes than these are looked up one by one.
  private static let mostComparisons = 12

  /// Keeps the rows whose code is marked in `isWanted`, which has a place for every code. O(rows).
  package init(_ codes: CodeColumn, wanted isWanted: [Bool]) {
    switch codes {
    case .constant(let code, let count): self.init(rowCount: count, all: isWanted[Int(code)])
    case .bytes(let column):
      let wanted = isWanted.prefix(256).indices.filter { isWanted[$0] }.map { UInt8($0) }
      if wanted.count <= Self.mostComparisons {
        self.init(column.span, anyOf: wanted)
      } else {
        let span = column.span
        self.init(rowCount: span.count) { row in isWanted[Int(span[row])] }
      }
    case .words(let column):
      let span = column.span
      self.init(rowCount: span.count) { row in isWanted[Int(span[row])] }
    case .wide(let column):
      let span = column.span
      self.init(rowCount: span.count) { row in isWanted[Int(span[row])] }
    }
  }

  /// Of some rows those for which `isKept` holds. O(rows / 64 + kept).
  @inline(__always)
  package func filter(_ isKept: (Int) -> Bool) -> Selection {
    var words = words
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        let bit = rest & (0 &- rest)
        if !isKept(index &* 64 &+ rest.trailingZeroBitCount) { words[index] &= ~bit }
        rest &= rest &- 1
      }
    }
    return Selection(rowCount: rowCount, exactWords: words)
  }

  /// Of some rows those whose value lies in `range`. O(rows / 64 + kept).
  package func filter(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) -> Selection {
    let width = range.upperBound - range.lowerBound
    return filter { values[$0] &- range.lowerBound <= width }
  }

  /// Of some rows those whose byte, masked, equals `value`. O(rows / 64 + kept).
  package func filter(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) -> Selection {
    filter { bytes[$0] & mask == value }
  }

  /// Of some rows those whose code is marked. O(rows / 64 + kept).
  package func filter(_ codes: CodeColumn, wanted isWanted: [Bool]) -> Selection {
    filter { isWanted[Int(codes.code(at: $0))] }
  }

  private static var everyByte: UInt64 { 0x0101_0101_0101_0101 }

  /// The highest bit of every byte that is 0, and nothing else.
  @inline(__always)
  private static func zeroBytes(_ eight: UInt64) -> UInt64 {
    let low = everyByte &* 0x7F
    // Adding can't carry from byte to byte: both summands have a 0 on top.
    return ~(((eight & low) &+ low) | eight | low)
  }

  /// Keeps the rows of bytes whose highest bit `found` sets in eight bytes at a time; the last ones are told one by
  /// one.
  @inline(__always)
  private init(_ bytes: Span<UInt8>, _ found: (UInt64) -> UInt64, orOne isKept: (UInt8) -> Bool) {
    var words: [UInt64] = []
    words.reserveCapacity((bytes.count + 63) / 64)
    var row = 0
    while row &+ 64 <= bytes.count {
      var word: UInt64 = 0
      for part in 0..<8 {
        // Safe: eight bytes from here on lie below row + 64, which the loop's condition has checked.
        let eight = unsafe bytes.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: row &+ part &* 8, as: UInt64.self)
        // A multiplication gathers the eight bits in the upper byte.
        let bits = ((found(eight) &>> 7) &* 0x0102_0408_1020_4080) &>> 56
        word |= bits &<< UInt64(part &* 8)
      }
      words.append(word)
      row &+= 64
    }
    if row < bytes.count {
      var word: UInt64 = 0
      for place in row..<bytes.count where isKept(bytes[place]) { word |= 1 &<< UInt64(place &- row) }
      words.append(word)
    }
    self.init(rowCount: bytes.count, exactWords: words)
  }

  /// Keeps the rows that `isKept` tells, sixty-four to a word.
  @inline(__always)
  private init(rowCount: Int, _ isKept: (Int) -> Bool) {
    var words: [UInt64] = []
    words.reserveCapacity((rowCount + 63) / 64)
    var row = 0
    while row < rowCount {
      let end = min(row &+ 64, rowCount)
      var word: UInt64 = 0
      var bit: UInt64 = 0
      while row < end {
        word |= (isKept(row) ? 1 : 0) &<< bit
        bit &+= 1
        row &+= 1
      }
      words.append(word)
    }
    self.init(rowCount: rowCount, exactWords: words)
  }
}
