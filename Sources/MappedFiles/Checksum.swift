/// A 64-bit checksum that notices every single flipped bit and, but for one case in 2^64, any other damage.
///
/// Four lanes of multiply and xor over 8-byte words, so that a core's multiplier is kept busy; each step is a
/// bijection of its lane, which is why one wrong word always shows. Not meant against forgery.
package struct Checksum: Sendable {
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The checksum of `bytes`. O(bytes), several gigabytes a second.
  package static func of(_ bytes: RawSpan) -> UInt64 {
    let words = bytes.byteCount / 8
    let aligned = words & ~3
    var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var word = 0
    while word < aligned {
      let at = word &* 8
      // Safe: `aligned` words of 8 bytes lie within the span, checked by the loop's bound.
      a = unsafe (a ^ bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)) &* multiplier
      b =
        unsafe (b ^ bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at &+ 8, as: UInt64.self))
        &* multiplier
      c =
        unsafe (c ^ bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at &+ 16, as: UInt64.self))
        &* multiplier
      d =
        unsafe (d ^ bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at &+ 24, as: UInt64.self))
        &* multiplier
      a ^= a >> 29
      b ^= b >> 29
      c ^= c >> 29
      d ^= d >> 29
      word += 4
    }
    var sum = UInt64(bytes.byteCount)
    for lane in [a, b, c, d] { sum = mix(sum, lane) }
    for offset in (aligned * 8)..<bytes.byteCount {
      sum = mix(sum, UInt64(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)))
    }
    return sum
  }

  /// The checksum of an array's bytes.
  package static func of(_ bytes: [UInt8]) -> UInt64 {
    unsafe of(bytes.span.bytes)
  }

  private static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (sum ^ word) &* multiplier
    return mixed ^ (mixed >> 32)
  }
}
