internal import Glibc
internal import Synchronization

/// Ctrl-C during work that can be given up: the first asks for it, the second kills.
enum Interruption {
  private static let isAskedFor = Atomic<Bool>(false)

  /// The exit code of a command that was interrupted, as shells have it: 128 + SIGINT.
  static let exitCode: Int32 = 130

  /// Whether to stop.
  static var isRequested: Bool { isAskedFor.load(ordering: .relaxed) }

  /// From now on a SIGINT ends the command with a word and its own exit code. Where it is ignored, as in jobs that a script
  /// puts into the background, it stays so.
  ///
  /// - Parameter isWaiting: whether the command may be waiting for input of which nobody knows when it comes: it is
  ///   then ended at once, and what it has begun is taken back by whoever opens the store next. Else the first SIGINT is
  ///   noted for ``isRequested``, and the second kills.
  static func watch(isWaiting: Bool) {
    var (current, blocked) = (sigaction(), sigset_t())
    // Safe: each call fills in or reads the structure it is given.
    unsafe sigaction(SIGINT, nil, &current)
    guard unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) != ignored else {
      return
    }
    // Nothing in either that a signal could catch half done: a store to memory and system calls.
    if isWaiting {
      signal(SIGINT) { _ in
        // Safe: the text is static, and its length its own.
        unsafe _ = write(STDERR_FILENO, Interruption.word.utf8Start, Interruption.word.utf8CodeUnitCount)
        _exit(Interruption.exitCode)
      }
    } else {
      signal(SIGINT) { _ in
        Interruption.isAskedFor.store(true, ordering: .relaxed)
        signal(SIGINT, SIG_DFL)
      }
    }
    // Threads of a thread pool block most signals, and what they start inherits that.
    unsafe sigemptyset(&blocked)
    unsafe sigaddset(&blocked, SIGINT)
    unsafe pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }

  private static let word: StaticString = "wrapup: interrupted; nothing of the input was kept\n"

  /// `SIG_IGN`, a macro that is not imported.
  private static let ignored = 1
}
