import TestSupport
import Testing

@testable import Columnar

struct CodePairTests {
  /// The widths of the first and of the second code; of a second `nil` there is none.
  private static let widths: [(first: Width, second: Width?)] = [
    (.byte, nil), (.word, nil), (.byte, .byte), (.word, .byte), (.byte, .word), (.word, .word),
    (.constant, .byte), (.word, .constant),
  ]

  enum Width: Sendable { case constant, byte, word }

  @Test(arguments: 0..<8, [false, true]) func rowsAddUpUnderThePlaceOfTheirCodes(widths: Int, hasSpread: Bool)
    throws
  {
    let (first, second) = Self.widths[widths]
    for (number, size) in [1, 3, 4, 5, 4_097].enumerated() {
      for values in DurationRows.Values.allCases {
        let rows = DurationRows(size, values, isSkewed: true, codes: 40, seed: UInt64(number))
        var generator = SeededGenerator(seed: 7)
        let others = (0..<size).map { _ in UInt32.random(in: 0..<5, using: &generator) }
        let one = first == .constant ? rows.codes.map { _ in 3 } : rows.codes.map { UInt32($0) }
        let other =
          second == .constant ? others.map { _ in 2 } : second == nil ? others.map { _ in 0 } : others
        var columns = [(column: Self.column(one, first), stride: UInt32(5))]
        if let second { columns.append((column: Self.column(other, second), stride: 1)) }
        let pair = try #require(CodePair(columns))
        for ways in [1, 4] {
          var tally = PackedTally(placeCount: 2 * 512 * ways, hasSpread: hasSpread)
          tally.reserve(size, upTo: PackedTally.valueBound - 1)
          // The second half of the rows has another base.
          let stretches = [(size / 2, 0), (size, 300)].map {
            PackedTally.Stretch(end: $0.0, base: $0.1 + Int(pair.base))
          }
          let valueless = rows.valueless.map { UInt16($0) }
          tally.add(
            pair, rows.seconds.span, stretches, wayStride: ways > 1 ? 1_024 : 0, valueless: valueless.span,
            isHandled: { rows.isHandled[$0] })
          let found = (0..<512).map { tally.take($0, ways: ways, wayStride: 1_024) }
          #expect(found == Self.tallies(rows, one, other, hasSpread: hasSpread), "\(size) rows, \(values)")
        }
      }
    }
  }

  /// By place: five times the first code and the second one, 300 further on in the second half.
  private static func tallies(_ rows: DurationRows, _ one: [UInt32], _ other: [UInt32], hasSpread: Bool)
    -> [Tally]
  {
    var tallies = [Tally](repeating: Tally(), count: 512)
    for row in one.indices {
      var single = DurationRows(0, .missing, isSkewed: false, seed: 0)
      single.codes = [0]
      single.seconds = [rows.seconds[row]]
      single.isHandled = [rows.isHandled[row]]
      let place = Int(one[row] * 5 + other[row]) + (row < one.count / 2 ? 0 : 300)
      tallies[place].merge(single.tallies(hasSpread: hasSpread)[0])
    }
    return tallies
  }

  @Test func otherColumnsHaveNoPair() {
    let bytes = Self.column([1, 2], .byte)
    #expect(CodePair([]) == nil)
    #expect(CodePair([(column: .constant(4, count: 2), stride: 1)]) == nil)
    #expect(
      CodePair([(column: bytes, stride: 9), (column: bytes, stride: 3), (column: bytes, stride: 1)]) == nil)
    #expect(CodePair([(column: .wide(Column([1, 2] as [UInt32])), stride: 1)]) == nil)
  }

  private static func column(_ codes: [UInt32], _ width: Width) -> CodeColumn {
    switch width {
    case .constant: .constant(codes[0], count: codes.count)
    case .byte: .bytes(Column(codes.map { UInt8($0) }))
    case .word: .words(Column(codes.map { UInt16($0) }))
    }
  }
}
