internal import Glibc

/// An advisory lock that one process at a time holds, given up when the work is done or the process dies.
package enum FileLock {
  /// Does `body` while holding the lock on the file at `path`, which is created if need be.
  ///
  /// Returns `nil` at once, without waiting, when another process holds it, or asks about it at this moment, or the
  /// file can be neither made nor opened.
  package static func whileHolding<Result, Failure: Error>(
    _ path: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard let descriptor = opened(path) else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    return try body()
  }

  /// Whether somebody holds the lock, or may: where the file can't be opened, nobody can tell.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    // Who asks does not keep others from asking.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Whether the file can be made or opened, so that the lock can be held at all.
  package static func canBeHeld(_ path: String) -> Bool {
    guard let descriptor = opened(path) else { return false }
    close(descriptor)
    return true
  }

  /// A descriptor of the file; another user's need only be readable.
  private static func opened(_ path: String) -> CInt? {
    var descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC) }
    return descriptor < 0 ? nil : descriptor
  }
}
