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

  /// The bytes of some slots.
  func bytes(_ slots: Range<Int>) -> [UInt8] {
    // Safe: initialised memory of plain numbers, copied here.
    unsafe [UInt8](
      UnsafeRawBufferPointer(start: self[slots.lowerBound], count: slots.count * Self.slotBytes))
  }

  /// Fills slots from a first one on with bytes that ``bytes(_:)`` gave.
  func fill(from slot: Int, _ bytes: RawSpan) {
    precondition(slot * Self.slotBytes + bytes.byteCount <= capacity * Self.slotBytes)
    unsafe bytes.withUnsafeBytes {
      // Safe: checked; any bits are numbers.
      unsafe UnsafeMutableRawBufferPointer(start: self[slot], count: $0.count).copyMemory(from: $0)
    }
  }

  /// Takes over some slots of another.
  func copy(_ slots: Range<Int>, from other: SlotMemory) {
    precondition(slots.upperBound <= min(capacity, other.capacity))
    // Safe: checked; both are initialised.
    unsafe self[slots.lowerBound].update(
      from: other[slots.lowerBound], count: slots.count * WeightTable.width)
  }
}
