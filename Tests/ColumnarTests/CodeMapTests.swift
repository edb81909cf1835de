import TestSupport
import Testing

@testable import Columnar

struct CodeMapTests {
  /// Lists as one array a row.
  private static func lists(_ column: CodeListColumn) -> [[UInt32]] {
    var lists = (0..<column.first.count).map { row -> [UInt32] in
      let first = column.first.code(at: row)
      return first == 0 ? [] : [first]
    }
    let rows = column.furtherRows.span
    for place in rows.indices { lists[Int(rows[place])].append(column.furtherCodes.code(at: place)) }
    return lists
  }

  private static func column(_ codes: [UInt32], width: Int) -> CodeColumn {
    switch width {
    case 1: .bytes(Column(of: codes.map { UInt8($0) }))
    case 2: .words(Column(of: codes.map { UInt16($0) }))
    default: .wide(Column(of: codes))
    }
  }

  /// What the lists should become, one code after the other.
  private static func naive(_ list: [UInt32], _ map: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    for code in list {
      let new = Int(code) < map.count ? map[Int(code)] : code
      if !result.contains(new) { result.append(new) }
    }
    return result
  }

  @Test(arguments: [1, 2, 4], [250, 300, 70_000] as [UInt32])
  func listsKeepTheFirstOfCodesThatBecomeTheSame(width: Int, greatest: UInt32) {
    var random = SeededGenerator(seed: UInt64(width) << 32 | UInt64(greatest))
    let codeCount: UInt32 = 200
    for _ in 0..<20 {
      // Code 0 is no code, and stays.
      var map = (0...codeCount).map { $0 }
      for code in 1...Int(codeCount) where Bool.random(using: &random) {
        map[code] = UInt32.random(in: 1...greatest, using: &random)
      }
      let lists = (0..<Int.random(in: 1...300, using: &random)).map { _ -> [UInt32] in
        let count = Int.random(in: 0...5, using: &random)
        return Array(Set((0..<count).map { _ in UInt32.random(in: 1...codeCount, using: &random) }))
          .shuffled(using: &random)
      }
      let further = lists.enumerated().flatMap { row, list in list.dropFirst().map { (UInt16(row), $0) } }
      let column = CodeListColumn(
        first: Self.column(lists.map { $0.first ?? 0 }, width: width),
        furtherRows: Column(of: further.map(\.0)),
        furtherCodes: Self.column(further.map(\.1), width: width))
      let mapped = CodeMap(map).mapped(column)
      #expect(Self.lists(mapped) == lists.map { Self.naive($0, map) })
      #expect(ascends(mapped.furtherRows, strictly: false))
    }
  }

  @Test("one code for all rows is exchanged once, and codes beyond the map stay")
  func constants() {
    let map = CodeMap([0, 2, 2])
    guard case .constant(let code, let count) = map.mapped(.constant(1, count: 7)) else {
      Issue.record("not constant any more")
      return
    }
    #expect(code == 2 && count == 7)
    let column = map.mapped(CodeColumn.bytes(Column(of: [0, 1, 2, 3, 255])))
    #expect((0..<5).map { column.code(at: $0) } == [0, 2, 2, 3, 255])
  }
}
