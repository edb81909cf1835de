internal import MappedFiles

/// Sixteen numbers for each slot, all 0 at first, at addresses that never move. Before the first slot lie sixteen zeros, to be
/// read where there is no slot.
///
/// A struct of a reference and an address: copies share the memory.
@safe
struct SlotMemory<Number: BitwiseCopyable> {
  private let memory: ReservedMemory
  /// The sixteen zeros; what an entry of a list of places leads to lies so many times sixteen numbers further on.
  // Safe: valid as long as `memory`, which lives as long as this.
  let zeros: UnsafeMutablePointer<Number>
  /// Slots there is room for.
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    let stride = MemoryLayout<Number>.stride
    let count = (capacity + 1) * WeightTable.width
    memory = ReservedMemory(byteCount: count * stride)
    // Safe: aligned, zeros, and bound to nothing else.
    unsafe zeros = memory.start.bindMemory(to: Number.self, capacity: count)
  }

  /// Bytes of a slot.
  static var slotBytes: Int { WeightTable.width * MemoryLayout<Number>.stride }

  /// The numbers of a slot.
  @inline(__always)
  subscript(slot: Int) -> UnsafeMutablePointer<Number> {
    // Safe: whoever asks for a slot knows it to be below the capacity.
    unsafe zeros + (slot &+ 1) &* WeightTable.width
  }

  /// Sets a slot's numbers to 0.
  func clear(_ slot: Int) {
    // Safe: all bits 0 are the number 0.
    unsafe UnsafeMutableRawBufferPointer(start: self[slot], count: Self.slotBytes).initializeMemory(
      as: UInt8.self, repeating: 0)
  }

  /// Bytes that so many slots take in a file, with the zeros before them and those that fill the last page.
  static func pagedCount(slots: Int) -> Int {
    let page = MappedFile.pageSize
    return ((slots + 1) * slotBytes + page - 1) / page * page
  }

  /// Runs `body` with these bytes.
  ///
  /// - Precondition: no slot beyond them was ever used.
  func withPages<Result, Fault: Error>(
    slots: Int, _ body: (RawSpan) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    // Safe: as many bytes are reserved, a page more than slots there is room for, and read before the memory goes.
    let bytes = unsafe UnsafeRawBufferPointer(start: zeros, count: Self.pagedCount(slots: slots))
    return try body(unsafe RawSpan(_unsafeBytes: bytes))
  }

  /// Begins with slots that lie in a file; see ``withPages(slots:_:)``. O(1).
  func map(_ range: Range<Int>, of file: MappedFile) throws(FileFault) {
    try file.map(range, into: memory)
  }

  /// Takes over some slots of another.
  func copy(_ slots: Range<Int>, from other: SlotMemory) {
    precondition(slots.upperBound <= min(capacity, other.capacity))
    // Safe: checked; both are initialised.
    unsafe self[slots.lowerBound].update(
      from: other[slots.lowerBound], count: slots.count * WeightTable.width)
  }
}
