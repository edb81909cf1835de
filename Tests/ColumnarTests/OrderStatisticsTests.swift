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

  private static func select(_ ranks: [Int], from values: inout [UInt32]) -> [UInt32] {
    var span = values.mutableSpan
    return OrderStatistics.select(ranks, from: &span)
  }

  @Test(arguments: Shape.allCases, [1, 2, 3, 24, 25, 26, 100, 1_000])
  func allRanksAtOnceAreASort(shape: Shape, count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = shape.values(count, using: &generator)
    var reordered = values
    #expect(Self.select(Array(0..<count), from: &reordered) == values.sorted())
    #expect(reordered == values.sorted())
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
    }
  }

  @Test func noRanksOfNoValuesAreNothing() {
    var none: [UInt32] = []
    #expect(Self.select([], from: &none).isEmpty)
    var some: [UInt32] = [2, 1]
    #expect(Self.select([], from: &some).isEmpty)
  }
}
