/// What the inner loops of a scan add to: count and sum of each group in one 64-bit word, so that a row costs one
/// read, one addition and one write.
///
///     bit   63 … 40   39 … 0
///           count     sum        one word a place, emptied before either part can overflow
///
/// A row without a value is added like any other and taken off again by ``removeValueless``: additions and
/// subtractions modulo 2^64 leave the word exact, whatever passed through it in between, and rows with values need no
/// test. A place is a group of one way of counting; what it stands for is the caller's.
package struct PackedTally: Sendable {
  /// Values at and above this don't fit: 65,536 of their squares would leave 64 bits.
  package static let valueBound: UInt32 = 1 << 24
  static let one: UInt64 = 1 << 40
  private static let mostRows = (1 << 24) - 1

  /// Number of places.
  package let placeCount: Int
  /// Whether squares, least and greatest values are kept too.
  package let hasSpread: Bool
  var words: [UInt64]
  /// Sums of squares, modulo 2^64 until drained.
  var squares: [UInt64]
  var least: [UInt32]
  /// One above the greatest value; 0 where there is none.
  var greatest: [UInt32]
  /// Rows without a value, and those of them that were not handled.
  var valueless: [UInt32]
  var unhandled: [UInt32]
  private var rowsAdded = 0
  private var greatestAdded: UInt32 = 0

  /// Nothing added up yet. O(places).
  package init(placeCount: Int, hasSpread: Bool) {
    self.placeCount = placeCount
    self.hasSpread = hasSpread
    words = Array(repeating: 0, count: placeCount)
    valueless = Array(repeating: 0, count: placeCount)
    unhandled = Array(repeating: 0, count: placeCount)
    let spreadCount = hasSpread ? placeCount : 0
    squares = Array(repeating: 0, count: spreadCount)
    least = Array(repeating: .max, count: spreadCount)
    greatest = Array(repeating: 0, count: spreadCount)
  }

  /// Whether so many rows more, of values up to `greatest`, can be added to any place before the next drain. An empty
  /// tally has room for a block of 65,536.
  package func hasRoom(for rows: Int, upTo greatest: UInt32) -> Bool {
    let rows = rowsAdded + rows
    let most = UInt64(max(greatest, greatestAdded))
    // The product stays below 2^64: at most 2^24 rows of values below 2^24.
    return rows <= Self.mostRows && UInt64(rows) * most < Self.one
      && (!hasSpread || !UInt64(rows).multipliedReportingOverflow(by: most * most).overflow)
  }

  /// Notes rows that are about to be added.
  ///
  /// - Precondition: ``hasRoom(for:upTo:)`` for them, and every value is below ``valueBound`` or missing.
  package mutating func reserve(_ rows: Int, upTo greatest: UInt32) {
    precondition(hasRoom(for: rows, upTo: greatest))
    rowsAdded += rows
    greatestAdded = max(greatestAdded, greatest)
  }

  /// Takes a row off again that has no value, and counts it.
  package mutating func removeValueless(at place: Int, isHandled: Bool) {
    words[place] &-= Self.one &+ UInt64(missingSeconds)
    valueless[place] &+= 1
    if !isHandled { unhandled[place] &+= 1 }
    if hasSpread { squares[place] &-= UInt64(missingSeconds) &* UInt64(missingSeconds) }
  }

  /// Whether anything has been added since the last drain.
  package var isEmpty: Bool { rowsAdded == 0 }

  /// What a place has added up; empties it. O(ways).
  ///
  /// - Parameters:
  ///   - ways: in how many words the place's rows are, `wayStride` apart.
  package mutating func take(_ place: Int, ways: Int = 1, wayStride: Int = 0) -> Tally {
    var word: UInt64 = 0
    for way in 1..<max(ways, 1) {
      // Only the sum over the ways is free of rows without a value.
      word &+= words[place + way * wayStride]
      words[place + way * wayStride] = 0
    }
    words[place] &+= word
    var tally = takeSums(place)
    guard hasSpread else { return tally }
    var square: UInt64 = 0
    for way in 0..<ways { square &+= squares[place + way * wayStride] }
    tally.squares = UInt128(square)
    for way in 0..<ways {
      let place = place + way * wayStride
      if greatest[place] > 0 {
        tally.min = min(tally.min, least[place])
        tally.max = max(tally.max, greatest[place] - 1)
      }
      squares[place] = 0
      least[place] = .max
      greatest[place] = 0
    }
    return tally
  }

  /// Empties neighbouring places: those with rows go behind `tallies` and `found`, ascending. O(places × ways).
  ///
  /// - Parameters:
  ///   - ways: in how many words each place's rows are, `wayStride` apart.
  ///   - base: what stands in `found` for the first place.
  package mutating func takeAll(
    _ places: Range<Int>, ways: Int = 1, wayStride: Int = 0, base: UInt64, into tallies: inout [Tally],
    _ found: inout [UInt64]
  ) {
    for place in places {
      var bits = words[place]
      for way in 1..<max(ways, 1) { bits |= words[place &+ way &* wayStride] }
      guard bits != 0 || valueless[place] != 0 else { continue }
      tallies.append(
        ways == 1 && !hasSpread ? takeSums(place) : take(place, ways: ways, wayStride: wayStride))
      found.append(base &+ UInt64(place &- places.lowerBound))
    }
  }

  @inline(__always)
  private mutating func takeSums(_ place: Int) -> Tally {
    var tally = Tally()
    tally.n = words[place] >> 40
    tally.sum = words[place] & (Self.one &- 1)
    tally.contacts = tally.n + UInt64(valueless[place])
    tally.handled = tally.contacts - UInt64(unhandled[place])
    words[place] = 0
    valueless[place] = 0
    unhandled[place] = 0
    return tally
  }

  /// Notes that every place has been emptied.
  package mutating func endDrain() {
    rowsAdded = 0
    greatestAdded = 0
  }
}
