internal import Glibc

/// Memory for a table that grows: zeros, reserved at once and provided by the system as it is touched.
///
/// Growth copies nothing and addresses never move. What is read all over many megabytes finds its places without a walk
/// through the page tables each time, for the system is asked for large pages; the first ones stay small, so that a small
/// table costs little.
@safe
package final class ReservedMemory {
  /// Bytes of a large page.
  private static let largePage = 2 << 20
  private static let smallPages = 2 * largePage

  /// Aligned to a large page; `byteCount` bytes, all 0 at first.
  package let start: UnsafeMutableRawPointer
  /// Bytes that can be used.
  package let byteCount: Int
  /// Bytes that a file may be mapped over: whole pages.
  // Safe: addresses of one mapping.
  var reservedCount: Int { unsafe mappedCount - (start - mapping) }
  private let mapping: UnsafeMutableRawPointer
  private let mappedCount: Int

  /// Reserves memory; as little of it as is touched will be in use.
  ///
  /// - Precondition: the process may reserve so much address space.
  package init(byteCount: Int) {
    self.byteCount = byteCount
    mappedCount = byteCount + Self.largePage + MappedFile.pageSize
    let mapping = unsafe mmap(
      nil, mappedCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      preconditionFailure("no address space is left")
    }
    unsafe self.mapping = mapping
    unsafe start = mapping.alignedUp(toMultipleOf: Self.largePage)
    if byteCount > Self.smallPages {
      // Safe: advice on memory reserved just now, and on nothing beside it; it changes no contents.
      _ = unsafe madvise(start + Self.smallPages, byteCount - Self.smallPages, MADV_HUGEPAGE)
    }
  }

  deinit {
    // Safe: reserved here, for so many bytes.
    unsafe munmap(mapping, mappedCount)
  }
}
