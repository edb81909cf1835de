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
    if hasSpread { Self.addSpread(codes, seconds, base, &squares, &least, &greatest) }
    var words = words.mutableSpan
    let (second, third, fourth) = (base &+ wayStride, base &+ 2 &* wayStride, base &+ 3 &* wayStride)
    let whole = codes.count & ~3
    var row = 0
    // Safe: rows lie below both counts; a code is below 256, so every place lies below the one checked above.
    while row < whole {
      let word = unsafe Self.one &+ UInt64(seconds[unchecked: row])
      let secondWord = unsafe Self.one &+ UInt64(seconds[unchecked: row &+ 1])
      let thirdWord = unsafe Self.one &+ UInt64(seconds[unchecked: row &+ 2])
      let fourthWord = unsafe Self.one &+ UInt64(seconds[unchecked: row &+ 3])
      unsafe words[unchecked: base &+ Int(codes[unchecked: row])] &+= word
      unsafe words[unchecked: second &+ Int(codes[unchecked: row &+ 1])] &+= secondWord
      unsafe words[unchecked: third &+ Int(codes[unchecked: row &+ 2])] &+= thirdWord
      unsafe words[unchecked: fourth &+ Int(codes[unchecked: row &+ 3])] &+= fourthWord
      row &+= 4
    }
    while row < codes.count {
      words[base &+ Int(codes[row])] &+= Self.one &+ UInt64(seconds[row])
      row &+= 1
    }
  }

  /// The squares and extremes of the same rows.
  private static func addSpread(
    _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ base: Int, _ squares: inout [UInt64],
    _ least: inout [UInt32], _ greatest: inout [UInt32]
  ) {
    var squares = squares.mutableSpan
    var least = least.mutableSpan
    var greatest = greatest.mutableSpan
    for row in codes.indices {
      // Safe: the caller has checked that every code's place is one.
      unsafe addSpread(
        seconds[unchecked: row], base &+ Int(codes[unchecked: row]), &squares, &least, &greatest)
    }
  }

  private static func addSpread(
    _ places: Span<UInt32>, _ seconds: Span<UInt32>, _ squares: inout [UInt64],
    _ least: inout [UInt32], _ greatest: inout [UInt32]
  ) {
    var squares = squares.mutableSpan
    var least = least.mutableSpan
    var greatest = greatest.mutableSpan
    for row in places.indices {
      // Safe: the caller has checked every place, and the lists are equally long.
      unsafe addSpread(
        seconds[unchecked: row], Int(places[unchecked: row]), &squares, &least, &greatest)
    }
  }

  /// Adds each row to its place. O(rows).
  ///
  /// - Precondition: as many places as seconds.
  package mutating func add(_ places: Span<UInt32>, _ seconds: Span<UInt32>) {
    precondition(places.count == seconds.count)
    var words = words.mutableSpan
    for row in places.indices {
      words[Int(places[row])] &+= Self.one &+ UInt64(seconds[row])
    }
    if hasSpread { Self.addSpread(places, seconds, &squares, &least, &greatest) }
  }

  /// A new extreme is rare, so that the branches are foreseen and nothing is written.
  @inline(__always)
  @unsafe
  private static func addSpread(
    _ value: UInt32, _ place: Int, _ squares: inout MutableSpan<UInt64>,
    _ least: inout MutableSpan<UInt32>, _ greatest: inout MutableSpan<UInt32>
  ) {
    unsafe squares[unchecked: place] &+= UInt64(value) &* UInt64(value)
    // The mark of a missing value is above every least one, and one above it is 0.
    if value < (unsafe least[unchecked: place]) { unsafe least[unchecked: place] = value }
    if value &+ 1 > (unsafe greatest[unchecked: place]) {
      unsafe greatest[unchecked: place] = value &+ 1
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
  ///   - isHandled: of a row; asked for those without a value.
  /// - Precondition: `base` + 255 is a place; as many rows as codes.
  package mutating func add(
    rows: Span<UInt16>, codes: Span<UInt8>, _ seconds: Span<UInt32>, kept: Selection?, base: Int,
    isHandled: (Int) -> Bool
  ) {
    precondition(rows.count == codes.count && base >= 0 && base + 255 < placeCount)
    guard kept == nil, !hasSpread else {
      for pair in rows.indices {
        let row = Int(rows[pair])
        if let kept, !kept.contains(row) { continue }
        add(seconds[row], at: base &+ Int(codes[pair]), isHandled: isHandled(row))
      }
      return
    }
    var words = words.mutableSpan
    for pair in rows.indices {
      // Safe: a code is below 256, and there are as many codes as rows.
      let place = base &+ Int(unsafe codes[unchecked: pair])
      unsafe words[unchecked: place] &+= Self.one &+ UInt64(seconds[Int(rows[pair])])
    }
    for pair in rows.indices where seconds[Int(rows[pair])] == missingSeconds {
      removeValueless(at: base &+ Int(codes[pair]), isHandled: isHandled(Int(rows[pair])))
    }
  }
}
