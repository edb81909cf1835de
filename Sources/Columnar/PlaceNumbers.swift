/// The place of each of some rows, put together digit by digit: dimension after dimension adds `code × stride`.
///
/// A few thousand rows at a time, so that the numbers stay in the nearest cache.
package struct PlaceNumbers: Sendable {
  /// The most rows at a time, a multiple of 64.
  package static let capacity = 4_096

  private var numbers = [UInt32](repeating: 0, count: capacity)
  /// Rows at hand.
  package private(set) var count = 0

  /// No rows.
  package init() {}

  /// The places, to be read before the next change.
  package var span: Span<UInt32> {
    @_lifetime(borrow self)
    get { numbers.span.extracting(first: count) }
  }

  /// The place of one row.
  package subscript(row: Int) -> UInt32 { numbers[row] }

  /// Begins with place 0 for each of `count` rows.
  package mutating func start(_ count: Int) {
    precondition(count <= Self.capacity)
    self.count = count
    var places = numbers.mutableSpan
    // Safe: checked above.
    for row in 0..<count { unsafe places[unchecked: row] = 0 }
  }

  /// Adds a row with its place.
  ///
  /// - Precondition: there are fewer than ``capacity``.
  package mutating func append(_ number: UInt32) {
    numbers[count] = number
    count += 1
  }

  /// Begins with the places of others.
  package mutating func start(_ others: PlaceNumbers) {
    count = others.count
    for row in 0..<count { numbers[row] = others.numbers[row] }
  }

  /// Adds one number to some of the rows.
  package mutating func add(_ number: UInt32, to rows: Range<Int>) {
    guard number != 0 else { return }
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count)
    var places = numbers.mutableSpan
    // Safe: checked above.
    for row in rows { unsafe places[unchecked: row] &+= number }
  }

  /// Adds the codes of the rows that follow one another from `start` on. O(rows).
  package mutating func add(_ codes: CodeColumn, from start: Int, stride: UInt32) {
    switch codes {
    case .constant(let code, _): add(code &* stride, to: 0..<count)
    case .bytes(let column): addCodes(column.span.extracting(start..<(start + count)), stride)
    case .words(let column): addCodes(column.span.extracting(start..<(start + count)), stride)
    case .wide(let column): addCodes(column.span.extracting(start..<(start + count)), stride)
    }
  }

  /// Adds the codes of listed rows. O(rows).
  package mutating func add(_ codes: CodeColumn, at rows: ArraySlice<UInt32>, stride: UInt32) {
    switch codes {
    case .constant(let code, _): add(code &* stride, to: 0..<count)
    case .bytes(let column): addCodes(column.span, at: rows.span, stride)
    case .words(let column): addCodes(column.span, at: rows.span, stride)
    case .wide(let column): addCodes(column.span, at: rows.span, stride)
    }
  }

  /// Puts `dropped` in place of the numbers of rows that are not kept. O(rows).
  ///
  /// - Parameters:
  ///   - kept: of the whole block.
  ///   - start: the row of the first number, a multiple of 64.
  package mutating func drop(notKeptBy kept: Selection, from start: Int, as dropped: UInt32) {
    precondition(start.isMultiple(of: 64))
    let count = count
    var places = numbers.mutableSpan
    let words = kept.words.span
    var row = 0
    while row < count {
      let word = words[(start &+ row) / 64]
      let end = min(row &+ 64, count)
      if word != .max {
        for place in row..<end {
          let keeps = 0 &- UInt32(truncatingIfNeeded: (word &>> UInt64(place &- row)) & 1)
          places[place] = places[place] & keeps | dropped & ~keeps
        }
      }
      row = end
    }
  }

  // Safe: the planner keeps the product of all radices below 2^31.
  @inline(__always)
  private mutating func addCodes<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Span<Code>, _ stride: UInt32
  ) {
    var places = numbers.mutableSpan
    precondition(codes.count <= places.count)
    for row in codes.indices {
      // Safe: rows are below both counts.
      unsafe places[unchecked: row] &+= UInt32(truncatingIfNeeded: codes[unchecked: row]) &* stride
    }
  }

  @inline(__always)
  private mutating func addCodes<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Span<Code>, at rows: Span<UInt32>, _ stride: UInt32
  ) {
    var places = numbers.mutableSpan
    for entry in rows.indices {
      places[entry] &+= UInt32(truncatingIfNeeded: codes[Int(rows[entry])]) &* stride
    }
  }
}
