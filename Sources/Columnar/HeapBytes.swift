/// Bytes on the heap that columns can view: what a block is built into before, or instead of, being mapped.
@safe
package final class HeapBytes: @unchecked Sendable {
  // Safe: written in `init` only, read through immutable columns, freed with the last owner.
  private let storage: UnsafeMutableRawBufferPointer

  /// Copies the bytes of `elements` to memory aligned for every element type. O(elements).
  package init<Element: BitwiseCopyable>(copying elements: [Element]) {
    // Safe: plain values, whose bytes are copied to memory of the same size.
    unsafe storage = elements.withUnsafeBytes {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: $0.count, alignment: 64)
      unsafe copy.copyMemory(from: $0)
      return unsafe copy
    }
  }

  deinit {
    unsafe storage.deallocate()
  }

  /// The bytes, valid while this object lives.
  @unsafe
  package var buffer: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(storage)
  }
}
