import Glibc

/// A folder of compiled zones, one file a zone, named by its path.
struct ZoneDatabase: Sendable {
  var root: String

  /// `$TZDIR`, else where the system's tz package puts it.
  static var system: ZoneDatabase {
    // Safe: the environment's string is copied before anything else runs.
    guard let folder = unsafe getenv("TZDIR"), unsafe folder.pointee != 0 else {
      return ZoneDatabase(root: "/usr/share/zoneinfo")
    }
    return unsafe ZoneDatabase(root: String(cString: folder))
  }

  /// Whether a path in the folder is a zone's. The tables beside the zones have an extension or a small first
  /// letter, and so have `localtime` and `posixrules`, which mean another zone on every machine.
  static func isZoneName(_ path: String) -> Bool {
    guard let first = path.utf8.first, !path.utf8.contains(UInt8(ascii: ".")) else { return false }
    return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first
  }

  /// The bytes of a zone's file, nil when there is none; `unreadableFile` over 1 MB or when it cannot be
  /// read.
  func contents(of name: String) throws(TimeZoneRules.Fault) -> [UInt8]? {
    // Not to wait, should there be a pipe of that name.
    // Safe: the string outlives the call, which keeps nothing of it.
    let file = unsafe open("\(root)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      guard [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) else { throw .unreadableFile }
      return nil
    }
    defer { close(file) }
    var status = stat()
    // Safe: the kernel fills one status of its own layout.
    guard unsafe fstat(file, &status) == 0 else { throw .unreadableFile }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return nil
    case S_IFREG where status.st_size <= Self.largestFile:
      return try Self.read(file, atMost: Int(status.st_size))
    default: throw .unreadableFile
    }
  }

  /// The largest file known has less than 4 kB.
  private static let largestFile = 1 << 20

  private static func read(_ file: Int32, atMost size: Int) throws(TimeZoneRules.Fault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let received = unsafe bytes.withUnsafeMutableBytes { buffer in
        // Safe: the kernel writes at most the size of the part of the buffer that it is given.
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        return unsafe Glibc.read(file, rest.baseAddress, rest.count)
      }
      if received < 0, errno == EINTR { continue }
      guard received >= 0 else { throw .unreadableFile }
      guard received > 0 else { break }
      filled += received
    }
    bytes.removeLast(size - filled)
    return bytes
  }
}
