#if DEBUG
  internal import Glibc
#endif

/// Places where a crash would hurt most. A debug build dies there by SIGKILL when `WRAPUP_FAULT` names the
/// place, so that tests can look at what is left; a release build contains none of this.
package enum FaultPoint: String, Sendable {
  /// A transaction has written everything but its commit.
  case beforeCommit = "before-commit"
  /// A chunk of an import is on disk, others are to follow.
  case betweenChunks = "between-chunks"
  /// An import is decided, what it says of earlier conversations is not all written yet.
  case whileApplying = "while-applying"
  /// The transaction is on disk, nobody has been told.
  case afterCommit = "after-commit"
  /// A derived file is written but for its header.
  case whileWriting = "while-writing"
  /// A derived file is written but not in its place.
  case beforeRename = "before-rename"
  /// A derived file is in its place, its folder not yet synced.
  case afterRename = "after-rename"

  /// Dies here if the environment asks for it.
  @inline(__always)
  package func reach() {
    #if DEBUG
      // Safe: getenv returns NULL or a NUL-terminated string that nobody changes meanwhile.
      guard let wanted = unsafe getenv("WRAPUP_FAULT"), unsafe String(cString: wanted) == rawValue else {
        return
      }
      kill(getpid(), SIGKILL)
    #endif
  }
}
