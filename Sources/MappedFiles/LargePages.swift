internal import Glibc

/// Memory that the system may back with large pages: what is read all over many megabytes finds its places without a walk
/// through the page tables each time.
package enum LargePages {
  /// Bytes of a large page.
  package static let byteCount = 2 << 20

  /// Uninitialised memory of one large page, aligned to it, in small pages where the system has no other. Freed by
  /// `deallocate()`.
  package static func allocate() -> UnsafeMutableRawPointer {
    let page = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: byteCount)
    // Safe: advice on memory allocated just now, and on nothing beside it; it changes no contents.
    _ = unsafe madvise(page, byteCount, MADV_HUGEPAGE)
    return unsafe page
  }
}
