/// An immutable run of fixed-width elements in memory that somebody else keeps alive: a mapped file or the
/// heap.
///
///     owner ──keeps──▶ ┌────┬────┬────┬───┬────┐
///     start ──────────▶│ e0 │ e1 │ e2 │ … │ eN │   N = count, packed, aligned for Element
///                      └────┴────┴────┴───┴────┘
///
/// A kernel takes ``span`` once per block and never touches the column per row.
@safe
package struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Safe: immutable memory, alive as long as `owner`, which every copy of the column holds.
  fileprivate let start: UnsafePointer<Element>
  private let owner: any AnyObject & Sendable

  /// Number of elements.
  package let count: Int

  /// Views `bytes`, which `owner` must keep mapped and unchanged.
  ///
  /// - Precondition: `bytes` is aligned for `Element` and a whole number of elements long.
  @unsafe
  package init(viewing bytes: UnsafeRawBufferPointer, ownedBy owner: any AnyObject & Sendable) {
    let stride = MemoryLayout<Element>.stride
    precondition(bytes.count.isMultiple(of: stride), "a column ends inside an element")
    self.count = bytes.count / stride
    self.owner = owner
    if let address = bytes.baseAddress {
      precondition(
        UInt(bitPattern: address).isMultiple(of: UInt(MemoryLayout<Element>.alignment)))
      unsafe self.start = address.assumingMemoryBound(to: Element.self)
    } else {
      // Safe: an empty column never reads through this pointer.
      unsafe self.start = UnsafePointer(bitPattern: MemoryLayout<Element>.alignment)!
    }
  }

  /// Copies bytes to the heap. O(bytes).
  package init(copying bytes: [UInt8]) {
    let heap = HeapBytes(copying: bytes)
    // Safe: the column holds `heap`, whose buffer never changes.
    unsafe self.init(viewing: heap.buffer, ownedBy: heap)
  }

  /// Copies elements to the heap. O(elements).
  package init(of elements: [Element]) {
    let heap = HeapBytes(copying: elements)
    // Safe: the column holds `heap`, whose buffer never changes.
    unsafe self.init(viewing: heap.buffer, ownedBy: heap)
  }

  /// The same bytes as elements of another width.
  ///
  /// - Precondition: the bytes are aligned for `Other` and a whole number of its elements.
  package func reinterpreted<Other>(as type: Other.Type) -> Column<Other> {
    // Safe: same memory, same owner; every bit pattern is a value of a bitwise-copyable number.
    unsafe Column<Other>(
      viewing: UnsafeRawBufferPointer(start: start, count: count * MemoryLayout<Element>.stride),
      ownedBy: owner)
  }

  /// The first elements.
  ///
  /// - Precondition: `count` is at most the column's.
  package func prefix(_ count: Int) -> Column {
    precondition(count <= self.count)
    // Safe: same memory, same owner, no longer than before.
    return unsafe Column(
      viewing: UnsafeRawBufferPointer(start: start, count: count * MemoryLayout<Element>.stride),
      ownedBy: owner)
  }

  /// The elements, to be read while the column is alive.
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      // Safe: `start` addresses `count` elements for as long as `self` holds `owner`.
      unsafe _overrideLifetime(Span(_unsafeStart: start, count: count), borrowing: self)
    }
  }
}

extension Column {
  /// The elements as an array. O(elements).
  package var elements: [Element] {
    // Safe: `start` addresses `count` elements for as long as `self` lives.
    unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}

/// The sum of a column's words, modulo 2^64. O(words), at the speed of memory.
package func sum(of column: Column<UInt64>) -> UInt64 {
  let words = column.span
  var sum: UInt64 = 0
  for place in words.indices { sum &+= words[place] }
  return sum
}

/// The greatest element of a column; 0 when there is none. O(elements), at the speed of memory.
package func greatestElement(of column: Column<UInt8>) -> UInt8 { greatest(of: column.span) }
/// The greatest element of a column; 0 when there is none. O(elements), at the speed of memory.
package func greatestElement(of column: Column<UInt16>) -> UInt16 { greatest(of: column.span) }
/// The greatest element of a column; 0 when there is none. O(elements), at the speed of memory.
package func greatestElement(of column: Column<UInt32>) -> UInt32 { greatest(of: column.span) }

@inline(__always)
private func greatest<Element: FixedWidthInteger & UnsignedInteger>(of elements: Span<Element>) -> Element {
  var greatest: Element = 0
  for place in elements.indices { greatest = max(greatest, elements[place]) }
  return greatest
}

/// Whether no number is less than the one before it and, where `strictly`, none equals it. O(numbers), without a
/// branch that depends on what they are.
package func ascends(_ column: Column<UInt16>, strictly: Bool) -> Bool {
  let numbers = column.span
  guard numbers.count > 1 else { return true }
  var descents: UInt16 = 0
  var repeats: UInt16 = 0
  for place in 1..<numbers.count {
    // Safe: places run over the numbers and those before them.
    let (last, next) = unsafe (numbers[unchecked: place &- 1], numbers[unchecked: place])
    descents |= next < last ? 1 : 0
    repeats |= next == last ? 1 : 0
  }
  return descents == 0 && (repeats == 0 || !strictly)
}

/// Whole numbers stored as a block's least value plus a 32-bit distance, or in full where a block spans more.
///
/// Holds instants (unix seconds) and row keys alike; a missing value has a bit pattern of its own.
package enum OffsetColumn: Sendable {
  case narrow(base: Int64, Column<UInt32>)
  case wide(Column<Int64>)

  /// The distance that stands for "no value" in a narrow column.
  package static let missingDistance = UInt32.max
  /// The value that stands for "no value" in a wide column, and in decoded numbers.
  package static let missing = Int64.min

  /// Number of rows.
  package var count: Int {
    switch self {
    case .narrow(_, let column): column.count
    case .wide(let column): column.count
    }
  }

  /// Decodes the whole block into `numbers`, ``missing`` where there is none. O(rows).
  package func decode(into numbers: inout [Int64]) {
    numbers.removeAll(keepingCapacity: true)
    numbers.reserveCapacity(count)
    switch self {
    case .narrow(let base, let column):
      let distances = column.span
      for row in distances.indices {
        let distance = distances[row]
        // Safe: base + distance was an Int64 when it was encoded.
        numbers.append(distance == Self.missingDistance ? Self.missing : base &+ Int64(distance))
      }
    case .wide(let column):
      let values = column.span
      for row in values.indices { numbers.append(values[row]) }
    }
  }
}

/// Codes in the narrowest width that holds them; a block of one value takes no memory at all.
///
/// Code 0 means "no value". Codes are numbers of dictionary entries, or durations plus one.
package enum CodeColumn: Sendable {
  case constant(UInt32, count: Int)
  case bytes(Column<UInt8>)
  case words(Column<UInt16>)
  case wide(Column<UInt32>)

  /// Number of rows.
  package var count: Int {
    switch self {
    case .constant(_, let count): count
    case .bytes(let column): column.count
    case .words(let column): column.count
    case .wide(let column): column.count
    }
  }

  /// The code of one row; for the few rows that a kernel treats one by one.
  package func code(at row: Int) -> UInt32 {
    switch self {
    case .constant(let code, _): code
    case .bytes(let column): UInt32(column.span[row])
    case .words(let column): UInt32(column.span[row])
    case .wide(let column): column.span[row]
    }
  }

  /// The codes of the whole block into `codes`. O(rows).
  package func decode(into codes: inout [UInt32]) {
    codes.removeAll(keepingCapacity: true)
    codes.reserveCapacity(count)
    switch self {
    case .constant(let code, let count): codes.append(contentsOf: repeatElement(code, count: count))
    case .bytes(let column):
      let span = column.span
      for row in span.indices { codes.append(UInt32(span[row])) }
    case .words(let column):
      let span = column.span
      for row in span.indices { codes.append(UInt32(span[row])) }
    case .wide(let column):
      let span = column.span
      for row in span.indices { codes.append(span[row]) }
    }
  }

  /// The durations of a block whose codes are durations plus one: ``missingSeconds`` where there is none. O(rows).
  package func decodeDurations(into seconds: inout [UInt32]) {
    decode(into: &seconds)
    // 0, the code of no value, wraps round to the mark of one.
    for row in seconds.indices { seconds[row] &-= 1 }
  }
}

/// A list of codes per row: the first in a plain column, the further ones as (row, code) pairs by row.
///
/// Most conversations have one tag, so the pairs stay few and a scan of the first codes stays a scan of one
/// narrow column.
package struct CodeListColumn: Sendable {
  /// The first code of each row; 0 for an empty list.
  package let first: CodeColumn
  /// Rows of the further codes, ascending; a row stands once per further code.
  package let furtherRows: Column<UInt16>
  /// The further codes themselves, in the order they were chosen.
  package let furtherCodes: CodeColumn

  /// Puts the three parts together; the two lists are of one length.
  package init(first: CodeColumn, furtherRows: Column<UInt16>, furtherCodes: CodeColumn) {
    precondition(furtherRows.count == furtherCodes.count)
    self.first = first
    self.furtherRows = furtherRows
    self.furtherCodes = furtherCodes
  }

  /// How many codes each row's list has, 1 for an empty list. O(rows + further codes).
  package var lengths: CodeColumn {
    var lengths = [UInt8](repeating: 1, count: first.count)
    let rows = furtherRows.span
    // Safe: a list has at most 64 codes.
    for place in rows.indices { lengths[Int(rows[place])] &+= 1 }
    return .bytes(Column(copying: lengths))
  }
}
