extension PackedTally {
  /// Adds each row under `base` + its code, every second, third and fourth one `wayStride`, 2 and 3 of it further on.
  ///
  /// Neighbours of one code then write to different words and need not wait for each other; with a stride of 0 they
  /// share one. O(rows): 5 bytes read a row.
  ///
  /// - Precondition: `base` + 3 × `wayStride` + 255 is a place; as many codes as seconds.
  package mutating func add(_ codes: Span<UInt8>, _ seconds: Span<UInt32>, base: Int, wayStride: Int) {
    precondition(codes.count == seconds.count && base >= 0 && wayStride >= 0)
    precondition(base + 3 * wayStride + 255 < placeCount)
    if hasSpread {
      Self.addWithSpread(codes, seconds, base, wayStride, &words, &squares, &least, &greatest)
    } else {
      Self.addSums(codes, seconds, base, wayStride, &words)
    }
  }

  private static func addSums(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ base: Int, _ wayStride: Int, _ words: inout [UInt64]
  ) {
    var words = words.mutableSpan
    let (second, third, fourth) = (base &+ wayStride, base &+ 2 &* wayStride, base &+ 3 &* wayStride)
    let whole = codes.count & ~3
    var row = 0
    // Safe: rows lie below both counts; a code is below 256, so every place lies below the one that was checked.
    while row < whole {
      let word = unsafe one &+ UInt64(seconds[unchecked: row])
      let secondWord = unsafe one &+ UInt64(seconds[unchecked: row &+ 1])
      let thirdWord = unsafe one &+ UInt64(seconds[unchecked: row &+ 2])
      let fourthWord = unsafe one &+ UInt64(seconds[unchecked: row &+ 3])
      unsafe words[unchecked: base &+ Int(codes[unchecked: row])] &+= word
      unsafe words[unchecked: second &+ Int(codes[unchecked: row &+ 1])] &+= secondWord
      unsafe words[unchecked: third &+ Int(codes[unchecked: row &+ 2])] &+= thirdWord
      unsafe words[unchecked: fourth &+ Int(codes[unchecked: row &+ 3])] &+= fourthWord
      row &+= 4
    }
    while row < codes.count {
      words[base &+ Int(codes[row])] &+= one &+ UInt64(seconds[row])
      row &+= 1
    }
  }

  private static func addWithSpread(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ base: Int, _ wayStride: Int,
    _ words: inout [UInt64], _ squares: inout [UInt64], _ least: inout [UInt32], _ greatest: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var squares = squares.mutableSpan
    var least = least.mutableSpan
    var greatest = greatest.mutableSpan
    let whole = codes.count & ~1
    var row = 0
    while row < whole {
      // Safe: as above.
      unsafe addRow(
        seconds[unchecked: row], base &+ Int(codes[unchecked: row]), &words, &squares, &least, &greatest)
      unsafe addRow(
        seconds[unchecked: row &+ 1], base &+ wayStride &+ Int(codes[unchecked: row &+ 1]), &words, &squares,
        &least, &greatest)
      row &+= 2
    }
    if row < codes.count {
      unsafe addRow(
        seconds[unchecked: row], base &+ Int(codes[unchecked: row]), &words, &squares, &least, &greatest)
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

  /// Takes rows off again that have no value, and counts them. O(rows).
  ///
  /// - Parameters:
  ///   - rows: which of the codes they have.
  ///   - isHandled: of a row; `nil` when all have been.
  package mutating func removeValueless(
    _ rows: Span<UInt16>, codes: Span<UInt8>, base: Int, isHandled: ((Int) -> Bool)?
  ) {
    precondition(base >= 0 && base + 255 < placeCount)
    if isHandled != nil || hasSpread {
      for place in rows.indices {
        let row = Int(rows[place])
        removeValueless(at: base &+ Int(codes[row]), isHandled: isHandled?(row) ?? true)
      }
      return
    }
    Self.remove(rows, codes, base, &words, &valueless)
  }

  private static func remove(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ base: Int, _ words: inout [UInt64],
    _ valueless: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    for entry in rows.indices {
      // Safe: the caller has checked that every code has a place.
      let place = base &+ Int(codes[Int(rows[entry])])
      unsafe words[unchecked: place] &-= one &+ UInt64(missingSeconds)
      unsafe valueless[unchecked: place] &+= 1
    }
  }

  /// Adds one row, with or without a value. O(1).
  @inline(__always)
  package mutating func add(_ value: UInt32, at place: Int, isHandled: @autoclosure () -> Bool) {
    words[place] &+= Self.one &+ UInt64(value)
    if hasSpread {
      squares[place] &+= UInt64(value) &* UInt64(value)
      if value < least[place] { least[place] = value }
      if value &+ 1 > greatest[place] { greatest[place] = value &+ 1 }
    }
    if value == missingSeconds { removeValueless(at: place, isHandled: isHandled()) }
  }

  /// Adds the rows of a list of (row, code) pairs under `base` + the code. O(pairs): 3 bytes a pair read in order,
  /// 4 bytes wherever its row is.
  ///
  /// - Parameters:
  ///   - rows: row numbers within the block; those that `kept` does not keep are left out.
  ///   - seconds: by row of the block.
  ///   - isHandled: of a row; asked for those without a value; `nil` when all have been.
  /// - Precondition: `base` + 255 is a place; as many rows as codes.
  package mutating func add(
    rows: Span<UInt16>, codes: Span<UInt8>, _ seconds: Span<UInt32>, kept: Selection?, base: Int,
    isHandled: ((Int) -> Bool)?
  ) {
    precondition(rows.count == codes.count && base >= 0 && base + 255 < placeCount)
    if kept == nil, !hasSpread, isHandled == nil {
      Self.addPairs(rows, codes, seconds, base, &words, &valueless)
      return
    }
    for pair in rows.indices {
      let row = Int(rows[pair])
      if let kept, !kept.contains(row) { continue }
      add(seconds[row], at: base &+ Int(codes[pair]), isHandled: isHandled?(row) ?? true)
    }
  }

  private static func addPairs(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ base: Int,
    _ words: inout [UInt64], _ valueless: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    for pair in rows.indices {
      // Safe: the caller has checked that there are as many codes as rows, and that every code has a place.
      let place = unsafe base &+ Int(codes[unchecked: pair])
      let value = seconds[Int(unsafe rows[unchecked: pair])]
      if value == missingSeconds {
        unsafe valueless[unchecked: place] &+= 1
      } else {
        unsafe words[unchecked: place] &+= one &+ UInt64(value)
      }
    }
  }
}
