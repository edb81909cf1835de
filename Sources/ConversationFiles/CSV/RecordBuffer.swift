/// The window of the input that the reader works in: the current record and what was read beyond it.
///
///     0        start                end       capacity   + 8
///     | done   | record | ahead ... | room    | padding  |
///
/// The padding lets a scan load eight bytes from any position before `end`.
struct RecordBuffer: ~Copyable {
  private var source: ByteSource
  /// Bytes of the whole input, if that can be known.
  var byteCount: Int? { source.byteCount }
  var bytes: [UInt8]
  /// Index of the first byte that is still wanted.
  private(set) var start = 0
  private(set) var end = 0
  /// Place of `bytes[0]` in the input.
  private var offset = 0
  private(set) var isAtEnd = false

  init(_ source: consuming ByteSource, capacity: Int) {
    self.source = source
    bytes = [UInt8](repeating: 0, count: max(capacity, 2) + ByteWord.size)
  }

  var capacity: Int { bytes.count - ByteWord.size }
  var available: Int { end - start }
  /// Bytes of the input in front of `start`.
  var consumed: Int { offset + start }

  /// Byte number `index` from `start` on.
  subscript(_ index: Int) -> UInt8 { bytes[start + index] }

  /// The bytes at `places`, counted from `start` on.
  @_lifetime(borrow self)
  func span(_ places: Range<Int>) -> Span<UInt8> {
    bytes.span.extracting(start + places.lowerBound..<start + places.upperBound)
  }

  /// Lets go of the next `count` bytes.
  mutating func discard(_ count: Int) {
    precondition(count >= 0 && count <= available)
    start += count
  }

  /// Sees to it that `count` bytes are available; false when the input ends before.
  mutating func ensure(_ count: Int) throws(CSVFault) -> Bool {
    while available < count {
      if try !fill() { return false }
    }
    return true
  }

  /// Reads once, and returns false at the end of the input.
  ///
  /// Moves the wanted bytes to the front first, which happens at most once a record; then grows when
  /// less than half of the capacity is free, so that a long record costs a constant number of moves a byte.
  mutating func fill() throws(CSVFault) -> Bool {
    if isAtEnd { return false }
    moveToFront()
    if available * 2 > capacity {
      let room = capacity
      bytes.reserveCapacity(bytes.count + room)
      bytes += [UInt8](repeating: 0, count: room)
    }
    do {
      let count = try source.read(into: &bytes, at: end..<capacity)
      end += count
      isAtEnd = count == 0
    } catch {
      throw .io(errno: error.errno)
    }
    return !isAtEnd
  }

  /// Forgets what it holds and takes `record` for all that the input has.
  mutating func replace(with record: UnsafeRawBufferPointer) {
    if record.count > capacity {
      bytes = [UInt8](repeating: 0, count: record.count + ByteWord.size)
    }
    // Safe: the bytes have just been made long enough.
    unsafe bytes.withUnsafeMutableBytes { unsafe $0.copyMemory(from: record) }
    start = 0
    end = record.count
    isAtEnd = true
  }

  /// Hands over the bytes from `start` on, those read ahead first, as `ByteSource.read` does.
  mutating func pass(into target: inout [UInt8], at range: Range<Int>) throws(CSVFault) -> Int {
    guard available > 0 else {
      do {
        return try source.read(into: &target, at: range)
      } catch {
        throw .io(errno: error.errno)
      }
    }
    let count = min(available, range.count)
    for index in 0..<count { target[range.lowerBound + index] = bytes[start + index] }
    start += count
    return count
  }

  private mutating func moveToFront() {
    guard start > 0 else { return }
    for index in start..<end { bytes[index - start] = bytes[index] }
    offset += start
    end -= start
    start = 0
  }
}
