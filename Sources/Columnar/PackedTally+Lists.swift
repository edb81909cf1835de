extension PackedTally {
  /// Adds the kept rows one by one under their stretch's base + their code. O(rows / 64 + kept rows + stretches).
  ///
  /// - Parameter isHandled: of a row; asked for those without a value; `nil` when all have been.
  /// - Precondition: base + 255 is a place for each stretch; the last one ends behind the last kept row.
  package mutating func add(
    _ kept: Selection, _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ stretches: [Stretch],
    isHandled: ((Int) -> Bool)?
  ) {
    precondition(codes.count == seconds.count)
    var stretch = 0
    if hasSpread {
      kept.forEach { row in
        while row >= stretches[stretch].end { stretch &+= 1 }
        add(seconds[row], at: stretches[stretch].base &+ Int(codes[row]), isHandled: isHandled?(row) ?? true)
      }
      return
    }
    var end = 0
    var base = 0
    var words = words.mutableSpan
    var listed: [(place: Int, row: Int)] = []
    kept.forEach { row in
      while row >= end {
        end = stretches[stretch].end
        base = stretches[stretch].base
        stretch &+= 1
      }
      let value = seconds[row]
      let place = base &+ Int(codes[row])
      if value == missingSeconds {
        listed.append((place, row))
      } else {
        words[place] &+= Self.one &+ UInt64(value)
      }
    }
    for (place, row) in listed {
      valueless[place] &+= 1
      if let isHandled, !isHandled(row) { unhandled[place] &+= 1 }
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
  ///   - wayStride: as in ``add(_:_:_:wayStride:)``.
  ///   - isHandled: of a row; asked for those without a value; `nil` when all have been.
  /// - Precondition: `base` + 3 × `wayStride` + 255 is a place; as many rows as codes.
  package mutating func add(
    rows: Span<UInt16>, codes: Span<UInt8>, _ seconds: Span<UInt32>, kept: Selection?, base: Int,
    wayStride: Int, isHandled: ((Int) -> Bool)?
  ) {
    precondition(rows.count == codes.count && base >= 0 && base + 3 * wayStride + 255 < placeCount)
    if kept == nil, !hasSpread, isHandled == nil {
      Self.addPairs(rows, codes, seconds, base, wayStride, &words, &valueless)
      return
    }
    for pair in rows.indices {
      let row = Int(rows[pair])
      if let kept, !kept.contains(row) { continue }
      add(seconds[row], at: base &+ Int(codes[pair]), isHandled: isHandled?(row) ?? true)
    }
  }

  private static func addPairs(
    _ rows: Span<UInt16>, _ codes: Span<UInt8>, _ seconds: Span<UInt32>, _ base: Int, _ wayStride: Int,
    _ words: inout [UInt64], _ valueless: inout [UInt32]
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    var greatest: UInt16 = 0
    for pair in rows.indices { greatest = max(greatest, unsafe rows[unchecked: pair]) }
    precondition(rows.isEmpty || Int(greatest) < seconds.count)
    var pair = 0
    // Safe: the caller has checked that there are as many codes as rows, and that every code has a place in each way;
    // rows were checked above.
    while pair &+ 64 <= rows.count {
      // Which of them have no value, the first one highest: these are taken off again, so that no branch depends on a
      // row.
      var missing: UInt64 = 0
      for step in 0..<16 {
        let first = pair &+ step &* 4
        var four = unsafe rows.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: first &* 2, as: UInt64.self)
        var code = unsafe UInt64(
          codes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: first, as: UInt32.self))
        var place = base
        for _ in 0..<4 {
          let value = unsafe UInt64(seconds[unchecked: Int(truncatingIfNeeded: four & 0xFFFF)])
          unsafe words[unchecked: place &+ Int(truncatingIfNeeded: code & 0xFF)] &+= one &+ value
          // The mark of a missing value is all ones: one more carries.
          missing = missing &+ missing &+ (value &+ 1) &>> 32
          four &>>= 16
          code &>>= 8
          place &+= wayStride
        }
      }
      while missing != 0 {
        let rest = missing.leadingZeroBitCount
        let way = rest & 3
        let place = unsafe base &+ Int(codes[unchecked: pair &+ rest])
        unsafe words[unchecked: place &+ way &* wayStride] &-= one &+ UInt64(missingSeconds)
        unsafe valueless[unchecked: place] &+= 1
        missing &= (1 &<< UInt64(63 &- rest)) &- 1
      }
      pair &+= 64
    }
    while pair < rows.count {
      let place = unsafe base &+ Int(codes[unchecked: pair])
      let value = seconds[Int(unsafe rows[unchecked: pair])]
      if value == missingSeconds {
        unsafe valueless[unchecked: place] &+= 1
      } else {
        unsafe words[unchecked: place] &+= one &+ UInt64(value)
      }
      pair &+= 1
    }
  }
}
