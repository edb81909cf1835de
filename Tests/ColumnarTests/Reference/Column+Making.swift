@testable import Columnar

extension Column where Element: FixedWidthInteger {
  /// A column of these values, in the byte order of the files.
  init(_ values: [Element]) {
    var bytes: [UInt8] = []
    for value in values {
      for byte in 0..<(Element.bitWidth / 8) { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }
    self.init(copying: bytes)
  }
}

extension CodeColumn {
  /// A column of these codes in the narrowest width.
  init(_ codes: [UInt32]) {
    switch codes.max() ?? 0 {
    case ..<256: self = .bytes(Column(codes.map { UInt8($0) }))
    case ..<65_536: self = .words(Column(codes.map { UInt16($0) }))
    default: self = .wide(Column(codes))
    }
  }
}

extension OffsetColumn {
  /// Distances from the least of these numbers; nothing is missing.
  static func narrow(_ numbers: [Int64]) -> OffsetColumn {
    let base = numbers.min() ?? 0
    return .narrow(base: base, Column(numbers.map { UInt32($0 - base) }))
  }
}

extension CodeListColumn {
  /// A column of these lists.
  init(_ lists: [[UInt32]]) {
    var rows: [UInt16] = []
    var codes: [UInt32] = []
    for (row, list) in lists.enumerated() {
      for code in list.dropFirst() {
        rows.append(UInt16(row))
        codes.append(code)
      }
    }
    self.init(
      first: CodeColumn(lists.map { $0.first ?? 0 }), furtherRows: Column(rows),
      furtherCodes: CodeColumn(codes))
  }
}

extension Selection {
  /// Keeps the rows that stand in `kept` as true.
  init(_ kept: [Bool]) {
    self.init(rowCount: kept.count, all: false)
    for (row, isKept) in kept.enumerated() where isKept { insert(row) }
  }

  /// The kept rows as a list of their own.
  var rows: [UInt32] {
    var rows: [UInt32] = [99]
    list(into: &rows)
    return rows
  }
}
