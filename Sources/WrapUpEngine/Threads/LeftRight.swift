internal import Glibc
internal import Synchronization

/// A value that many threads read and none of them ever waits for: while they read one side, the other is made anew.
///
/// One thread at a time may publish. It may change what the side holds that is not published once
/// ``waitForReaders()`` has returned. After Ramalhete and Correia, "Left-Right" (2015).
@safe
final class LeftRight<Value>: @unchecked Sendable {
  private final class Side {
    // Safe: written only while nobody reads this side.
    var value: Value?
    let readers = Atomic<Int>(0)
  }

  private let sides = [Side(), Side()]
  /// The side that is read; -1 before the first.
  private let active = Atomic<Int>(-1)

  /// Runs `body` with what was published last; `nil` before anything was. Waits for nobody.
  func read<Result>(_ body: (Value) throws -> Result) rethrows -> Result? {
    while true {
      let place = active.load(ordering: .sequentiallyConsistent)
      guard place >= 0 else { return nil }
      let side = sides[place]
      side.readers.add(1, ordering: .sequentiallyConsistent)
      defer { side.readers.subtract(1, ordering: .sequentiallyConsistent) }
      // Who announces itself here before another side is published is waited for; who comes later goes there.
      if active.load(ordering: .sequentiallyConsistent) == place, let value = side.value {
        return try body(value)
      }
    }
  }

  /// Whether anything was published.
  var isPublished: Bool { active.load(ordering: .sequentiallyConsistent) >= 0 }

  /// Returns when nobody reads the side that is not published.
  func waitForReaders() {
    let side = sides[nextPlace]
    while side.readers.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
  }

  /// Has everyone who begins to read from now on read this value.
  func publish(_ value: Value) {
    waitForReaders()
    sides[nextPlace].value = value
    active.store(nextPlace, ordering: .sequentiallyConsistent)
  }

  private var nextPlace: Int { active.load(ordering: .sequentiallyConsistent) == 0 ? 1 : 0 }
}
