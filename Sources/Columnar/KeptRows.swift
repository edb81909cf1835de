internal import CLanes

/// Which rows of a block a question counts.
package enum KeptRows: Sendable {
  case all
  case some(Selection)

  /// As a bitmap; `nil` for all rows.
  package var selection: Selection? { if case .some(let selection) = self { selection } else { nil } }

  /// Whether a row is kept.
  package func contains(_ row: Int) -> Bool { selection?.contains(row) ?? true }

  /// The kept rows in ascending order, into `rows`.
  package func list(below rowCount: Int, into rows: inout [UInt32]) {
    switch self {
    case .all:
      rows.removeAll(keepingCapacity: true)
      rows.append(contentsOf: 0..<UInt32(rowCount))
    case .some(let selection): selection.list(into: &rows)
    }
  }

  /// Calls `body` with each kept row, ascending.
  @inline(__always)
  package func forEach(below rowCount: Int, _ body: (Int) -> Void) {
    switch self {
    case .all: for row in 0..<rowCount { body(row) }
    case .some(let selection): selection.forEach(body)
    }
  }
}

/// Gives the codes of a block another one where a row is not kept. O(rows), sixteen rows a step.
package func mark(_ codes: inout MutableSpan<UInt8>, notKeptBy kept: Selection, as dropped: UInt8) {
  precondition(codes.count == kept.rowCount)
  let whole = codes.count / 64
  if whole > 0 {
    // Safe: there are 64 codes for each of so many words.
    unsafe kept.words.withUnsafeBufferPointer { words in
      unsafe codes.withUnsafeMutableBufferPointer { codes in
        unsafe wrapup_replace_dropped(codes.baseAddress!, words.baseAddress!, whole, dropped)
      }
    }
  }
  for row in whole * 64..<codes.count where !kept.contains(row) { codes[row] = dropped }
}
