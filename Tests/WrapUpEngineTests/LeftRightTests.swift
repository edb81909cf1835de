import Foundation
import Synchronization
import Testing

@testable import WrapUpEngine

struct LeftRightTests {
  /// Two numbers that are equal whenever nobody is changing them.
  private final class Pair: @unchecked Sendable {
    // Safe: goes from the writer to readers by what is tested here.
    var (one, other) = (0, 0)
  }

  @Test func nothingIsReadBeforeAnythingIsPublished() {
    let values = LeftRight<Int>()
    #expect(values.read { $0 } == nil && !values.isPublished)
    values.publish(7)
    #expect(values.read { $0 } == 7 && values.isPublished)
  }

  @Test("readers see whole values, never older ones, while a writer changes what is not published")
  func readersAndAWriter() {
    let values = LeftRight<Pair>()
    let pairs = [Pair(), Pair()]
    values.publish(pairs[0])
    let isOver = Atomic<Bool>(false)
    let torn = Atomic<Int>(0)
    let backwards = Atomic<Int>(0)
    let reads = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      if thread == 0 {
        var rounds = 0
        // Until every reader had its chance, on one processor too.
        while rounds < 100_000 || (reads.load(ordering: .relaxed) < 1_000 && rounds < 2_000_000) {
          rounds += 1
          let hidden = pairs[rounds % 2]
          values.waitForReaders()
          hidden.one = rounds
          sched_yield()
          hidden.other = rounds
          values.publish(hidden)
        }
        isOver.store(true, ordering: .relaxed)
      } else {
        var last = 0
        while !isOver.load(ordering: .relaxed) {
          // Who reads for a while is who would see a change half-way.
          let (one, other) = values.read { pair in
            let one = pair.one
            sched_yield()
            return (one, pair.other)
          }!
          if one != other { torn.add(1, ordering: .relaxed) }
          if one < last { backwards.add(1, ordering: .relaxed) }
          last = one
          reads.add(1, ordering: .relaxed)
        }
      }
    }
    let counts = (
      torn.load(ordering: .relaxed), backwards.load(ordering: .relaxed), reads.load(ordering: .relaxed)
    )
    #expect(counts.0 == 0 && counts.1 == 0 && counts.2 >= 1_000)
  }

  @Test func whoRanksDoesNotWaitForWhoLearns() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.importContacts(from: Scratch.fixture("sample.csv"))
      let question = DialogContext(category: "Delivery")
      let list = try wrapup.recommend(question).list
      #expect(!list.isEmpty)
      // Another thread holds the learner: what was known before is answered at once, or this would never return.
      try wrapup.ranking.withKeeper(wrapup.openKeeper) { _, _ in
        let answered = DispatchSemaphore(value: 0)
        let found = Guarded<[Recommendation]>([])
        Thread.detachNewThread {
          found.withLock { $0 = (try? wrapup.recommend(question).list) ?? [] }
          answered.signal()
        }
        #expect(answered.wait(timeout: .now() + 60) == .success)
        #expect(found.withLock { $0 } == list)
      }
    }
  }
}
