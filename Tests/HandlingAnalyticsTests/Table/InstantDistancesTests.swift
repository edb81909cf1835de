import Columnar
import MappedFiles
import TestSupport
import Testing

@testable import HandlingAnalytics

struct InstantDistancesTests {
  private static func segment(_ bytes: [UInt8]) -> StoredSegment {
    StoredSegment(width: 2, base: 0, least: 0, greatest: 0, bytes: Column(copying: bytes), checksum: 0)
  }

  @Test("ends come back as they were, near, far and missing", arguments: [1, 2, 63, 1_000, 65_536])
  func roundTrip(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let edges: [Int64] = [0, 1, 65_533, 65_534, 65_535, 65_536, 3_000_000, Int64(UInt32.max)]
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
    let wide = OffsetColumn.wide(Column(of: conversationEnds))
    guard let bytes = InstantDistances.encoded(ends, before: conversationEnds) else {
      // One far row alone is not shorter.
      #expect(count <= 2)
      return
    }
    let far = zip(ends, conversationEnds).count { $0 != OffsetColumn.missing && $1 - $0 > 65_533 }
    #expect(bytes.count == 2 * count + 4 * far)
    #expect(InstantDistances.isPlausible(Self.segment(bytes), rowCount: count))
    #expect(InstantDistances.decoded(Self.segment(bytes), before: wide) == ends)
    // A distance too many or too few is noticed.
    #expect(!InstantDistances.isPlausible(Self.segment(bytes + [0, 0, 0, 0]), rowCount: count))
    #expect(!InstantDistances.isPlausible(Self.segment(Array(bytes.dropLast(2))), rowCount: count))
  }

  @Test func whatCannotBeToldOrIsNoShorterIsLeftAsItWas() {
    let ends: [Int64] = [10, 20, 30]
    #expect(InstantDistances.encoded(ends, before: [10, 19, 30]) == nil, "after its conversation")
    #expect(InstantDistances.encoded(ends, before: [10, OffsetColumn.missing, 30]) == nil, "of an open one")
    #expect(InstantDistances.encoded(ends, before: [10, 20, 30 + 1 << 32]) == nil, "over 136 years")
    #expect(InstantDistances.encoded(ends, before: [100_000, 100_000, 30]) == nil, "mostly far")
    #expect(InstantDistances.encoded(ends, before: [100_000, 20, 30])?.count == 10)
  }
}
