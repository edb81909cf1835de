internal import Glibc

/// A whole file mapped read-only.
///
/// Only for files that this program wrote and renamed into place: nobody truncates those, so a page is always
/// there to be read. User files are read, never mapped.
@safe
package final class MappedFile: @unchecked Sendable {
  // Safe: the mapping is private, read-only and lives as long as this object.
  private let mapping: UnsafeRawBufferPointer
  /// Which version of the file this is.
  package let stamp: FileStamp

  /// Maps the file at `path`. O(1); pages are read when touched.
  package init(path: String) throws(FileFault) {
    let descriptor = retryingInterrupts { unsafe open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileFault(.open, path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileFault(.read, path) }
    stamp = FileStamp(status)
    let length = Int(status.st_size)
    guard length > 0 else {
      unsafe mapping = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard
      let address = unsafe mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe address != MAP_FAILED
    else { throw FileFault(.map, path) }
    unsafe mapping = UnsafeRawBufferPointer(start: address, count: length)
  }

  deinit {
    if let address = unsafe mapping.baseAddress {
      unsafe _ = munmap(UnsafeMutableRawPointer(mutating: address), mapping.count)
    }
  }

  /// Length in bytes.
  package var count: Int { unsafe mapping.count }

  /// The bytes, to be read while the mapping is alive.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // Safe: the mapping covers `count` readable bytes while `self` lives.
      unsafe _overrideLifetime(RawSpan(_unsafeBytes: mapping), borrowing: self)
    }
  }

  /// A part of the mapping for a column to view; the column must keep this object.
  ///
  /// - Precondition: `range` lies within the file.
  @unsafe
  package func buffer(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: mapping[range])
  }
}
