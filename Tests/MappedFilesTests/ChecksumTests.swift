import TestSupport
import Testing

@testable import MappedFiles

struct ChecksumTests {
  @Test func everyFlippedBitShows() {
    var generator = SeededGenerator(seed: 1)
    var unnoticed = 0
    for length in 0...100 {
      var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let checksum = Checksum.of(bytes)
      for bit in 0..<(8 * length) {
        bytes[bit / 8] ^= 1 << (bit % 8)
        if Checksum.of(bytes) == checksum { unnoticed += 1 }
        bytes[bit / 8] ^= 1 << (bit % 8)
      }
      if Checksum.of(bytes) != checksum { unnoticed += 1 }
    }
    #expect(unnoticed == 0)
  }

  @Test(arguments: [UInt8(0), 0xFF]) func equalBytesOfEveryLengthDiffer(byte: UInt8) {
    let checksums = (0...200).map { Checksum.of([UInt8](repeating: byte, count: $0)) }
    #expect(Set(checksums).count == 201)
  }

  @Test func exchangedWordsShow() {
    var generator = SeededGenerator(seed: 2)
    let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let checksum = Checksum.of(bytes)
    for one in 0..<8 {
      for other in 0..<one {
        var exchanged = bytes
        for byte in 0..<8 { exchanged.swapAt(8 * one + byte, 8 * other + byte) }
        #expect(Checksum.of(exchanged) != checksum, "words \(one) and \(other)")
      }
    }
  }

  @Test(
    arguments: [
      // From an independent reading of the definition; files on disk hold such numbers, so they never change.
      ([], 0xE821_A9CC_1F06_A6E9), (Array("wrapup".utf8), 0x99CB_A8B8_BD48_1AED),
      (Array(0..<32), 0xE6B5_E155_C5E9_5D61), (Array(0..<100), 0xA727_1EAB_BE58_B6BE),
    ] as [([UInt8], UInt64)])
  func knownBytesHaveTheirKnownChecksum(bytes: [UInt8], checksum: UInt64) {
    #expect(Checksum.of(bytes) == checksum)
  }

  @Test func aPartOfABufferHasTheChecksumOfItsBytesAlone() {
    let bytes = (0..<90).map { UInt8($0) }
    let part = unsafe Checksum.of(bytes.span.bytes.extracting(7..<71))
    #expect(part == Checksum.of(Array(bytes[7..<71])))
  }
}
