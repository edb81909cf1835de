internal import Columnar

extension DenseScan {
  /// Adds a block whose groups are codes of a byte and buckets that last for stretches of rows.
  mutating func addNarrow(
    _ rows: Rows, _ digits: BlockDigits, _ column: NarrowCodes, _ layout: NarrowLayout,
    into target: inout Target
  ) throws(ColumnsFault) {
    var tally = takeNarrow(.own, for: rows, into: &target)
    let seconds = rows.seconds.span
    let isHandled: ((Int) -> Bool)? = rows.marks == nil ? nil : { rows.isHandled($0) }
    var stretches: [PackedTally.Stretch] = []
    try digits.forEachStretch(of: 0..<rows.block.rowCount, strides: layout.tableStrides) {
      stretch, table throws(ColumnsFault) in
      stretches.append(PackedTally.Stretch(end: stretch.upperBound, base: layout.base(ofTable: table)))
    }
    if let kept = rows.kept, rows.areFew {
      let codes = column.bytes(count: rows.block.rowCount)
      tally.add(kept, codes.span, seconds, stretches, isHandled: isHandled)
    } else {
      let codes = Self.codes(column, rows, dropped: layout.dropped)
      let codeSpan = codes.span
      let valueless = rows.valueless.span
      tally.add(codeSpan, seconds, stretches, wayStride: layout.wayStride)
      tally.removeValueless(valueless, codeSpan, stretches, isHandled: isHandled)
    }
    narrow[Pass.own.rawValue] = tally
    if let tags = digits.further { try addFurtherNarrow(rows, digits, tags, layout, into: &target) }
  }

  /// Adds the contacts of conversations with several tags under those beyond the first.
  private mutating func addFurtherNarrow(
    _ rows: Rows, _ digits: BlockDigits, _ tags: CodeListColumn, _ layout: NarrowLayout,
    into target: inout Target
  ) throws(ColumnsFault) {
    var tally = takeNarrow(.further, for: rows, into: &target)
    let codes = tags.furtherCodes.asBytes
    let isHandled: ((Int) -> Bool)? = rows.marks == nil ? nil : { rows.isHandled($0) }
    let furtherRows = tags.furtherRows.span
    let codeSpan = codes.span
    let seconds = rows.seconds.span
    var start = 0
    try digits.forEachStretch(of: 0..<rows.block.rowCount, strides: layout.tableStrides) {
      stretch, table throws(ColumnsFault) in
      var end = start
      if stretch.upperBound == rows.block.rowCount {
        end = furtherRows.count
      } else {
        while end < furtherRows.count, Int(furtherRows[end]) < stretch.upperBound { end += 1 }
      }
      tally.add(
        rows: furtherRows.extracting(start..<end), codes: codeSpan.extracting(start..<end), seconds,
        kept: rows.kept, base: layout.base(ofTable: table), wayStride: layout.wayStride,
        isHandled: isHandled)
      start = end
    }
    narrow[Pass.further.rawValue] = tally
  }

  /// The codes of a block, with a mark of their own for rows that are not kept.
  private static func codes(_ column: NarrowCodes, _ rows: Rows, dropped: UInt8) -> Column<UInt8> {
    let all = column.bytes(count: rows.block.rowCount)
    guard let kept = rows.kept else { return all }
    var codes = all.elements
    var span = codes.mutableSpan
    mark(&span, notKeptBy: kept, as: dropped)
    return Column(copying: codes)
  }
}

extension CodeColumn {
  /// The codes as bytes, which those of a narrow layout are whatever their width. O(1) for bytes, else O(codes).
  var asBytes: Column<UInt8> {
    switch self {
    case .bytes(let column): column
    case .constant(let code, let count):
      Column(copying: [UInt8](repeating: UInt8(truncatingIfNeeded: code), count: count))
    case .words(let column): Column(copying: column.elements.map { UInt8(truncatingIfNeeded: $0) })
    case .wide(let column): Column(copying: column.elements.map { UInt8(truncatingIfNeeded: $0) })
    }
  }
}

/// The codes of the one dimension of a narrow layout that has any.
enum NarrowCodes {
  case constant(UInt8)
  case bytes(Column<UInt8>)

  /// One for each of `count` rows.
  func bytes(count: Int) -> Column<UInt8> {
    switch self {
    case .constant(let code): Column(copying: Array(repeating: code, count: count))
    case .bytes(let column): column
    }
  }
}

extension BlockDigits {
  /// The codes of the one dimension that has them; `nil` when the block's columns don't suit the narrow layout.
  func narrowCodes(_ layout: NarrowLayout) -> NarrowCodes? {
    guard codes.count <= 1 else { return nil }
    switch codes.first?.column {
    case nil: return .constant(0)
    case .constant(let code, _)?: return UInt8(exactly: code).map { .constant($0) }
    case .bytes(let column)?: return .bytes(column)
    case .words?, .wide?: return nil
    }
  }
}
