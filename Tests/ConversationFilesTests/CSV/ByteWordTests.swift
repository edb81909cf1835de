import Testing

@testable import ConversationFiles

/// Each answer against the plain question, for every byte in every place.
@Suite struct ByteWordTests {
  static func word(_ bytes: [UInt8]) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func answer(_ bytes: [UInt8], _ isYes: (UInt8) -> Bool) -> UInt64 {
    word(bytes.map { isYes($0) ? 0x80 : 0 })
  }

  static let fillers: [UInt8] = [0, 1, 0x22, 0x2C, 0x61, 0x7F, 0x80, 0xFF]

  @Test(arguments: fillers, 0..<8)
  func answersForEveryByte(filler: UInt8, place: Int) {
    for byte in UInt8.min...UInt8.max {
      var bytes = [UInt8](repeating: filler, count: 8)
      bytes[place] = byte
      let word = Self.word(bytes)
      #expect(ByteWord.zeros(word) == Self.answer(bytes) { $0 == 0 })
      #expect(
        ByteWord.marks(word, ByteWord.eight(CSVByte.comma))
          == Self.answer(bytes) { [0x22, 0x2C, 0x0A].contains($0) })
      let isSuspect = ByteWord.suspects(word) & ByteWord.highBits != 0
      #expect(isSuspect == bytes.contains { $0 == 0 || $0 >= 0x80 })
    }
  }

  @Test func keepsTheFirstBytes() {
    for count in 0...9 {
      #expect(ByteWord.first(count) == Self.answer((0..<8).map { $0 < count ? 1 : 0 }) { $0 == 1 })
    }
  }
}
