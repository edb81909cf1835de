import TestSupport
import Testing

@testable import Columnar

/// Selections by what a column holds, each against a loop over its rows.
struct SelectionInitialiserTests {
  private static let sizes = [0, 1, 63, 64, 65, 1_000]

  private static func expected(_ size: Int, _ isKept: (Int) -> Bool) -> [UInt32] {
    (0..<size).filter(isKept).map { UInt32($0) }
  }

  @Test(arguments: sizes) func numbersWithinARangeAreKept(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let corners: [UInt32] = [0, 1, 5, 6, .max - 1, .max]
    let values = (0..<size).map { _ in
      corners.randomElement(using: &generator)! &+ UInt32.random(in: 0...1, using: &generator)
    }
    for low in corners {
      for high in corners where low <= high {
        let selection = Selection(values.span, in: low...high)
        #expect(
          selection.rows == Self.expected(size) { values[$0] >= low && values[$0] <= high },
          "\(low)...\(high)")
        #expect(selection.rowCount == size)
      }
    }
  }

  @Test(arguments: sizes) func instantsWithinARangeAreKept(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) + 1)
    let corners: [Int64] = [.min, .min + 1, -1, 0, 1_000, .max]
    let values = (0..<size).map { _ in corners.randomElement(using: &generator)! }
    for low in corners {
      for high in corners where low <= high {
        let selection = Selection(values, in: low...high)
        #expect(
          selection.rows == Self.expected(size) { values[$0] >= low && values[$0] <= high },
          "\(low)...\(high)")
      }
    }
  }

  @Test(arguments: sizes) func numbersWithOneOfTheBitsAreKept(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) + 2)
    let values = (0..<size).map { _ in UInt32.random(in: 0...15, using: &generator) | 1 << 31 }
    for mask: UInt32 in [0, 1, 6, 8, 16, 1 << 31, .max] {
      #expect(
        Selection(values, anyOf: mask).rows == Self.expected(size) { values[$0] & mask > 0 }, "mask \(mask)")
    }
  }

  @Test(arguments: sizes, [3, 300, 70_000]) func markedCodesAreKeptInEveryWidth(size: Int, greatest: Int) {
    var generator = SeededGenerator(seed: UInt64(size + greatest))
    let codes = (0..<size).map { _ in UInt32.random(in: 0...UInt32(greatest), using: &generator) }
    let wanted = (0...greatest).map { _ in Bool.random(using: &generator) }
    let selection = Selection(CodeColumn(codes), wanted: wanted)
    #expect(selection.rows == Self.expected(size) { wanted[Int(codes[$0])] })
    #expect(selection.rowCount == size)
  }

  @Test(arguments: sizes) func aConstantIsKeptInEveryRowOrInNone(size: Int) {
    #expect(Selection(.constant(1, count: size), wanted: [false, true]).count == size)
    #expect(Selection(.constant(0, count: size), wanted: [false, true]).isEmpty)
    #expect(Selection(.constant(0, count: size), wanted: [false, true]).rowCount == size)
  }

  @Test("of kept rows those are left that all rows would give", arguments: sizes, [1, 4, 90])
  func filters(size: Int, share: Int) {
    var generator = SeededGenerator(seed: UInt64(size * 7 + share))
    let isKept = (0..<size).map { _ in Int.random(in: 0..<share, using: &generator) == 0 }
    let kept = Selection(isKept)
    let bytes = (0..<size).map { _ in UInt8.random(in: 0...31, using: &generator) }
    let values = bytes.map { UInt32($0) &* 1 << 27 }
    #expect(
      kept.filter(bytes.span, masked: 6, equal: 4).rows
        == Self.expected(size) { isKept[$0] && bytes[$0] & 6 == 4 })
    #expect(
      kept.filter(values.span, in: 1 << 30...1 << 31).rows
        == Self.expected(size) { isKept[$0] && (1 << 30...1 << 31).contains(values[$0]) })
    for count in [0, 1, 3, 4, 5, 12, 13, 32] {
      let wanted = (0..<32).map { ($0 &* 5) % 32 < count }
      for codes in [CodeColumn.bytes(Column(bytes)), .words(Column(bytes.map { UInt16($0) }))] {
        #expect(
          kept.filter(codes, wanted: wanted).rows
            == Self.expected(size) { isKept[$0] && wanted[Int(bytes[$0])] })
      }
    }
  }
}
