import TestSupport
import Testing

@testable import Columnar

struct ColumnTests {
  @Test func aColumnShowsTheValuesThatWerePutIn() {
    let values: [UInt32] = [0, 1, 0x0102_0304, .max - 1, .max]
    let column = Column(values)
    #expect(column.count == 5)
    #expect(column.span.indices.map { column.span[$0] } == values)
  }

  @Test func anEmptyColumnHasAnEmptySpan() {
    let column = Column<UInt64>(copying: [])
    #expect(column.count == 0)
    let span = column.span
    #expect(span.count == 0)
  }

  @Test func theSameBytesReadInAnotherWidthAreLittleEndian() {
    let bytes = Column<UInt8>([1, 2, 3, 4, 5, 6, 7, 8])
    let words = bytes.reinterpreted(as: UInt32.self)
    #expect(words.count == 2)
    #expect(words.span.indices.map { words.span[$0] } == [0x0403_0201, 0x0807_0605])
  }

  @Test func aReinterpretedColumnOutlivesTheOneItCameFrom() {
    func made() -> Column<UInt16> { Column<UInt8>([1, 0, 2, 0]).reinterpreted(as: UInt16.self) }
    let column = made()
    #expect(column.span.indices.map { column.span[$0] } == [1, 2])
  }

  @Test(arguments: [0, 1, 2, 3, 15, 16, 17, 1_000]) func ascendingNumbersAreToldFromOthers(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let numbers = Set((0..<count).map { _ in UInt16.random(in: .min ... .max, using: &random) }).sorted()
    #expect(ascends(Column(of: numbers), strictly: true) && ascends(Column(of: numbers), strictly: false))
    for place in numbers.indices.dropFirst() {
      var twice = numbers
      twice[place] = twice[place - 1]
      #expect(!ascends(Column(of: twice), strictly: true))
      #expect(ascends(Column(of: twice), strictly: false))
      var swapped = numbers
      swapped.swapAt(place - 1, place)
      #expect(!ascends(Column(of: swapped), strictly: false))
    }
  }

  @Test func aNarrowOffsetColumnAddsItsBaseAndKnowsWhatIsMissing() {
    let column = OffsetColumn.narrow(
      base: -2_208_988_800, Column([0, 1, .max - 1, OffsetColumn.missingDistance]))
    var numbers: [Int64] = [42]
    column.decode(into: &numbers)
    #expect(numbers == [-2_208_988_800, -2_208_988_799, -2_208_988_800 + 4_294_967_294, .min])
    #expect(column.count == 4)
  }

  @Test func aWideOffsetColumnIsReadAsItStands() {
    let values: [Int64] = [.min, .min + 1, -1, 0, 7_289_654_399, .max]
    let column = OffsetColumn.wide(Column(values))
    var numbers: [Int64] = []
    column.decode(into: &numbers)
    #expect(numbers == values)
    #expect(column.count == 6)
  }

  @Test(arguments: [255, 65_535, 1_000_000] as [UInt32])
  func aCodeIsFoundInEveryWidth(greatest: UInt32) {
    var generator = SeededGenerator(seed: UInt64(greatest))
    let codes = (0..<50).map { _ in UInt32.random(in: 0...greatest, using: &generator) } + [greatest]
    let column = CodeColumn(codes)
    #expect(column.count == codes.count)
    #expect(codes.indices.map { column.code(at: $0) } == codes)
  }

  @Test(arguments: [255, 65_535, 1_000_000, UInt32.max]) func codesAreDecodedFromEveryWidth(greatest: UInt32)
  {
    var generator = SeededGenerator(seed: UInt64(greatest) + 1)
    let codes = (0..<70).map { _ in UInt32.random(in: 0...greatest, using: &generator) } + [0, greatest]
    var decoded: [UInt32] = [5]
    CodeColumn(codes).decode(into: &decoded)
    #expect(decoded == codes)
    var seconds: [UInt32] = [5]
    CodeColumn(codes).decodeDurations(into: &seconds)
    #expect(seconds == codes.map { $0 == 0 ? missingSeconds : $0 - 1 })
  }

  @Test(arguments: [0, 1, 7, .max] as [UInt32]) func aConstantStandsForEveryRow(code: UInt32) {
    let column = CodeColumn.constant(code, count: 3)
    #expect(column.count == 3)
    #expect((0..<3).map { column.code(at: $0) } == [code, code, code])
    var decoded: [UInt32] = [1, 2, 3, 4, 5]
    column.decode(into: &decoded)
    #expect(decoded == [code, code, code])
    column.decodeDurations(into: &decoded)
    #expect(decoded == Array(repeating: code == 0 ? missingSeconds : code - 1, count: 3))
    CodeColumn.constant(code, count: 0).decode(into: &decoded)
    #expect(decoded.isEmpty)
  }
}
