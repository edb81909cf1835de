import TestSupport
import Testing

@testable import Columnar

struct PackedTallyTests {
  @Test(arguments: DurationRows.Values.allCases, [false, true])
  func codesAddUpAsTheDefinitionsSay(values: DurationRows.Values, isSkewed: Bool) {
    for (number, size) in DurationRows.sizes.enumerated() {
      let rows = DurationRows(size, values, isSkewed: isSkewed, seed: UInt64(number))
      for hasSpread in [false, true] {
        for ways in [1, 4] {
          var tally = PackedTally(placeCount: 2 * 1_024, hasSpread: hasSpread)
          let base = ways == 4 ? 1_024 : 512
          Self.add(rows, to: &tally, base: base, wayStride: ways == 4 ? 256 : 0)
          let found = (0..<256).map { tally.take(base + $0, ways: ways, wayStride: 256) }
          #expect(found == rows.tallies(hasSpread: hasSpread), "\(size) rows, \(ways) ways")
          // Nothing is left behind, and nothing went elsewhere.
          #expect((0..<2_048).allSatisfy { tally.take($0) == Tally() })
        }
      }
    }
  }

  @Test(arguments: DurationRows.Values.allCases) func placesAddUpAsTheDefinitionsSay(
    values: DurationRows.Values
  ) {
    for (number, size) in DurationRows.sizes.enumerated() {
      let rows = DurationRows(size, values, isSkewed: true, seed: 50 + UInt64(number))
      for hasSpread in [false, true] {
        var tally = PackedTally(placeCount: 100_000, hasSpread: hasSpread)
        tally.reserve(size, upTo: PackedTally.valueBound - 1)
        let places = rows.codes.map { UInt32($0) * 390 }
        tally.add(places.span, rows.seconds.span)
        for row in rows.valueless {
          tally.removeValueless(at: Int(places[row]), isHandled: rows.isHandled[row])
        }
        let found = (0..<256).map { tally.take($0 * 390) }
        #expect(found == rows.tallies(hasSpread: hasSpread), "\(size) rows")
      }
    }
  }

  @Test(arguments: [false, true]) func pairsAddTheRowsTheyName(hasSpread: Bool) {
    let rows = DurationRows(5_000, .ordinary, isSkewed: true, seed: 90)
    var generator = SeededGenerator(seed: 91)
    let pairs = (0..<9_000).map { _ in
      (
        row: UInt16.random(in: 0..<5_000, using: &generator),
        code: UInt8.random(in: 0...254, using: &generator)
      )
    }
    let kept = (0..<5_000).map { _ in Bool.random(using: &generator) }
    for selection in [nil, Selection(kept)] {
      var named = rows
      named.codes = pairs.map(\.code)
      named.seconds = pairs.map { rows.seconds[Int($0.row)] }
      named.isHandled = pairs.map { rows.isHandled[Int($0.row)] }
      let (listed, codes) = (pairs.map(\.row), pairs.map(\.code))
      for (ways, areHandled) in [(1, false), (4, false), (1, true), (4, true)] {
        var tally = PackedTally(placeCount: 1_400, hasSpread: hasSpread)
        tally.reserve(pairs.count, upTo: 7_200)
        tally.add(
          rows: listed.span, codes: codes.span, rows.seconds.span, kept: selection, base: 40,
          wayStride: ways > 1 ? 264 : 0, isHandled: areHandled ? nil : { rows.isHandled[$0] })
        if areHandled { named.isHandled = named.isHandled.map { _ in true } }
        let expected = named.tallies(hasSpread: hasSpread) {
          selection?.contains(Int(pairs[$0].row)) ?? true
        }
        #expect((0..<256).map { tally.take(40 + $0, ways: ways, wayStride: 264) } == expected)
      }
    }
  }

  @Test(arguments: DurationRows.Values.allCases, [1, 9, 60]) func keptRowsAddUpOneByOne(
    values: DurationRows.Values, share: Int
  ) {
    for (number, size) in DurationRows.sizes.enumerated() {
      let rows = DurationRows(size, values, isSkewed: false, seed: 70 + UInt64(number))
      var generator = SeededGenerator(seed: UInt64(size + share))
      let kept = (0..<size).map { _ in Int.random(in: 0..<share, using: &generator) == 0 }
      for hasSpread in [false, true] {
        var tally = PackedTally(placeCount: 800, hasSpread: hasSpread)
        tally.reserve(size, upTo: PackedTally.valueBound - 1)
        let stretches = [(size / 3, 0), (size, 256)].map { PackedTally.Stretch(end: $0.0, base: $0.1) }
        tally.add(Selection(kept), rows.codes.span, rows.seconds.span, stretches) { rows.isHandled[$0] }
        let first = rows.tallies(hasSpread: hasSpread) { $0 < size / 3 && kept[$0] }
        let second = rows.tallies(hasSpread: hasSpread) { $0 >= size / 3 && kept[$0] }
        #expect((0..<512).map { tally.take($0) } == first + second, "\(size) rows")
      }
    }
  }

  /// A block of the greatest value there is under one code: the sum needs all of its 40 bits.
  @Test func theSumIsFullBeforeItOverflows() {
    let greatest = PackedTally.valueBound - 1
    let codes = [UInt8](repeating: 3, count: 65_536)
    let seconds = [UInt32](repeating: greatest, count: 65_536)
    var tally = PackedTally(placeCount: 256, hasSpread: false)
    #expect(tally.hasRoom(for: 65_536, upTo: greatest))
    tally.reserve(65_536, upTo: greatest)
    tally.add(codes.span, seconds.span, [.init(end: codes.count, base: 0)], wayStride: 0)
    #expect(!tally.hasRoom(for: 1, upTo: greatest))
    let found = tally.take(3)
    #expect(found.n == 65_536)
    #expect(found.sum == 65_536 * UInt64(greatest))
    tally.endDrain()
    #expect(tally.hasRoom(for: 65_536, upTo: greatest))
  }

  /// 2^24 - 1 rows are all that the count has room for.
  @Test func theCountIsFullBeforeItOverflows() {
    let codes = [UInt8](repeating: 3, count: 65_536)
    let seconds = [UInt32](repeating: 1, count: 65_536)
    var tally = PackedTally(placeCount: 256, hasSpread: false)
    for _ in 0..<255 {
      #expect(tally.hasRoom(for: 65_536, upTo: 1))
      tally.reserve(65_536, upTo: 1)
      tally.add(codes.span, seconds.span, [.init(end: codes.count, base: 0)], wayStride: 0)
    }
    #expect(!tally.hasRoom(for: 65_536, upTo: 1))
    tally.reserve(65_535, upTo: 1)
    tally.add(
      codes.span.extracting(1...), seconds.span.extracting(1...), [.init(end: 65_535, base: 0)], wayStride: 0)
    let found = tally.take(3)
    #expect(found.n == (1 << 24) - 1)
    #expect(found.sum == found.n)
  }

  @Test func squaresAreFullBeforeTheyOverflow() {
    let greatest = PackedTally.valueBound - 1
    let codes = [UInt8](repeating: 3, count: 65_536)
    let seconds = [UInt32](repeating: greatest, count: 65_536)
    var tally = PackedTally(placeCount: 256, hasSpread: true)
    #expect(tally.hasRoom(for: 65_536, upTo: greatest))
    tally.reserve(65_536, upTo: greatest)
    tally.add(codes.span, seconds.span, [.init(end: codes.count, base: 0)], wayStride: 0)
    #expect(!tally.hasRoom(for: 10, upTo: greatest))
    // A small value after a great one may be where a great one is not.
    #expect(!tally.hasRoom(for: 10, upTo: 1))
    #expect(tally.take(3).squares == 65_536 * UInt128(greatest) * UInt128(greatest))
  }

  /// Each row without a value passes 2^32 - 1 through the sum, which overflows into the count and back.
  @Test func rowsWithoutValuesLeaveNothingBehind() {
    let count = 1_048_575
    let codes = [UInt8](repeating: 0, count: count)
    let seconds = [UInt32](repeating: .max, count: count)
    var tally = PackedTally(placeCount: 256, hasSpread: true)
    tally.reserve(count, upTo: 0)
    tally.add(codes.span, seconds.span, [.init(end: codes.count, base: 0)], wayStride: 0)
    for _ in 0..<count { tally.removeValueless(at: 0, isHandled: true) }
    var expected = Tally()
    expected.contacts = UInt64(count)
    expected.handled = UInt64(count)
    #expect(tally.take(0) == expected)
  }

  /// In three stretches of one base: where they are cut changes nothing.
  private static func add(_ rows: DurationRows, to tally: inout PackedTally, base: Int, wayStride: Int) {
    let count = rows.codes.count
    tally.reserve(count, upTo: PackedTally.valueBound - 1)
    let stretches = [count / 3, count / 2, count].map { PackedTally.Stretch(end: $0, base: base) }
    tally.add(rows.codes.span, rows.seconds.span, stretches, wayStride: wayStride)
    let valueless = rows.valueless.map { UInt16($0) }
    tally.removeValueless(valueless.span, rows.codes.span, stretches) { rows.isHandled[$0] }
  }

  @Test(arguments: [false, true]) func stretchesHaveTheirOwnPlaces(hasSpread: Bool) {
    let rows = DurationRows(9_000, .ordinary, isSkewed: true, seed: 33)
    var tally = PackedTally(placeCount: 1_024, hasSpread: hasSpread)
    tally.reserve(9_000, upTo: 7_200)
    let stretches = [(10, 0), (4_001, 512), (4_002, 0), (9_000, 256)].map {
      PackedTally.Stretch(end: $0.0, base: $0.1)
    }
    tally.add(rows.codes.span, rows.seconds.span, stretches, wayStride: 0)
    let valueless = rows.valueless.map { UInt16($0) }
    tally.removeValueless(valueless.span, rows.codes.span, stretches, isHandled: nil)
    var handled = rows
    handled.isHandled = rows.isHandled.map { _ in true }
    let expected = [
      (0, handled.tallies(hasSpread: hasSpread) { $0 < 10 || $0 == 4_001 }),
      (512, handled.tallies(hasSpread: hasSpread) { (10..<4_001).contains($0) }),
      (256, handled.tallies(hasSpread: hasSpread) { $0 > 4_001 }),
    ]
    for (base, tallies) in expected { #expect((0..<256).map { tally.take(base + $0) } == tallies) }
  }
}
