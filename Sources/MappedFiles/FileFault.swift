internal import Glibc

/// A system call on a file that did not work: which, on what, and the system's number for why.
package struct FileFault: Error, Equatable, Sendable {
  /// What was being done.
  package enum Operation: String, Sendable {
    case open, read, write, sync, rename, map, lock
  }

  /// What was being done.
  package let operation: Operation
  /// The file as it was named.
  package let path: String
  /// The system's error number.
  package let errno: Int32

  /// Reads `errno` at once, before another call overwrites it.
  init(_ operation: Operation, _ path: String) {
    self.operation = operation
    self.path = path
    self.errno = Glibc.errno
  }

  /// The system's words for the error number.
  package var reason: String {
    // Safe: strerror returns a NUL-terminated string that outlives this copy.
    unsafe String(cString: strerror(errno))
  }

  /// Whether the file was not there, or not for this user.
  package var isMissingFile: Bool { errno == ENOENT || errno == EACCES }
}

/// Repeats a call that a signal interrupted.
func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
