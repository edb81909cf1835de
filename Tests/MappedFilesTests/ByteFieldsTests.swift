import TestSupport
import Testing

@testable import MappedFiles

struct ByteFieldsTests {
  @Test func numbersAreWrittenLeastByteFirst() {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt8(0xAB))
    bytes.append(littleEndian: UInt16(0x0102))
    bytes.append(littleEndian: UInt32(0x0304_0506))
    bytes.append(littleEndian: Int64(-2))
    #expect(bytes == [0xAB, 2, 1, 6, 5, 4, 3, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
  }

  @Test func whatWasWrittenIsReadBack() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<50 {
      let small = UInt8.random(in: 0...255, using: &generator)
      let many = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        UInt32.random(in: 0...(.max), using: &generator)
      }
      let large = Int64.random(in: Int64.min...Int64.max, using: &generator)
      let text = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      var bytes: [UInt8] = []
      bytes.append(littleEndian: small)
      for number in many { bytes.append(littleEndian: number) }
      bytes.append(littleEndian: large)
      bytes.append(contentsOf: text)
      var reader = unsafe ByteReader(bytes.span.bytes)
      #expect(reader.next(UInt8.self) == small)
      #expect(reader.next(many.count, of: UInt32.self) == many)
      #expect(reader.next(Int64.self) == large)
      #expect(reader.next(count: text.count) == text)
      #expect(reader.next(UInt8.self) == nil)
    }
  }

  @Test(arguments: 0...17) func shortInputIsAnsweredWithNilAndNeverATrap(length: Int) {
    let bytes = (0..<length).map { UInt8($0) }
    var mistakes = 0
    for offset in [0, 1, 7, 8, 9, 16, 17, 18, 100, Int.max] {
      let left = max(0, length - offset)
      var reader = unsafe ByteReader(bytes.span.bytes, at: offset)
      if (reader.next(UInt64.self) != nil) != (left >= 8) { mistakes += 1 }
      reader = unsafe ByteReader(bytes.span.bytes, at: offset)
      if (reader.next(UInt8.self) != nil) != (left >= 1) { mistakes += 1 }
      for count in [1, 2, 3, 17, 1 << 40, Int.max] {
        reader = unsafe ByteReader(bytes.span.bytes, at: offset)
        if (reader.next(count: count) != nil) != (left >= count) { mistakes += 1 }
        reader = unsafe ByteReader(bytes.span.bytes, at: offset)
        if (reader.next(count, of: UInt32.self) != nil) != (left / 4 >= count) { mistakes += 1 }
      }
      for count in [-1, Int.min] {
        reader = unsafe ByteReader(bytes.span.bytes, at: offset)
        if reader.next(count: count) != nil { mistakes += 1 }
        if reader.next(count, of: UInt32.self) != nil { mistakes += 1 }
      }
    }
    #expect(mistakes == 0)
  }

  @Test func anOffsetBeforeTheStartReadsNothing() {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    var reader = unsafe ByteReader(bytes.span.bytes, at: -1)
    #expect(reader.next(UInt8.self) == nil)
    #expect(reader.next(count: 1) == nil)
  }

  @Test func aRefusedReadMovesNothing() {
    let bytes: [UInt8] = [1, 2, 3]
    var reader = unsafe ByteReader(bytes.span.bytes)
    #expect(reader.next(UInt32.self) == nil)
    #expect(reader.next(count: 4) == nil)
    #expect(reader.next(2, of: UInt16.self) == nil)
    #expect(reader.next(UInt16.self) == 0x0201)
    #expect(reader.next(count: 0) == [])
    #expect(reader.next(UInt8.self) == 3)
  }
}
