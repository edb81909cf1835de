/// What codes stand for instead: one new code for each old one.
package struct CodeMap: Sendable {
  private let codes: [UInt32]
  private let greatest: UInt32

  /// - Parameter codes: by old code; what lies beyond stays as it is.
  package init(_ codes: [UInt32]) {
    self.codes = codes
    greatest = codes.max() ?? 0
  }

  fileprivate func code(_ code: UInt32) -> UInt32 { code < codes.count ? codes[Int(code)] : code }

  /// A column with its codes exchanged. O(rows).
  package func mapped(_ column: CodeColumn) -> CodeColumn {
    switch column {
    case .constant(let code, let count): return .constant(self.code(code), count: count)
    case .bytes(let column):
      if greatest <= 0xFF { return .bytes(exchanged(column, in: table(UInt8.self, count: 0x100))) }
      if greatest <= 0xFFFF { return .words(exchanged(column, in: table(UInt16.self, count: 0x100))) }
      return .wide(exchanged(column, in: table(UInt32.self, count: 0x100)))
    case .words(let column):
      if greatest <= 0xFFFF { return .words(exchanged(column, in: table(UInt16.self, count: 0x1_0000))) }
      return .wide(exchanged(column, in: table(UInt32.self, count: 0x1_0000)))
    case .wide(let column):
      let span = column.span
      var new = [UInt32](repeating: 0, count: span.count)
      for row in span.indices { new[row] = code(span[row]) }
      return .wide(Column(of: new))
    }
  }

  /// Lists with their codes exchanged, of which each keeps the first of those that have become the same. O(rows + further
  /// codes).
  package func mapped(_ lists: CodeListColumn) -> CodeListColumn {
    let first = mapped(lists.first)
    var (rows, codes): ([UInt16], [UInt32]) = ([], [])
    rows.reserveCapacity(lists.furtherRows.count)
    codes.reserveCapacity(lists.furtherRows.count)
    let further = lists.furtherRows.span
    // Where the codes of the current row begin.
    var start = 0
    for place in further.indices {
      let row = further[place]
      if rows.last != row { start = codes.count }
      let code = code(lists.furtherCodes.code(at: place))
      guard code != first.code(at: Int(row)), !codes[start...].contains(code) else { continue }
      rows.append(row)
      codes.append(code)
    }
    return CodeListColumn(first: first, furtherRows: Column(of: rows), furtherCodes: .wide(Column(of: codes)))
  }

  /// The new codes of the first `count` old ones, for a loop that looks at nothing else.
  private func table<Code: FixedWidthInteger>(_ type: Code.Type, count: Int) -> [Code] {
    (0..<count).map { Code(truncatingIfNeeded: code(UInt32($0))) }
  }
}

/// Looks each code up. Whole for every code that `Old` can hold.
@inline(__always)
private func exchanged<
  Old: FixedWidthInteger & BitwiseCopyable & Sendable, New: FixedWidthInteger & BitwiseCopyable & Sendable
>(_ column: Column<Old>, in table: [New]) -> Column<New> {
  let (span, table) = (column.span, table.span)
  var new = [New](repeating: 0, count: span.count)
  for row in span.indices { new[row] = table[Int(span[row])] }
  return Column(of: new)
}
