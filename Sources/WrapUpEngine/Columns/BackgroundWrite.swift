/// Writes a file on a thread of its own, so that no question waits for a disk.
final class BackgroundWrite: Sendable {
  /// How it went.
  enum Outcome: Sendable {
    /// Written, or left to another process.
    case done
    /// The disk or the folder would not take it.
    case failed
    /// What was to be copied is damaged.
    case damaged
  }

  private let outcome: Guarded<Outcome?>
  private let thread: Guarded<WorkerThread?>

  /// Starts writing; where there is no thread to be had, writes at once.
  init(_ write: @escaping @Sendable () -> Outcome) {
    let outcome = Guarded<Outcome?>(nil)
    self.outcome = outcome
    let body: @Sendable () -> Void = {
      let result = write()
      outcome.withLock { $0 = result }
    }
    do {
      thread = Guarded(try WorkerThread(body))
    } catch {
      thread = Guarded(nil)
      body()
    }
  }

  deinit {
    // A process that is about to end finishes its file first.
    _ = finished()
  }

  /// How it went; `nil` while it is going on.
  var result: Outcome? { outcome.withLock { $0 } }

  /// Waits for the end of it, and says how it went.
  func finished() -> Outcome {
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
    return result ?? .done
  }
}
