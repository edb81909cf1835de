extension PackedTally {
  /// Rows that follow one another and share the places of their codes.
  package struct Stretch: Sendable {
    /// The first row behind it; it begins where the one before ends.
    package let end: Int
    /// The place of code 0.
    package let base: Int

    package init(end: Int, base: Int) {
      self.end = end
      self.base = base
    }
  }

  /// Adds each row under its stretch's base + its code, every second, third and fourth one `wayStride`, 2 and 3 of it
  /// further on.
  ///
  /// Neighbours of one code then write to different words and need not wait for each other; with a stride of 0 they
  /// share one. O(rows + stretches): 5 bytes read a row.
  ///
  /// - Precondition: base + 3 × `wayStride` + 255 is a place for each stretch; as many codes as seconds, and as many
  ///   rows as the last stretch's end says.
  package mutating func add(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ stretches: [Stretch], wayStride: Int
  ) {
    precondition(codes.count == seconds.count && codes.count == stretches.last?.end ?? 0 && wayStride >= 0)
    if hasSpread {
      Self.addWithSpread(codes, seconds, stretches, wayStride, &words, &squares, &least, &greatest)
    } else {
      Self.addSums(codes, seconds, stretches, wayStride, &words)
    }
  }

  private static func addSums(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ stretches: [Stretch], _ wayStride: Int,
    _ words: inout [UInt64]
  ) {
    var words = words.mutableSpan
    var row = 0
    for stretch in stretches {
      let (base, end) = (stretch.base, stretch.end)
      precondition(base >= 0 && base + 3 * wayStride + 255 < words.count && end <= codes.count)
      let (second, third, fourth) = (base &+ wayStride, base &+ 2 &* wayStride, base &+ 3 &* wayStride)
      // Safe: rows lie below both counts; a code is below 256, so every place lies below the one that was checked.
      while row &+ 8 <= end {
        // Eight codes in one read: reads are what bounds this loop.
        let eight = unsafe codes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: row, as: UInt64.self)
        var rest = UInt64(littleEndian: eight)
        for half in 0..<2 {
          let first = row &+ half &* 4
          let word = unsafe one &+ UInt64(seconds[unchecked: first])
          let secondWord = unsafe one &+ UInt64(seconds[unchecked: first &+ 1])
          let thirdWord = unsafe one &+ UInt64(seconds[unchecked: first &+ 2])
          let fourthWord = unsafe one &+ UInt64(seconds[unchecked: first &+ 3])
          unsafe words[unchecked: base &+ Int(rest & 0xFF)] &+= word
          unsafe words[unchecked: second &+ Int(rest &>> 8 & 0xFF)] &+= secondWord
          unsafe words[unchecked: third &+ Int(rest &>> 16 & 0xFF)] &+= thirdWord
          unsafe words[unchecked: fourth &+ Int(rest &>> 24 & 0xFF)] &+= fourthWord
          rest &>>= 32
        }
        row &+= 8
      }
      while row < end {
        unsafe words[unchecked: base &+ Int(codes[unchecked: row])] &+= one &+ UInt64(seconds[unchecked: row])
        row &+= 1
      }
    }
  }

  private static func addWithSpread(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ stretches: [Stretch], _ wayStride: Int,
    _ words: inout [UInt64], _ squares: inout [UInt64], _ least: inout [UInt32], _ greatest: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var squares = squares.mutableSpan
    var least = least.mutableSpan
    var greatest = greatest.mutableSpan
    var row = 0
    for stretch in stretches {
      let (base, end) = (stretch.base, stretch.end)
      precondition(base >= 0 && base + 3 * wayStride + 255 < words.count && end <= codes.count)
      // Safe: as above; all lists of places are equally long.
      var place = base
      while row &+ 4 <= end {
        for way in 0..<4 {
          unsafe addRow(
            seconds[unchecked: row &+ way], place &+ Int(codes[unchecked: row &+ way]), &words, &squares,
            &least, &greatest)
          place &+= wayStride
        }
        place = base
        row &+= 4
      }
      while row < end {
        unsafe addRow(
          seconds[unchecked: row], base &+ Int(codes[unchecked: row]), &words, &squares, &least, &greatest)
        row &+= 1
      }
    }
  }

  /// Adds each row to its place. O(rows).
  ///
  /// - Precondition: as many places as seconds.
  package mutating func add(_ places: Span<UInt32>, _ seconds: Span<UInt32>) {
    precondition(places.count == seconds.count)
    if hasSpread {
      Self.addWithSpread(places, seconds, &words, &squares, &least, &greatest)
    } else {
      var words = words.mutableSpan
      for row in places.indices {
        // Safe: as many seconds as places.
        words[Int(places[row])] &+= Self.one &+ UInt64(unsafe seconds[unchecked: row])
      }
    }
  }

  private static func addWithSpread(
    _ places: Span<UInt32>, _ seconds: Span<UInt32>, _ words: inout [UInt64], _ squares: inout [UInt64],
    _ least: inout [UInt32], _ greatest: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var squares = squares.mutableSpan
    var least = least.mutableSpan
    var greatest = greatest.mutableSpan
    for row in places.indices {
      let place = Int(places[row])
      precondition(place < words.count)
      // Safe: checked above; all lists of places are equally long, and there are as many seconds as places.
      unsafe addRow(seconds[unchecked: row], place, &words, &squares, &least, &greatest)
    }
  }

  /// A new extreme is rare, so that the branches are foreseen and nothing is written.
  @inline(__always)
  @unsafe
  private static func addRow(
    _ value: UInt32, _ place: Int, _ words: inout MutableSpan<UInt64>, _ squares: inout MutableSpan<UInt64>,
    _ least: inout MutableSpan<UInt32>, _ greatest: inout MutableSpan<UInt32>
  ) {
    unsafe words[unchecked: place] &+= one &+ UInt64(value)
    unsafe squares[unchecked: place] &+= UInt64(value) &* UInt64(value)
    // The mark of a missing value is above every least one, and one above it is 0.
    if value < (unsafe least[unchecked: place]) { unsafe least[unchecked: place] = value }
    if value &+ 1 > (unsafe greatest[unchecked: place]) {
      unsafe greatest[unchecked: place] = value &+ 1
    }
  }

  /// Takes rows off again that have no value, and counts them. O(rows + stretches).
  ///
  /// - Parameters:
  ///   - rows: which of the codes they have, ascending.
  ///   - isHandled: of a row; `nil` when all have been.
  package mutating func removeValueless(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ stretches: [Stretch], isHandled: ((Int) -> Bool)?
  ) {
    var next = 0
    for stretch in stretches {
      let first = next
      if stretch.end == codes.count {
        next = rows.count
      } else {
        while next < rows.count, Int(rows[next]) < stretch.end { next += 1 }
      }
      guard first < next else { continue }
      if isHandled == nil, !hasSpread {
        Self.remove(rows.extracting(first..<next), codes, stretch.base, &words, &valueless)
      } else {
        for place in first..<next {
          let row = Int(rows[place])
          removeValueless(at: stretch.base &+ Int(codes[row]), isHandled: isHandled?(row) ?? true)
        }
      }
    }
  }

  private static func remove(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ base: Int, _ words: inout [UInt64],
    _ valueless: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    precondition(base >= 0 && base + 255 < words.count)
    for entry in rows.indices {
      // Safe: every code has a place.
      let place = base &+ Int(codes[Int(rows[entry])])
      unsafe words[unchecked: place] &-= one &+ UInt64(missingSeconds)
      unsafe valueless[unchecked: place] &+= 1
    }
  }
}
