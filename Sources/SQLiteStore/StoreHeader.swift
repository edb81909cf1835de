internal import CSQLite
internal import Glibc

/// The first hundred bytes of an SQLite file, read before SQLite looks at them: so that a file which is not ours is
/// not touched, not even by a checkpoint.
///
/// They are read through SQLite's own file all the same. Closing any other descriptor of the file would give up the
/// locks of every connection that this process has to it (fcntl(2), "record locks"): another process would then take
/// itself for the last one, and remove the write-ahead log under them.
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
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return errno == ENOENT ? .missing : .foreign }
    guard status.st_mode & S_IFMT == S_IFREG else { return .foreign }
    guard status.st_size > 0 else { return .empty }
    guard let connection = try? SQLiteConnection(path: path, mode: .readOnly),
      let bytes = connection.firstBytes(100), bytes[..<16].elementsEqual("SQLite format 3\0".utf8)
    else { return .foreign }
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
