/// Fixed-width little-endian numbers in a byte array: how headers and directories are written.
extension [UInt8] {
  /// Appends a number, least significant byte first.
  @inlinable
  package mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    var rest = number
    for _ in 0..<(Number.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Appends numbers, each least significant byte first. O(numbers), a copy of their memory.
  @inlinable
  package mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(littleEndian numbers: [Number]) {
    // The supported machines are little-endian: the numbers' memory is what is to be written.
    // Safe: plain numbers, copied before the buffer goes.
    unsafe numbers.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}

/// Reads what ``Swift/Array/append(littleEndian:)`` wrote; past the end it answers `nil`, never traps.
package struct ByteReader: ~Escapable {
  @usableFromInline let bytes: RawSpan
  /// Where the next read begins.
  package internal(set) var offset: Int

  /// Reads from `offset` of `bytes`.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// The next number; `nil` when too few bytes are left.
  @inlinable
  package mutating func next<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number? {
    let width = Number.bitWidth / 8
    guard offset >= 0, bytes.byteCount - offset >= width else { return nil }
    defer { offset += width }
    // Safe: `width` bytes at `offset` lie within the span; any bit pattern is a number.
    return Number(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }

  /// The next `count` numbers; `nil` when too few bytes are left.
  @inlinable
  package mutating func next<Number: Numeric & BitwiseCopyable>(
    _ count: Int, of type: Number.Type
  ) -> [Number]? {
    guard count >= 0, offset >= 0, offset <= bytes.byteCount,
      (bytes.byteCount - offset) / MemoryLayout<Number>.stride >= count
    else { return nil }
    let width = count * MemoryLayout<Number>.stride
    defer { offset += width }
    let source = bytes.extracting(offset..<(offset + width))
    // An array made without room would write its count into the storage that all empty arrays share.
    if count == 0 { return [] }
    return unsafe [Number](unsafeUninitializedCapacity: count) { numbers, filled in
      // Safe: `width` bytes are there to be read and to be written; any bit pattern is a number.
      unsafe source.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(numbers).copyMemory(from: $0) }
      filled = count
    }
  }

  /// The next `count` bytes; `nil` when too few are left.
  package mutating func next(count: Int) -> [UInt8]? {
    guard count >= 0, offset >= 0, bytes.byteCount - offset >= count else { return nil }
    defer { offset += count }
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in offset..<(offset + count) {
      copy.append(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
    }
    return copy
  }
}
