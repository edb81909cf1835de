internal import Glibc
internal import HandlingAnalytics

/// Runs the slices of a question on threads of its own.
enum WorkerThreads {
  /// Number of processors this process may use.
  static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// A runner that cuts into `sliceCount` slices; the caller's thread takes the first.
  static func runner(sliceCount: Int) -> SliceRunner {
    SliceRunner(sliceCount: sliceCount) { count, body in run(count, body) }
  }

  private static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      for slice in 1..<count {
        if let thread = start({ body(slice) }) {
          threads.append(thread)
        } else {
          // No thread to be had: the work is done here, only later.
          body(slice)
        }
      }
      body(0)
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
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
      return nil
    }
    return thread
  }
}
