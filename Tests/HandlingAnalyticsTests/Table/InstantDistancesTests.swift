import Columnar
import TestSupport
import Testing

@testable import HandlingAnalytics

struct InstantDistancesTests {
  @Test("instants come back as they were, near, far and missing", arguments: [1, 2, 63, 1_000, 65_536])
  func roundTrip(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let edges: [Int64] = [0, 1, 65_533, 65_534, 65_535, 65_536, 3_000_000, Int64(UInt32.max) - 1]
    let conversationEnds = (0..<count).map { _ in
      Int64.random(in: -2_000_000_000...7_000_000_000, using: &random)
    }
    let ends = conversationEnds.map { end -> Int64 in
      switch Int.random(in: 0..<10, using: &random) {
      case 0: OffsetColumn.missing
      case 1: end - edges.randomElement(using: &random)!
      default: end - Int64.random(in: 0...70_000, using: &random) % 60_000
      }
    }
    let codes = try #require(InstantDistances.codes(of: ends, before: conversationEnds))
    let wide = OffsetColumn.wide(Column(of: conversationEnds))
    #expect(InstantDistances.instants(codes, before: wide) == ends)
  }

  @Test func whatCannotBeToldIsLeftAsItWas() {
    let ends: [Int64] = [10, 20, 30]
    #expect(InstantDistances.codes(of: ends, before: [10, 20, 30]) == [1, 1, 1])
    #expect(InstantDistances.codes(of: ends, before: [10, 19, 30]) == nil, "after its conversation")
    #expect(
      InstantDistances.codes(of: ends, before: [10, OffsetColumn.missing, 30]) == nil, "of an open one")
    #expect(InstantDistances.codes(of: ends, before: [10, 20, 29 + 1 << 32]) == nil, "over 136 years")
    #expect(InstantDistances.codes(of: ends, before: [10, 20, 28 + 1 << 32]) == [1, 1, .max])
  }

  @Test func talkThatIsTheRestOfTheHandlingTimeHasOneCode() {
    let none = missingSeconds
    // (handling time, hold, wrap-up, talk as a code, exchanged)
    let rows: [(UInt32, UInt32, UInt32, UInt32, UInt32)] = [
      (100, 20, 30, 51, 1), (100, 20, 30, 52, 52), (100, 20, 30, 1, 51), (100, 20, 30, 0, 0),
      (100, none, 30, 71, 1), (100, none, none, 101, 1), (none, 20, 30, 51, 51), (none, 20, 30, 1, 1),
      (0, 0, 0, 1, 1), (10, 20, 30, 5, 5), (10, 11, 0, 0, 1), (none - 1, 0, 0, none, 1),
    ]
    func exchanged(_ codes: [UInt32]) -> [UInt32] {
      TalkCodes.exchanged(codes, seconds: rows.map(\.0), hold: rows.map(\.1), wrapUp: rows.map(\.2))
    }
    #expect(exchanged(rows.map(\.3)) == rows.map(\.4))
    #expect(exchanged(rows.map(\.4)) == rows.map(\.3))
  }
}
