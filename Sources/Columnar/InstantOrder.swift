/// Puts rows in the order of instants.
package enum InstantOrder {
  /// The numbers of `count` rows in the order of their instants; rows without one come first.
  ///
  /// Distances from the least instant are packed with row numbers into words, which are sorted digit by digit:
  /// nothing is compared where instants differ. O(n), but O(k log k) for k rows of one instant, and O(n log n) for
  /// instants too far apart to be packed.
  ///
  /// - Parameters:
  ///   - instant: of a row; ``OffsetColumn/missing`` where there is none.
  ///   - precedes: whether one row of two with the same instant comes first.
  package static func rows(
    _ count: Int, instant: (Int) -> Int64, precedes: (Int, Int) -> Bool
  ) -> [Int] {
    var (least, greatest) = (Int64.max, Int64.min)
    for row in 0..<count {
      let instant = instant(row)
      guard instant != OffsetColumn.missing else { continue }
      least = min(least, instant)
      greatest = max(greatest, instant)
    }
    let rowBits = bits(of: UInt64(count))
    // Safe: of two numbers of 64 bits the greater minus the less fits into 64 bits without a sign.
    let span = least > greatest ? 0 : UInt64(bitPattern: greatest &- least)
    guard span < .max, rowBits + bits(of: span + 1) < UInt64.bitWidth - 1 else {
      return (0..<count).sorted { one, other in
        let (first, second) = (instant(one), instant(other))
        return first == second ? precedes(one, other) : first < second
      }
    }
    var words: [Int] = []
    words.reserveCapacity(count)
    for row in 0..<count {
      let instant = instant(row)
      // Safe: a distance of at most span + 1, for which there are bits above the row's.
      let distance = instant == OffsetColumn.missing ? 0 : Int(truncatingIfNeeded: instant &- least) &+ 1
      words.append(distance &<< rowBits | row)
    }
    sort(&words, from: rowBits, bits: bits(of: span + 1))
    settle(&words, rowBits, precedes)
    return words
  }

  private static func bits(of number: UInt64) -> Int { UInt64.bitWidth - number.leadingZeroBitCount }

  /// Sorts words by some of their bits, beginning with the lowest; words that are equal in these stay as they stand.
  private static func sort(_ words: inout [Int], from first: Int, bits: Int) {
    if zip(words, words.dropFirst()).allSatisfy({ $0 >> first <= $1 >> first }) { return }
    // The places of 2^11 digits stay in the processor's nearest cache.
    let passes = (bits + 10) / 11
    let width = (bits + passes - 1) / passes
    let mask = 1 << width - 1
    var sorted = [Int](repeating: 0, count: words.count)
    for pass in 0..<passes {
      let shift = first + pass * width
      var places = [Int](repeating: 0, count: mask + 1)
      for word in words { places[word &>> shift & mask] += 1 }
      var next = 0
      for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
      for word in words {
        let digit = word &>> shift & mask
        sorted[places[digit]] = word
        places[digit] += 1
      }
      swap(&words, &sorted)
    }
  }

  /// Makes sorted words the numbers of their rows, and puts those of one instant into order.
  private static func settle(_ words: inout [Int], _ rowBits: Int, _ precedes: (Int, Int) -> Bool) {
    let mask = 1 << rowBits - 1
    var start = 0
    while start < words.count {
      let distance = words[start] >> rowBits
      var end = start
      while end < words.count, words[end] >> rowBits == distance {
        words[end] &= mask
        end += 1
      }
      if end - start > 1 { words[start..<end].sort(by: precedes) }
      start = end
    }
  }
}
