internal import Glibc

/// A thread that does one thing.
struct WorkerThread {
  /// The system gives no more threads.
  struct Unavailable: Error {}

  private let thread: pthread_t

  /// Starts a thread on `body`.
  init(_ body: @escaping @Sendable () -> Void) throws(Unavailable) {
    var thread = pthread_t()
    // Safe: the thread takes over the one retain; if there is no thread it is given back here.
    let work = unsafe Unmanaged.passRetained(Work(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, unsafe work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      throw Unavailable()
    }
    self.thread = thread
  }

  /// Waits for the end of it; once.
  func join() {
    pthread_join(thread, nil)
  }

  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
