import Glibc

/// Why bytes could not be had; each case keeps the system's own code.
package enum ByteSourceFault: Error, Equatable {
  /// No such file, or a folder on the way to it is missing.
  case missing(errno: Int32)
  /// The path names a directory.
  case directory(errno: Int32)
  /// The file or a folder on the way to it may not be read.
  case noPermission(errno: Int32)
  /// The file was written to, or cut, while it was read.
  case changed
  /// Anything else the system refused.
  case io(errno: Int32)

  /// Sorts a system error code into its case.
  package init(errno code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing(errno: code)
    case EISDIR: self = .directory(errno: code)
    case EACCES, EPERM: self = .noPermission(errno: code)
    case ESTALE: self = .changed
    default: self = .io(errno: code)
    }
  }

  /// The system's error code, as in `errno.h`.
  package var errno: Int32 {
    switch self {
    case .missing(let code), .directory(let code), .noPermission(let code), .io(let code): code
    case .changed: ESTALE
    }
  }
}
