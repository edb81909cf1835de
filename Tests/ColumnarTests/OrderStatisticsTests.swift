import TestSupport
import Testing

@testable import Columnar

struct OrderStatisticsTests {
  enum Shape: CaseIterable {
    case random, fewDistinct, allEqual, sorted, reversed, organPipe, valley, saw, extremes

    func values(_ count: Int, using generator: inout SeededGenerator) -> [UInt32] {
      (0..<count).map { position in
        switch self {
        case .random: UInt32.random(in: 0...UInt32.max, using: &generator)
        case .fewDistinct: UInt32.random(in: 0..<4, using: &generator)
        case .allEqual: 77
        case .sorted: UInt32(position)
        case .reversed: UInt32(count - position)
        case .organPipe: UInt32(min(position, count - 1 - position))
        case .valley: UInt32(max(position, count - 1 - position))
        case .saw: UInt32(position % 10)
        case .extremes: [0, UInt32.max - 1, UInt32.max].randomElement(using: &generator)!
        }
      }
    }
  }

  private static func select<Value: Comparable & BitwiseCopyable>(_ ranks: [Int], from values: inout [Value])
    -> [Value]
  {
    var span = values.mutableSpan
    return OrderStatistics<Value>.select(ranks, from: &span)
  }

  /// The same shape out of sums that no 32 bits hold, with the same neighbours.
  private static func wide(_ values: [UInt32]) -> [UInt64] { values.map { UInt64($0) << 20 + 1 << 50 } }

  @Test(arguments: Shape.allCases, [1, 2, 3, 24, 25, 26, 100, 1_000])
  func allRanksAtOnceAreASort(shape: Shape, count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = shape.values(count, using: &generator)
    var reordered = values
    #expect(Self.select(Array(0..<count), from: &reordered) == values.sorted())
    #expect(reordered == values.sorted())
    var sums = Self.wide(values)
    #expect(Self.select(Array(0..<count), from: &sums) == Self.wide(values.sorted()))
  }

  @Test(arguments: Shape.allCases) func eachRankAloneIsThatOfASort(shape: Shape) {
    var generator = SeededGenerator(seed: 12)
    let values = shape.values(120, using: &generator)
    let sorted = values.sorted()
    var found: [UInt32] = []
    for rank in values.indices {
      var copy = values
      found += Self.select([rank], from: &copy)
    }
    #expect(found == sorted)
  }

  @Test(arguments: Shape.allCases) func anyFewRanksAreThoseOfASort(shape: Shape) {
    var generator = SeededGenerator(seed: 34)
    for count in [30, 257, 2_000] {
      let values = shape.values(count, using: &generator)
      let ranks = Set((0..<6).map { _ in Int.random(in: 0..<count, using: &generator) }).sorted()
      var reordered = values
      let sorted = values.sorted()
      #expect(Self.select(ranks, from: &reordered) == ranks.map { sorted[$0] })
      #expect(reordered.sorted() == sorted, "values are moved, never changed")
      var sums = Self.wide(values)
      let wideSorted = Self.wide(sorted)
      #expect(Self.select(ranks, from: &sums) == ranks.map { wideSorted[$0] })
      #expect(sums.sorted() == wideSorted)
    }
  }

  @Test(arguments: Shape.allCases) func aFewRanksOfManyLeaveEveryOtherValueOnItsSide(shape: Shape) {
    // A trimmed mean adds up what stands between two ranks.
    var generator = SeededGenerator(seed: 56)
    let values = Self.wide(shape.values(1_500, using: &generator))
    let sorted = values.sorted()
    for (low, high) in [(0, 1_499), (75, 1_424), (749, 750), (749, 749), (1, 2)] {
      var reordered = values
      _ = Self.select(low == high ? [low] : [low, high], from: &reordered)
      #expect(reordered[low...high].sorted() == Array(sorted[low...high]), "\(low) to \(high)")
    }
  }

  @Test func noRanksOfNoValuesAreNothing() {
    var none: [UInt32] = []
    #expect(Self.select([], from: &none).isEmpty)
    var some: [UInt32] = [2, 1]
    #expect(Self.select([], from: &some).isEmpty)
  }
}
