internal import Columnar

/// Places in tables, one for each combination of calendar buckets.
///
///     table 0, way 0      way 1      way 2      way 3      table 1, way 0  …
///     ├─ codes, dropped ─┼──────────┼──────────┼──────────┼────────────────
struct NarrowLayout: Sendable {
  /// The stride of the one dimension with codes; 1 when there is none.
  let codeStride: UInt64
  /// Codes are below this.
  let codeRadix: Int
  /// What each table's buckets add to a group.
  private let groupOfTable: [UInt64]
  /// What each calendar dimension's codes are multiplied by to make a table's number.
  let tableStrides: [UInt32]
  let ways: Int

  /// Places of a way: a power of two of bytes would put the same code of several ways where processors take a read for
  /// one of what has just been written.
  let wayStride: Int
  private let tableSize: Int

  private static let mostCodes = 255
  private static let mostTables = 2_048
  /// Tables of several ways are to stay in a processor's own cache.
  private static let mostPlacesWithWays = 64_000

  /// `nil` when a question's groups have another form.
  init?(_ plan: ScanPlan) {
    var codeKeys: [ScanPlan.Key] = []
    var groups: [UInt64] = [0]
    var radices: [UInt32] = []
    for key in plan.keys {
      if case .calendar(let column, _) = key.coding.source {
        guard column == .reportedAt, groups.count * Int(key.radix) <= Self.mostTables else { return nil }
        radices.append(UInt32(key.radix))
        groups = groups.flatMap { group in (0..<key.radix).map { group + $0 * key.stride } }
      } else {
        codeKeys.append(key)
      }
    }
    guard codeKeys.count <= 1, plan.shareRadix == 1, codeKeys.allSatisfy({ $0.radix <= Self.mostCodes })
    else {
      return nil
    }
    codeStride = codeKeys.first?.stride ?? 1
    codeRadix = Int(codeKeys.first?.radix ?? 1)
    groupOfTable = groups
    // The last dimension's code is the table's last digit, as in the list above.
    tableStrides = radices.indices.map { radices[($0 + 1)...].reduce(1, *) }
    let size = (codeRadix + 8) / 8 * 8
    let waySize = size.isMultiple(of: 64) ? size + 8 : size
    ways = groups.count * 4 * waySize <= Self.mostPlacesWithWays ? 4 : 1
    wayStride = ways > 1 ? waySize : 0
    tableSize = ways * waySize
  }

  /// The code of a row that is not kept.
  var dropped: UInt8 { UInt8(codeRadix) }

  var tableCount: Int { groupOfTable.count }
  /// Behind the last way there is room for any code of a byte.
  var placeCount: Int { tableCount * tableSize + 256 }

  /// The first place of a table.
  func base(ofTable table: UInt32) -> Int { Int(table) * tableSize }

  /// Empties the places of a tally: the groups they stand for go behind `tallies` and `groups`. O(places).
  func drain(_ tally: inout PackedTally, into tallies: inout [Tally], _ groups: inout [UInt64]) {
    guard !tally.isEmpty else { return }
    for table in 0..<tableCount {
      let first = groups.count
      let base = table * tableSize
      tally.takeAll(
        base..<(base + codeRadix), ways: ways, wayStride: wayStride, base: 0, into: &tallies, &groups)
      for place in first..<groups.count { groups[place] = groupOfTable[table] + groups[place] * codeStride }
      _ = tally.take(base + codeRadix, ways: ways, wayStride: wayStride)
    }
    tally.endDrain()
  }
}
