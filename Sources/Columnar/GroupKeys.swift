/// The rows that a question counts and the row of the answer each falls in.
///
/// A key is a mixed-radix number: dimension after dimension adds `code × stride`. Rows ascend; with a list
/// dimension (tags) a row stands once per code.
package struct GroupKeys {
  /// Row numbers within the block, ascending.
  package internal(set) var rows: [UInt32] = []
  /// The composite key of each entry.
  package internal(set) var keys: [UInt64] = []
  /// Scratch for decoded numbers and for expansion, kept to save allocations from block to block.
  private var numbers: [Int64] = []
  private var expandedRows: [UInt32] = []
  private var expandedKeys: [UInt64] = []

  /// Empty, to be started on a block.
  package init() {}

  /// Begins a block: one entry with key 0 per kept row.
  package mutating func start(_ kept: KeptRows, below rowCount: Int) {
    kept.list(below: rowCount, into: &rows)
    keys.removeAll(keepingCapacity: true)
    keys.append(contentsOf: repeatElement(0, count: rows.count))
  }

  /// Adds `code × stride` to each entry's key. O(entries).
  package mutating func add(_ codes: CodeColumn, stride: UInt64) {
    switch codes {
    case .constant(let code, _):
      let share = UInt64(code) &* stride
      for entry in keys.indices { keys[entry] &+= share }
    case .bytes(let column): addCodes(column.span, stride: stride)
    case .words(let column): addCodes(column.span, stride: stride)
    case .wide(let column): addCodes(column.span, stride: stride)
    }
  }

  /// Adds the calendar bucket of each entry's instant to its key. O(entries).
  package mutating func add(_ instants: OffsetColumn, in calendar: CalendarCodes, stride: UInt64) {
    instants.decode(into: &numbers)
    var cursor = CalendarCodes.Cursor()
    for entry in rows.indices {
      let code = calendar.code(of: numbers[Int(rows[entry])], cursor: &cursor)
      keys[entry] &+= UInt64(code) &* stride
    }
  }

  /// Turns each entry into one per code of its row's list; a row with an empty list keeps code 0.
  /// O(entries + further codes).
  package mutating func expand(_ lists: CodeListColumn, stride: UInt64) {
    add(lists.first, stride: stride)
    let furtherRows = lists.furtherRows.span
    guard furtherRows.count > 0 else { return }
    // The key without the first code is what further codes are added to.
    expandedRows.removeAll(keepingCapacity: true)
    expandedKeys.removeAll(keepingCapacity: true)
    expandedRows.reserveCapacity(rows.count + furtherRows.count)
    expandedKeys.reserveCapacity(rows.count + furtherRows.count)
    var next = 0
    for entry in rows.indices {
      let row = rows[entry]
      expandedRows.append(row)
      expandedKeys.append(keys[entry])
      while next < furtherRows.count, UInt32(furtherRows[next]) < row { next += 1 }
      guard next < furtherRows.count, UInt32(furtherRows[next]) == row else { continue }
      let bare = keys[entry] &- UInt64(lists.first.code(at: Int(row))) &* stride
      while next < furtherRows.count, UInt32(furtherRows[next]) == row {
        expandedRows.append(row)
        expandedKeys.append(bare &+ UInt64(lists.furtherCodes.code(at: next)) &* stride)
        next += 1
      }
    }
    swap(&rows, &expandedRows)
    swap(&keys, &expandedKeys)
  }

  /// Adds to each entry's key how many codes its row's list has, 1 for an empty list. O(entries + further codes).
  package mutating func addListLengths(_ lists: CodeListColumn) {
    let furtherRows = lists.furtherRows.span
    var next = 0
    var lastRow = UInt32.max
    var length: UInt64 = 1
    for entry in rows.indices {
      if rows[entry] != lastRow {
        lastRow = rows[entry]
        length = 1
        while next < furtherRows.count, UInt32(furtherRows[next]) < lastRow { next += 1 }
        while next < furtherRows.count, UInt32(furtherRows[next]) == lastRow {
          length += 1
          next += 1
        }
      }
      keys[entry] &+= length
    }
  }

  /// Drops the entries whose key belongs to another of `count` partitions. O(entries).
  ///
  /// - Parameter radix: of the keys' last digit, which does not decide.
  package mutating func keep(partition number: Int, of count: Int, ignoringDigit radix: UInt64) {
    var kept = 0
    for entry in rows.indices
    where Int(truncatingIfNeeded: GroupIndex.mixed(keys[entry] / radix) >> 33) % count == number {
      rows[kept] = rows[entry]
      keys[kept] = keys[entry]
      kept += 1
    }
    rows.removeLast(rows.count - kept)
    keys.removeLast(keys.count - kept)
  }

  // Safe: keys stay below the product of the radices, which the planner keeps below 2^63.
  @inline(__always)
  private mutating func addCodes<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Span<Code>, stride: UInt64
  ) {
    for entry in rows.indices {
      keys[entry] &+= UInt64(codes[Int(rows[entry])]) &* stride
    }
  }
}
