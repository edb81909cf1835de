import Columnar
import TestSupport
import Testing

@testable import HandlingAnalytics

struct PackedCodesTests {
  private static func segment(_ bits: UInt8, _ bytes: [UInt8]) -> StoredSegment {
    StoredSegment(
      width: 1, bits: bits, base: 0, least: 0, greatest: 0, bytes: Column(copying: bytes), checksum: 0)
  }

  @Test(
    "codes come back as they were in whatever form is shortest", arguments: [1, 2, 3, 63, 1_000, 65_536],
    [3, 4, 7, 8, 12, 16, 20, 24, 28, 32])
  func roundTrip(count: Int, width: Int) throws {
    var random = SeededGenerator(seed: UInt64(count * 64 + width))
    let edges: [UInt32] = [0, 14, 15, 16, 254, 255, 256, 65_534, 65_535, 65_536, 16_777_215, .max]
    let codes = (0..<count).map { _ in
      Int.random(in: 0..<20, using: &random) == 0
        ? edges.randomElement(using: &random)! : .random(in: 0...(.max >> UInt32(32 - width)), using: &random)
    }
    let sizes = PackedCodes.widths.map { bits in
      (count * Int(bits) + 7) / 8 + 4 * codes.count { $0 >= 1 << UInt32(bits) - 1 }
    }
    let least = sizes.min()!
    #expect(PackedCodes.encoded(codes, below: least) == nil)
    let (bits, bytes) = try #require(PackedCodes.encoded(codes, below: least + 1))
    #expect(bytes.count == least)
    let segment = Self.segment(bits, bytes)
    #expect(PackedCodes.isPlausible(segment, rowCount: count))
    #expect(PackedCodes.decoded(segment, rowCount: count) == codes)
    // An exception too many or too few is noticed, and so is a width that does not exist.
    #expect(!PackedCodes.isPlausible(Self.segment(bits, bytes + [0, 0, 0, 0]), rowCount: count))
    #expect(!PackedCodes.isPlausible(Self.segment(bits, Array(bytes.dropLast())), rowCount: count))
    for wrong in [0, 1, 5, 32, 255] as [UInt8] {
      #expect(!PackedCodes.isPlausible(Self.segment(wrong, bytes), rowCount: count))
    }
  }

  @Test func theFormsAreThoseOfThePage() throws {
    #expect(try #require(PackedCodes.encoded([1, 2, 3], below: 3)) == (4, [0x21, 0x03]))
    let long = try #require(PackedCodes.encoded([31, 0, 260_000, 12, 40, 50, 60, 70], below: 32))
    #expect(long == (8, [31, 0, 255, 12, 40, 50, 60, 70, 0xA0, 0xF7, 0x03, 0x00]))
    #expect(PackedCodes.encoded([65_535, 300, 400], below: 12)! == (24, [255, 255, 0, 44, 1, 0, 144, 1, 0]))
  }
}
