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

/// Gives the codes of a block another one where a row is not kept. O(rows).
package func mark(_ codes: inout MutableSpan<UInt8>, notKeptBy kept: Selection, as dropped: UInt8 = 255) {
  let words = kept.words.span
  var row = 0
  while row < codes.count {
    let word = words[row / 64]
    let end = min(row &+ 64, codes.count)
    if word != .max {
      for place in row..<end {
        // All ones where the bit is 1.
        let keeps = 0 &- UInt8(truncatingIfNeeded: (word &>> UInt64(place &- row)) & 1)
        codes[place] = codes[place] & keeps | dropped & ~keeps
      }
    }
    row = end
  }
}
