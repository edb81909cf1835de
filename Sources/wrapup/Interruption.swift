internal import Glibc
internal import Synchronization

/// Ctrl-C during work that can be given up: the first asks for it, the second kills.
enum Interruption {
  private static let isAskedFor = Atomic<Bool>(false)

  /// The exit code of a command that was interrupted, as shells have it: 128 + SIGINT.
  static let exitCode: Int32 = 130

  /// Whether to stop.
  static var isRequested: Bool { isAskedFor.load(ordering: .relaxed) }

  /// From now on the first SIGINT is noted instead of ending the process. Where it is ignored, as in jobs that a script
  /// puts into the background, it stays so.
  static func watch() {
    var (current, blocked) = (sigaction(), sigset_t())
    // Safe: each call fills in or reads the structure it is given.
    unsafe sigaction(SIGINT, nil, &current)
    guard unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) != ignored else {
      return
    }
    signal(SIGINT) { _ in
      // Nothing here that a signal could catch half done: a store to memory and a system call.
      Interruption.isAskedFor.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    // Threads of a thread pool block most signals, and what they start inherits that.
    unsafe sigemptyset(&blocked)
    unsafe sigaddset(&blocked, SIGINT)
    unsafe pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }

  /// `SIG_IGN`, a macro that is not imported.
  private static let ignored = 1
}
