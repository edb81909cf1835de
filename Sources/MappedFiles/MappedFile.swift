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
  private let path: String
  /// Open for ``map(_:into:)``; -1 for none.
  private let descriptor: Int32

  /// Maps the file at `path`. O(1); pages are read when touched.
  ///
  /// - Parameter staysOpen: whether parts of it are to be mapped into other memory.
  package init(path: String, staysOpen: Bool = false) throws(FileFault) {
    self.path = path
    let descriptor = retryingInterrupts { unsafe open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileFault(.open, path) }
    self.descriptor = staysOpen ? descriptor : -1
    var isMapped = false
    defer { if !staysOpen || !isMapped { close(descriptor) } }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileFault(.read, path) }
    stamp = FileStamp(status)
    let length = Int(status.st_size)
    guard length > 0 else {
      unsafe mapping = UnsafeRawBufferPointer(start: nil, count: 0)
      isMapped = true
      return
    }
    guard
      let address = unsafe mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe address != MAP_FAILED
    else { throw FileFault(.map, path) }
    unsafe mapping = UnsafeRawBufferPointer(start: address, count: length)
    isMapped = true
  }

  deinit {
    if let address = unsafe mapping.baseAddress {
      unsafe _ = munmap(UnsafeMutableRawPointer(mutating: address), mapping.count)
    }
    if descriptor >= 0 { close(descriptor) }
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

  /// Has reserved memory begin with a part of the file: pages are read when touched, and changes stay in the memory. O(1).
  ///
  /// - Precondition: the range lies within a file that stays open, and both its ends are multiples of ``pageSize``; there
  ///   is as much memory, of which nothing was touched.
  package func map(_ range: Range<Int>, into memory: ReservedMemory) throws(FileFault) {
    precondition(descriptor >= 0 && range.lowerBound >= 0 && range.upperBound <= count)
    precondition(range.lowerBound % Self.pageSize == 0 && range.count % Self.pageSize == 0)
    precondition(range.count <= memory.reservedCount)
    guard !range.isEmpty else { return }
    // Safe: replaces pages that are the memory's own, as the precondition checked.
    let address = unsafe mmap(
      memory.start, range.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, descriptor,
      range.lowerBound)
    guard unsafe address != MAP_FAILED else { throw FileFault(.map, path) }
  }

  /// What parts that are mapped into memory begin and end at multiples of: the largest page of the supported machines.
  package static let pageSize = 1 << 16
}
