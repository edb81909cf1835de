/// Eight bytes of text in one integer, the first in the lowest bits, and questions asked of all at once.
///
/// An answer is a word in which the high bit of a byte is set where it is yes.
enum ByteWord {
  static let size = 8
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The same byte eight times.
  static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// - Precondition: `place + 8 <= bytes.count`, which is not checked.
  @unsafe @inline(__always)
  static func load(_ bytes: Span<UInt8>, at place: Int) -> UInt64 {
    // Safe: the caller vouches for the bounds, and any eight bytes are an integer.
    let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
    return UInt64(littleEndian: word)
  }

  /// Yes for the first `count` bytes, at most eight; no mark elsewhere.
  @inline(__always)
  static func first(_ count: Int) -> UInt64 {
    count >= size ? highBits : highBits & ((1 &<< UInt64(count &* 8)) &- 1)
  }

  /// Where a byte is 0.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 {
    // The sum carries into a byte's high bit unless its other bits are 0, and never into the next byte.
    ~(((word & ~highBits) &+ ~highBits) | word) & highBits
  }

  /// Where a byte is the delimiter, a quote or a line feed.
  ///
  /// - Precondition: the delimiter is ASCII, so that a high bit rules out all three.
  @inline(__always)
  static func marks(_ word: UInt64, _ delimiters: UInt64) -> UInt64 {
    let low = word & ~highBits
    let delimiter = (low ^ delimiters) &+ ~highBits
    let quote = (low ^ eight(CSVByte.quote)) &+ ~highBits
    let lineFeed = (low ^ eight(CSVByte.lineFeed)) &+ ~highBits
    return ~((delimiter & quote & lineFeed) | word) & highBits
  }

  /// Has a high bit set if, and only if, some byte is not ASCII or is 0; the place is not told.
  @inline(__always)
  static func suspects(_ word: UInt64) -> UInt64 {
    // Subtracting borrows out of a zero byte; a false alarm needs a zero byte below it, a true one.
    word | (word &- eight(1))
  }
}
