internal import Glibc

/// A value that one thread at a time may touch.
///
/// A pthread mutex on the heap, which the thread sanitizer understands. It takes a value of no size for the pointer to
/// the mutex beside it: guard something that has one.
@safe
final class Guarded<Value>: @unchecked Sendable {
  // Safe: `value` is reached only while `mutex` is held; `mutex` has one address from init to deinit.
  private var value: Value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init(_ value: Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// The same unless another thread holds the value; then `nil`, at once.
  func withLockIfFree<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result? {
    guard unsafe pthread_mutex_trylock(mutex) == 0 else { return nil }
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
