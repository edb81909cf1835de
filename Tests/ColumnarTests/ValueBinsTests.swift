import TestSupport
import Testing

@testable import Columnar

struct ValueBinsTests {
  @Test func greaterValuesNeverHaveLowerBins() {
    #expect(ValueBins.bin(.max) == 0)
    var last = ValueBins.bin(0)
    #expect(last > 0)
    for value in UInt32(1)..<300_000 {
      let bin = ValueBins.bin(value)
      #expect(bin >= last)
      last = bin
    }
    var generator = SeededGenerator(seed: 3)
    let values = (0..<10_000).map { _ in UInt32.random(in: 0..<(1 << 24), using: &generator) }.sorted()
    for (value, next) in zip(values, values.dropFirst()) {
      #expect(ValueBins.bin(value) <= ValueBins.bin(next))
    }
    #expect(ValueBins.count(upTo: (1 << 24) - 1) < 1_700)
  }

  @Test func aBinIsNarrow() {
    var first: UInt32 = 0
    for value in UInt32(1)..<1_000_000 where ValueBins.bin(value) != ValueBins.bin(first) {
      #expect(value - first <= max(1, (first + 2) / 64), "from \(first)")
      first = value
    }
  }

  @Test(arguments: DurationRows.Values.allCases) func everyValueIsCountedOnce(values: DurationRows.Values) {
    for (number, size) in DurationRows.sizes.enumerated() {
      let rows = DurationRows(
        size, values, isSkewed: number.isMultiple(of: 2), codes: 4, seed: UInt64(number))
      let greatest = rows.seconds.filter { $0 != .max }.max() ?? 0
      var whole = ValueHistogram(groupCount: 8, upTo: greatest)
      var other = whole
      let groups = rows.codes.map { UInt32($0) }
      let half = size / 2
      whole.add(groups.span.extracting(0..<half), rows.seconds.span.extracting(0..<half))
      other.add(groups.span.extracting(half..<size), rows.seconds.span.extracting(half..<size))
      whole.merge(other)
      for group in 0..<8 {
        var expected = [UInt32](repeating: 0, count: whole.binCount)
        for row in 0..<size where rows.codes[row] == group {
          expected[Int(ValueBins.bin(rows.seconds[row]))] += 1
        }
        #expect(Array(whole.counts(of: group)) == expected)
      }
    }
  }

  @Test func theSieveKeepsWhatIsWanted() {
    let rows = DurationRows(60_000, .ordinary, isSkewed: false, codes: 3, seed: 8)
    let groups = rows.codes.map { UInt32($0) }
    let binCount = ValueBins.count(upTo: 7_200)
    let bin = ValueBins.bin(300)
    // Group 1 wants the bin of 300 s; all but the last group want that of 900 s.
    var targets = [UInt32](repeating: 0, count: 4 * binCount)
    targets[binCount + Int(bin)] = 1
    var ofAll = [UInt32](repeating: 0, count: binCount)
    ofAll[Int(ValueBins.bin(900))] = 2
    var sieve = ValueSieve(targets: targets, ofAll: ofAll, lastGroup: 3, binCount: binCount)
    sieve.add(groups.span, rows.seconds.span)
    let expected = groups.indices.compactMap { row -> [UInt32]? in
      let found = ValueBins.bin(rows.seconds[row])
      if groups[row] == 1, found == bin { return [0, rows.seconds[row]] }
      return groups[row] < 3 && found == ValueBins.bin(900) ? [1, rows.seconds[row]] : nil
    }
    #expect(expected.contains { $0[0] == 0 } && expected.contains { $0[0] == 1 })
    #expect(sieve.found.map { [$0.target, $0.value] } == expected)
  }
}
