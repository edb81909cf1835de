internal import Columnar

/// A block put together from columns that are in memory already, for a table that lives as long as a question.
///
/// Columns that are not given hold no value in any row; a question must be known not to need them.
package struct BlockAssembly: Sendable {
  /// Number of contacts.
  package let rowCount: Int
  private var segments: [UInt16: StoredSegment] = [:]
  /// Whether the instants at which conversations ended ascend.
  private var isSorted = true

  /// A block of so many contacts, each the only one of its conversation.
  ///
  /// - Parameter firstKey: key of the first contact and of its conversation; the others follow one by one.
  package init(rowCount: Int, firstKey: Int64) {
    precondition(rowCount <= ContactBlock.rowLimit)
    self.rowCount = rowCount
    for column in ColumnID.allCases {
      let width: UInt8 =
        switch column {
        case .furtherTagRows, .valueless: 2
        case .markCounts: 4
        default: 0
        }
      segments[column.rawValue] = Self.segment(SegmentBytes(count: 0), width: width)
    }
    for column in [ColumnID.conversation, .contact] {
      segments[column.rawValue] = StoredSegment(
        width: 4, base: firstKey, least: firstKey, greatest: firstKey + Int64(max(rowCount, 1)) - 1,
        bytes: SegmentBytes.ascending.column(of: rowCount * 4), checksum: 0)
    }
  }

  /// Instants, unix seconds; `Int64.min` where there is none.
  package mutating func set(_ column: ColumnID, _ values: Span<Int64>) {
    var least = Int64.max
    var greatest = Int64.min
    for row in values.indices where values[row] != OffsetColumn.missing {
      if column == .reportedAt, values[row] < greatest { isSorted = false }
      least = min(least, values[row])
      greatest = max(greatest, values[row])
    }
    let base = least <= greatest ? least : 0
    let isNarrow = least > greatest || greatest - least < Int64(OffsetColumn.missingDistance)
    let bytes = SegmentBytes(count: values.count * (isNarrow ? 4 : 8))
    if isNarrow {
      var target = bytes.elements(of: UInt32.self)
      for row in values.indices {
        let value = values[row]
        // Safe: a distance within the range found above.
        target[row] =
          value == OffsetColumn.missing
          ? OffsetColumn.missingDistance : UInt32(truncatingIfNeeded: value &- base)
      }
    } else {
      var target = bytes.elements(of: Int64.self)
      for row in values.indices { target[row] = values[row] }
    }
    segments[column.rawValue] = Self.segment(
      bytes, width: isNarrow ? 4 : 8, base: base, least: least, greatest: greatest)
  }

  /// One mark a contact.
  package mutating func setMarks(_ values: Span<UInt8>) {
    put(.marks, values)
    let words = EncodedBlock.counts(of: values)
    put(.markCounts, words.span)
  }

  /// Numbers of a contact: durations with their mark for none, or codes.
  package mutating func set(_ column: ColumnID, _ values: Span<UInt32>) {
    if column == .seconds {
      let (valueless, range) = EncodedBlock.valueless(among: values)
      put(.seconds, values, least: Int64(range.least), greatest: Int64(range.greatest))
      put(.valueless, valueless.span)
      return
    }
    // The mark of a missing duration wraps round to 0, the code of no value.
    let shift: UInt32 = column.isDuration ? 1 : 0
    var greatest: UInt32 = 0
    for row in values.indices { greatest = max(greatest, values[row] &+ shift) }
    switch greatest {
    case 0: segments[column.rawValue] = Self.segment(SegmentBytes(count: 0), width: 0)
    case ...0xFF: put(column, UInt8.self, greatest, values) { UInt8(truncatingIfNeeded: $0 &+ shift) }
    case ...0xFFFF: put(column, UInt16.self, greatest, values) { UInt16(truncatingIfNeeded: $0 &+ shift) }
    default: put(column, UInt32.self, greatest, values) { $0 &+ shift }
    }
  }

  /// Names: numbers that `codes` gives the codes of.
  package mutating func set(_ column: ColumnID, _ numbers: Span<UInt32>, codes: Span<UInt32>) {
    setNames(column, numbers, codes)
  }

  /// The same for numbers of 16 bits.
  package mutating func set(_ column: ColumnID, _ numbers: Span<UInt16>, codes: Span<UInt32>) {
    setNames(column, numbers, codes)
  }

  @inline(__always)
  private mutating func setNames<Source: FixedWidthInteger & UnsignedInteger>(
    _ column: ColumnID, _ numbers: Span<Source>, _ codes: Span<UInt32>
  ) {
    var most: UInt32 = 0
    for place in codes.indices { most = max(most, codes[place]) }
    switch most {
    case ...0xFF: put(column, UInt8.self, most, numbers, codes) { UInt8(truncatingIfNeeded: $0) }
    case ...0xFFFF: put(column, UInt16.self, most, numbers, codes) { UInt16(truncatingIfNeeded: $0) }
    default: put(column, UInt32.self, most, numbers, codes) { $0 }
    }
  }

  /// The tags beyond the first: rows, ascending, and codes.
  package mutating func setFurtherTags(rows: [UInt16], codes: [UInt32]) {
    // Every contact is the only one of its conversation: as many of these have several tags as rows are listed.
    let count = rows.indices.count { $0 == 0 || rows[$0] != rows[$0 - 1] }
    put(.furtherTagRows, rows.span, base: Int64(count))
    let greatest = codes.max() ?? 0
    if greatest <= UInt8.max {
      let bytes = codes.map { UInt8($0) }
      put(.furtherTagCodes, bytes.span, greatest: Int64(greatest))
    } else {
      put(.furtherTagCodes, codes.span, greatest: Int64(greatest))
    }
  }

  private mutating func put<Number: BitwiseCopyable & Sendable>(
    _ column: ColumnID, _ values: Span<Number>, base: Int64 = 0, least: Int64 = 0, greatest: Int64 = 0
  ) {
    let width = MemoryLayout<Number>.size
    let bytes = SegmentBytes(count: values.count * width)
    var target = bytes.elements(of: Number.self)
    for row in values.indices { target[row] = values[row] }
    segments[column.rawValue] = Self.segment(
      bytes, width: UInt8(width), base: base, least: least, greatest: greatest)
  }

  @inline(__always)
  private mutating func put<Number: BitwiseCopyable & Sendable>(
    _ column: ColumnID, _ type: Number.Type, _ greatest: UInt32, _ values: Span<UInt32>,
    _ narrow: (UInt32) -> Number
  ) {
    let bytes = SegmentBytes(count: values.count * MemoryLayout<Number>.size)
    var target = bytes.elements(of: type)
    for row in values.indices { target[row] = narrow(values[row]) }
    segments[column.rawValue] = Self.segment(
      bytes, width: UInt8(MemoryLayout<Number>.size), greatest: Int64(greatest))
  }

  @inline(__always)
  private mutating func put<Number: BitwiseCopyable & Sendable, Source: FixedWidthInteger & UnsignedInteger>(
    _ column: ColumnID, _ type: Number.Type, _ greatest: UInt32, _ numbers: Span<Source>,
    _ codes: Span<UInt32>,
    _ narrow: (UInt32) -> Number
  ) {
    let bytes = SegmentBytes(count: numbers.count * MemoryLayout<Number>.size)
    var target = bytes.elements(of: type)
    for row in numbers.indices { target[row] = narrow(codes[Int(numbers[row])]) }
    segments[column.rawValue] = Self.segment(
      bytes, width: UInt8(MemoryLayout<Number>.size), greatest: Int64(greatest))
  }

  private static func segment(
    _ bytes: SegmentBytes, width: UInt8, base: Int64 = 0, least: Int64 = 0, greatest: Int64 = 0
  ) -> StoredSegment {
    StoredSegment(
      width: width, base: base, least: least, greatest: greatest, bytes: bytes.column(of: bytes.count),
      checksum: 0)
  }

  /// The block.
  ///
  /// - Parameter hasEnded: whether the conversations of all contacts have.
  package func block(hasEnded: Bool) -> ContactBlock {
    var block = ContactBlock(rowCount: rowCount, segments: segments)!
    block.hasEnded = hasEnded
    block.isSorted = hasEnded && isSorted
    // Nothing has been read from anywhere: there is nothing to check.
    for column in ColumnID.allCases { block.checked.insert(column) }
    return block
  }
}

/// The bytes of a column of a block that was put together.
@safe
private final class SegmentBytes: @unchecked Sendable {
  // Safe: filled by one thread before anybody else sees it, then immutable, freed with the last column.
  private let storage: UnsafeMutableRawBufferPointer
  var count: Int { unsafe storage.count }

  init(count: Int) {
    unsafe storage = .allocate(byteCount: count, alignment: 64)
  }

  deinit {
    unsafe storage.deallocate()
  }

  /// 0, 1, 2 … of four bytes each: the keys of any block, from its first.
  static let ascending: SegmentBytes = {
    let bytes = SegmentBytes(count: ContactBlock.rowLimit * 4)
    var target = bytes.elements(of: UInt32.self)
    for row in 0..<ContactBlock.rowLimit { target[row] = UInt32(row) }
    return bytes
  }()

  /// The bytes as elements to be filled.
  @_lifetime(borrow self)
  func elements<Element: BitwiseCopyable>(of type: Element.Type) -> MutableSpan<Element> {
    // Safe: the memory is aligned for every element and lives as long as `self`, which the caller keeps; any bits are
    // an element.
    let buffer = unsafe storage.bindMemory(to: type)
    return unsafe _overrideLifetime(MutableSpan(_unsafeElements: buffer), borrowing: self)
  }

  /// The first `count` bytes as an immutable column.
  func column(of count: Int) -> Column<UInt8> {
    // Safe: the column holds `self`, and nobody writes any more.
    unsafe Column(viewing: UnsafeRawBufferPointer(rebasing: storage[..<count]), ownedBy: self)
  }
}
