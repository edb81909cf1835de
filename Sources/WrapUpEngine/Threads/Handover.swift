internal import Glibc

/// Hands elements from one thread to another in order, a few at most on the way.
///
/// The taker waits while it is empty; the giver, once it is full, until half of it has been taken: waking somebody
/// costs more than handing over, and one for each element would be due where the taker is the slower. Either may end
/// it.
@safe
final class Handover<Element: Sendable>: @unchecked Sendable {
  // Safe: everything below is reached only while `mutex` is held; both primitives have one address for life.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [Element] = []
  private var isEnded = false
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Gives an element; false when nobody will take it any more.
  func give(_ element: Element) -> Bool {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    if waiting.count >= capacity {
      while waiting.count > capacity / 2, !isEnded { unsafe pthread_cond_wait(changed, mutex) }
    }
    guard !isEnded else { return false }
    waiting.append(element)
    if waiting.count == 1 { unsafe pthread_cond_broadcast(changed) }
    return true
  }

  /// Takes the next element; `nil` when there will be none.
  func take() -> Element? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while waiting.isEmpty, !isEnded { unsafe pthread_cond_wait(changed, mutex) }
    guard !waiting.isEmpty else { return nil }
    let element = waiting.removeFirst()
    if waiting.count == capacity / 2 { unsafe pthread_cond_broadcast(changed) }
    return element
  }

  /// Ends it: what was given can still be taken, nothing more is given.
  func end() {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    isEnded = true
    unsafe pthread_cond_broadcast(changed)
  }
}
