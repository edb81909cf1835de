extension Selection {
  /// Keeps the rows whose byte, masked, equals `value`. O(rows), sixteen rows a step.
  package init(_ bytes: Span<UInt8>, masked mask: UInt8, equal value: UInt8) {
    let (masks, values) = (Sixteen(repeating: mask), Sixteen(repeating: value))
    self.init(bytes) {
      ($0 & masks) .== values
    } orOne: {
      $0 & mask == value
    }
  }

  /// Keeps the rows whose byte is one of a few. O(rows × values), sixteen rows a step.
  private init(_ bytes: Span<UInt8>, anyOf values: [UInt8]) {
    guard let first = values.first.map({ Sixteen(repeating: $0) }) else {
      self.init(rowCount: bytes.count, all: false)
      return
    }
    if values.count <= 4 {
      // The first one over again makes four of fewer.
      let second = values.count > 1 ? Sixteen(repeating: values[1]) : first
      let third = values.count > 2 ? Sixteen(repeating: values[2]) : first
      let fourth = values.count > 3 ? Sixteen(repeating: values[3]) : first
      self.init(bytes) {
        ($0 .== first) .| ($0 .== second) .| ($0 .== third) .| ($0 .== fourth)
      } orOne: {
        values.contains($0)
      }
      return
    }
    let vectors = values.map { Sixteen(repeating: $0) }
    self.init(bytes) { sixteen in
      var isAny = sixteen .== first
      for vector in vectors { isAny .|= sixteen .== vector }
      return isAny
    } orOne: {
      values.contains($0)
    }
  }

  /// Keeps the rows whose value lies in `range`. O(rows), sixteen rows a step.
  package init(_ values: Span<UInt32>, in range: ClosedRange<UInt32>) {
    let width = range.upperBound - range.lowerBound
    let (least, widths) = (SIMD16(repeating: range.lowerBound), SIMD16(repeating: width))
    var words: [UInt64] = []
    words.reserveCapacity((values.count + 63) / 64)
    var row = 0
    while row &+ 64 <= values.count {
      var word: UInt64 = 0
      for part in 0..<4 {
        // Safe: sixteen values from here on lie below row + 64, which the loop's condition has checked.
        let sixteen = unsafe values.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: (row &+ part &* 16) &* 4, as: SIMD16<UInt32>.self)
        let isKept = (sixteen &- least) .<= widths
        let bits = SIMD16<UInt32>(repeating: 0).replacing(with: Self.bitOfPlace, where: isKept)
        word |= UInt64(bits.wrappedSum()) &<< UInt64(part &* 16)
      }
      words.append(word)
      row &+= 64
    }
    if row < values.count {
      var word: UInt64 = 0
      for place in row..<values.count where values[place] &- range.lowerBound <= width {
        word |= 1 &<< UInt64(place &- row)
      }
      words.append(word)
    }
    self.init(rowCount: values.count, exactWords: words)
  }

  private static var bitOfPlace: SIMD16<UInt32> {
    SIMD16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768)
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
      var kept: UInt64 = 0
      while rest != 0 {
        // Whether a row is kept can't be foreseen: no branch depends on it.
        let bit = rest & (0 &- rest)
        kept |= isKept(index &* 64 &+ rest.trailingZeroBitCount) ? bit : 0
        rest &= rest &- 1
      }
      words[index] = kept
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

  /// As many bytes as every processor compares at once; wider vectors are taken apart one by one.
  private typealias Sixteen = SIMD16<UInt8>

  /// Keeps the rows of bytes that `areKept` tells sixteen at a time; the last ones are told one by one.
  @inline(__always)
  private init(
    _ bytes: Span<UInt8>, _ areKept: (Sixteen) -> SIMDMask<SIMD16<Int8>>, orOne isKept: (UInt8) -> Bool
  ) {
    var words: [UInt64] = []
    words.reserveCapacity((bytes.count + 63) / 64)
    var row = 0
    while row &+ 64 <= bytes.count {
      var word: UInt64 = 0
      for part in 0..<4 {
        // Safe: sixteen bytes from here on lie below row + 64, which the loop's condition has checked.
        let sixteen = unsafe bytes.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: row &+ part &* 16, as: Sixteen.self)
        // Safe: both are sixteen bytes; those of a mask are all ones or all zeros.
        let mask = unsafe unsafeBitCast(areKept(sixteen), to: SIMD2<UInt64>.self)
        word |= Self.bits(mask[0]) &<< UInt64(part &* 16)
        word |= Self.bits(mask[1]) &<< UInt64(part &* 16 &+ 8)
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

  /// A bit for each of eight bytes that are all ones or all zeros: a multiplication gathers them in the upper byte.
  @inline(__always)
  private static func bits(_ eight: UInt64) -> UInt64 {
    ((eight & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
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
