import TestSupport
import Testing

@testable import Columnar

struct RangedRowsTests {
  private static let sizes = [0, 1, 2, 4_095, 4_096, 65_536]
  /// Two ranges and a bit.
  private static let placeCount = 2 * RangedRows.placesOfRange + 77

  @Test(arguments: DurationRows.Values.allCases, [false, true])
  func rangesAddUpAsTheDefinitionsSay(values: DurationRows.Values, isSkewed: Bool) {
    for (number, size) in Self.sizes.enumerated() {
      let rows = DurationRows(size, values, isSkewed: isSkewed, codes: 250, seed: UInt64(number))
      for hasSpread in [false, true] {
        var sorter = RangedRows.Sorter(ranges: 0..<3)
        let blocks = [
          Self.sorted(rows, 0..<(size / 3), &sorter), Self.sorted(rows, (size / 3)..<size, &sorter),
        ]
        let expected = rows.tallies(hasSpread: hasSpread)
        var found = [Tally](repeating: Tally(), count: 256)
        for range in 0..<3 {
          var tally = PackedTally(placeCount: RangedRows.placesOfRange, hasSpread: hasSpread)
          for block in blocks {
            tally.reserve(block.count(inRange: range), upTo: PackedTally.valueBound - 1)
            tally.add(block, range: range)
          }
          var (places, tallies): ([UInt64], [Tally]) = ([], [])
          tally.takeAll(
            0..<tally.placeCount, base: UInt64(range * RangedRows.placesOfRange), into: &tallies, &places)
          #expect(places == places.sorted())
          for (place, sum) in zip(places, tallies) { found[Self.code(of: Int(place))] = sum }
          // Nothing is left behind.
          tally.takeAll(0..<tally.placeCount, base: 0, into: &tallies, &places)
          #expect(places.count == Set(places).count)
        }
        #expect(found == expected, "\(size) rows")
      }
    }
  }

  @Test func rowsOfOtherRangesAndDroppedOnesAreLeftOut() {
    var sorter = RangedRows.Sorter(ranges: 1..<3)
    let width = UInt32(RangedRows.placesOfRange)
    let places: [UInt32] = [
      0, width - 1, width, 2 * width - 1, 2 * width, 3 * width - 1, 3 * width, width + 5,
    ]
    let values: [UInt32] = [1, 2, 3, 4, 5, 6, 7, 8]
    sorter.append(places.span, values.span, dropping: width + 5)
    let rows = sorter.sorted()
    #expect([rows.count(inRange: 0), rows.count(inRange: 1)] == [2, 2])
    var (sums, found): ([Tally], [UInt64]) = ([], [])
    for range in 0..<2 {
      var tally = PackedTally(placeCount: RangedRows.placesOfRange, hasSpread: false)
      tally.reserve(2, upTo: 8)
      tally.add(rows, range: range)
      tally.takeAll(0..<tally.placeCount, base: 0, into: &sums, &found)
    }
    #expect(found == [0, UInt64(width) - 1, 0, UInt64(width) - 1])
    #expect(sums.map(\.sum) == [3, 4, 5, 6])
    #expect(sorter.sorted().count(inRange: 0) == 0)
  }

  /// Codes are spread over all ranges.
  private static func place(_ code: UInt8) -> UInt32 { UInt32(code) * UInt32(placeCount / 251) }
  private static func code(of place: Int) -> Int { place / (placeCount / 251) }

  private static func sorted(_ rows: DurationRows, _ part: Range<Int>, _ sorter: inout RangedRows.Sorter)
    -> RangedRows
  {
    for half in [part.prefix(part.count / 2), part.dropFirst(part.count / 2)] {
      let places = half.map { place(rows.codes[$0]) }
      let values = half.map { rows.isHandled[$0] ? rows.seconds[$0] : RangedRows.unhandled }
      sorter.append(places.span, values.span, dropping: .max)
    }
    return sorter.sorted()
  }
}
