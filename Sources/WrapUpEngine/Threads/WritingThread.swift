internal import SQLiteStore

/// Writes rows on a thread of its own while the caller makes the next ones.
final class WritingThread: InsertionQueue, @unchecked Sendable {
  // Safe: `thread` and `hasGiven` are touched by the caller's thread alone.
  private enum Task {
    case write(@Sendable () throws(SQLiteFault) -> Void)
    /// Tells whoever waits that all before has been run.
    case report
  }

  /// Lots of rows on their way.
  private static let lotsAhead = 16

  private let handover = Handover<Task>(capacity: lotsAhead)
  private let idle = Handover<Void>(capacity: 1)
  private let fault = Guarded<SQLiteFault?>(nil)
  private var thread: WorkerThread?
  /// Whether something was given that may not have been run yet.
  private var hasGiven = false

  init() throws(WorkerThread.Unavailable) {
    let (handover, idle, fault) = (handover, idle, fault)
    thread = try WorkerThread {
      while let task = handover.take() {
        guard case .write(let work) = task else {
          _ = idle.give(())
          continue
        }
        // After a fault nothing more is written: the transaction is lost.
        guard fault.withLock({ $0 }) == nil else { continue }
        do throws(SQLiteFault) { try work() } catch { fault.withLock { $0 = error } }
      }
    }
  }

  func run(_ work: @escaping @Sendable () throws(SQLiteFault) -> Void) throws(SQLiteFault) {
    try check()
    hasGiven = true
    _ = handover.give(.write(work))
  }

  func finish() throws(SQLiteFault) {
    if hasGiven {
      _ = handover.give(.report)
      _ = idle.take()
      hasGiven = false
    }
    try check()
  }

  /// Runs what has been given, and ends the thread; once more does nothing.
  func end() {
    handover.end()
    thread?.join()
    thread = nil
  }

  private func check() throws(SQLiteFault) {
    if let fault = fault.withLock({ $0 }) { throw fault }
  }
}
