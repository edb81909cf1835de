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

  @Test func aBinHasItsValues() {
    for bin in 1..<1_536 {
      let values = ValueBins.values(of: bin)
      guard let last = values.last else { continue }
      #expect(ValueBins.bin(values.lowerBound) == bin)
      #expect(ValueBins.bin(last) == bin)
      #expect(ValueBins.bin(last + 1) > bin)
    }
    #expect(ValueBins.values(of: Int(ValueBins.bin(0))) == 0..<1)
  }

  @Test func theSieveCountsWhatIsWanted() {
    let rows = DurationRows(60_000, .ordinary, isSkewed: false, codes: 3, seed: 8)
    let groups = rows.codes.map { UInt32($0) }
    let (one, all) = (Int(ValueBins.bin(300)), Int(ValueBins.bin(900)))
    // Group 1 wants the bin of 300 s; all but the last group want that of 900 s.
    var targets = ValueSieve.Targets(groupCount: 4, binCount: ValueBins.count(upTo: 7_200))
    targets.append(bin: one, of: 1)
    targets.append(bin: all, of: nil)
    var sieve = ValueSieve(targets, countsForAll: true)
    sieve.add(rows.codes.span.extracting(0..<30_001), rows.seconds.span.extracting(0..<30_001))
    var rest = ValueSieve(targets, countsForAll: true)
    rest.add(groups.span.extracting(30_001..<60_000), rows.seconds.span.extracting(30_001..<60_000))
    sieve.merge(rest)
    var expected: [UInt32] = []
    for value in ValueBins.values(of: one) {
      expected.append(UInt32(groups.indices.count { groups[$0] == 1 && rows.seconds[$0] == value }))
    }
    for value in ValueBins.values(of: all) {
      expected.append(UInt32(groups.indices.count { groups[$0] < 3 && rows.seconds[$0] == value }))
    }
    #expect(expected.reduce(0, +) > 20)
    #expect(sieve.counts == expected)
    let sorted = groups.indices.filter { groups[$0] == 1 && ValueBins.bin(rows.seconds[$0]) == one }
      .map { rows.seconds[$0] }.sorted()
    for (rank, value) in sorted.enumerated() {
      #expect(targets.value(of: 0, rank: rank, counts: sieve.counts) == value)
    }
  }
}
