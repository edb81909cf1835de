import Glibc

/// What changes when somebody writes to a file, or cuts it.
package struct FileState: Sendable {
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int
  /// Where reading begins: whoever hands over an open file may have read some of it.
  private let start: Int64

  /// The state of an open file as it is now; `nil` for what is no regular one.
  package init?(_ descriptor: Int32) {
    var status = stat()
    // Safe: `status` is a `stat` of this frame, written before it is read.
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    size = Int64(status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    start = Int64(max(0, lseek(descriptor, 0, SEEK_CUR)))
  }

  /// Whether nobody has written to the file since.
  package func isCurrent(of descriptor: Int32) -> Bool {
    guard let now = FileState(descriptor) else { return false }
    return (now.size, now.seconds, now.nanoseconds) == (size, seconds, nanoseconds)
  }

  /// Whether so many bytes are all of the file, and it is as it was. Files that the system makes up say that they have no
  /// bytes.
  func isWhole(_ bytes: Int, of descriptor: Int32) -> Bool {
    isCurrent(of: descriptor) && (size == 0 || bytes == max(0, size - start))
  }
}
