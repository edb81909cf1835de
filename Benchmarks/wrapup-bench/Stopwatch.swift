internal import Glibc

/// Time that has passed, on the wall's clock and on the processors'.
struct Stopwatch {
  /// Both in seconds.
  struct Reading {
    let wall: Double
    /// Over all threads of the process: less noisy on a machine that others use too.
    let processor: Double
  }

  private let wall = Self.seconds(CLOCK_MONOTONIC)
  private let processor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)

  /// Since the watch was made.
  func read() -> Reading {
    Reading(
      wall: Self.seconds(CLOCK_MONOTONIC) - wall,
      processor: Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
