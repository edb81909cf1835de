/// Bytes on the heap that columns can view: what a block is built into before, or instead of, being mapped.
@safe
package final class HeapBytes: @unchecked Sendable {
  // Safe: written in `init` only, read through immutable columns, freed with the last owner.
  private let storage: UnsafeMutableRawBufferPointer

  /// Copies `bytes` to memory aligned for every element type. O(bytes).
  package init(copying bytes: [UInt8]) {
    unsafe storage = .allocate(byteCount: bytes.count, alignment: 64)
    unsafe storage.copyBytes(from: bytes)
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
