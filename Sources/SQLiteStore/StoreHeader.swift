internal import Glibc

/// The first hundred bytes of an SQLite file, read without SQLite: so that a file which is not ours is not
/// touched, not even by a checkpoint.
///
/// Offsets are those of the SQLite file format, section 1.3.
struct StoreHeader {
  let applicationID: UInt32
  let userVersion: UInt32
  /// The file is shorter than the pages its header counts.
  let isTruncated: Bool

  enum Reading {
    case missing, empty, foreign, header(StoreHeader)
  }

  static func read(path: String) -> Reading {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return errno == ENOENT ? .missing : .foreign }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .foreign }
    guard status.st_size > 0 else { return .empty }
    var bytes = [UInt8](repeating: 0, count: 100)
    let length = unsafe pread(descriptor, &bytes, 100, 0)
    guard length == 100, bytes[..<16].elementsEqual("SQLite format 3\0".utf8) else { return .foreign }
    func number(_ offset: Int, _ width: Int) -> UInt32 {
      bytes[offset..<(offset + width)].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let pageSize = number(16, 2) == 1 ? 65_536 : Int64(number(16, 2))
    // The page count is only good when the change counter equals the version that wrote it.
    let countsPages = number(24, 4) == number(92, 4)
    return .header(
      StoreHeader(
        applicationID: number(68, 4), userVersion: number(60, 4),
        isTruncated: countsPages && Int64(status.st_size) < pageSize * Int64(number(28, 4))))
  }

  /// Whether SQLite left a rollback journal or a write-ahead log that it must be allowed to look at.
  static func hasRecovery(path: String) -> Bool {
    unsafe access("\(path)-journal", F_OK) == 0 || access("\(path)-wal", F_OK) == 0
  }
}
