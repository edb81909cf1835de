internal import Glibc

/// Tells one version of a file from the next: another file in its place has another stamp.
///
/// The device and number of the file, its size, and when it was last written and renamed. The number alone would not
/// do: once nobody has the old file open, the new one may get it.
package struct FileStamp: Equatable, Sendable {
  private let words: [Int]

  /// The stamp of the file at `path`; `nil` when there is none. One system call.
  package init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    words = [
      Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
      status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}
