import TestSupport
import Testing

@testable import Columnar

struct PlaceNumbersTests {
  private static let columns: [CodeColumn] = {
    var generator = SeededGenerator(seed: 4)
    func codes(_ most: UInt32) -> CodeColumn {
      CodeColumn([most] + (1..<10_000).map { _ in UInt32.random(in: 0...most, using: &generator) })
    }
    return [codes(200), codes(3_000), codes(70_000), .constant(9, count: 10_000)]
  }()

  @Test(arguments: [0, 1, 63, 64, 4_096]) func digitsAddUp(count: Int) {
    var numbers = PlaceNumbers()
    numbers.start(count)
    var listed = PlaceNumbers()
    listed.start(count)
    let start = 64
    let rows = (0..<count).map { UInt32(start + $0) }
    for (place, column) in Self.columns.enumerated() {
      numbers.add(column, from: start, stride: UInt32(place + 1))
      listed.add(column, at: rows[...], stride: UInt32(place + 1))
    }
    numbers.add(5, to: 0..<(count / 2))
    listed.add(5, to: 0..<(count / 2))
    for row in 0..<count {
      let expected = Self.columns.enumerated().reduce(row < count / 2 ? 5 : 0) { sum, column in
        sum + column.element.code(at: start + row) * UInt32(column.offset + 1)
      }
      #expect(numbers[row] == expected)
      #expect(listed[row] == expected)
    }
    #expect(numbers.span.count == count)
  }

  @Test func whatIsNotKeptIsDropped() {
    var generator = SeededGenerator(seed: 5)
    let kept = (0..<10_000).map { $0 < 200 || Bool.random(using: &generator) }
    var numbers = PlaceNumbers()
    numbers.start(4_000)
    numbers.add(Self.columns[0], from: 128, stride: 3)
    numbers.drop(notKeptBy: Selection(kept), from: 128, as: 77_777)
    var codes = (0..<10_000).map { UInt8(Self.columns[0].code(at: $0)) }
    var span = codes.mutableSpan
    mark(&span, notKeptBy: Selection(kept), as: 255)
    for row in 0..<4_000 {
      let code = Self.columns[0].code(at: 128 + row)
      #expect(numbers[row] == (kept[128 + row] ? code * 3 : 77_777))
      #expect(codes[128 + row] == (kept[128 + row] ? UInt8(code) : 255))
    }
  }

  @Test func othersAreTakenOver() {
    var numbers = PlaceNumbers()
    numbers.start(3)
    numbers.add(7, to: 1..<3)
    numbers.append(9)
    var copy = PlaceNumbers()
    copy.start(numbers)
    #expect((0..<copy.count).map { copy[$0] } == [0, 7, 7, 9])
  }
}
