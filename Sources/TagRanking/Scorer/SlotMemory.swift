internal import MappedFiles

/// Sixteen numbers for each slot, all 0 at first, at addresses that never move.
///
/// A struct of a reference and an address: copies share the memory.
@safe
struct SlotMemory<Number: BitwiseCopyable> {
  private let memory: ReservedMemory
  /// Number 0 of slot 0.
  // Safe: valid as long as `memory`, which lives as long as this.
  let numbers: UnsafeMutablePointer<Number>
  /// Slots there is room for.
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    let stride = MemoryLayout<Number>.stride
    memory = ReservedMemory(byteCount: capacity * WeightTable.width * stride)
    // Safe: aligned, zeros, and bound to nothing else.
    unsafe numbers = memory.start.bindMemory(to: Number.self, capacity: capacity * WeightTable.width)
  }

  /// Bytes of a slot.
  static var slotBytes: Int { WeightTable.width * MemoryLayout<Number>.stride }

  /// The numbers of a slot.
  @inline(__always)
  subscript(slot: Int) -> UnsafeMutablePointer<Number> {
    // Safe: whoever asks for a slot knows it to be below the capacity.
    unsafe numbers + slot &* WeightTable.width
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
