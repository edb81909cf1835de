internal import Glibc

/// An advisory lock that one process at a time holds, given up when the work is done or the process dies.
package enum FileLock {
  /// Does `body` while holding the lock on the file at `path`, which is created if need be.
  ///
  /// Returns `nil` at once, without waiting, when another process holds it or the folder can't be written.
  package static func whileHolding<Result, Failure: Error>(
    _ path: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    return try body()
  }
}
