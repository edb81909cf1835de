internal import Glibc
package import HandlingAnalytics

/// Runs the slices of a question on threads of its own.
package enum WorkerThreads {
  /// Number of processors this process may use.
  package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// A runner that cuts into `sliceCount` slices; the caller's thread takes the first.
  package static func runner(sliceCount: Int) -> SliceRunner {
    SliceRunner(sliceCount: sliceCount) { count, body in run(count, body) }
  }

  private static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var threads: [WorkerThread] = []
      for slice in 1..<count {
        do {
          threads.append(try WorkerThread { body(slice) })
        } catch {
          // No thread to be had: the work is done here, only later.
          body(slice)
        }
      }
      body(0)
      for thread in threads { thread.join() }
    }
  }
}
