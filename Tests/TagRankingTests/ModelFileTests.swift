import Foundation
import MappedFiles
import TestSupport
import Testing

@testable import TagRanking

struct ModelFileTests {
  private static let uuid = "0123456789abcdef0123456789abcdef"

  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
  }

  private let folder: Folder
  private var path: String { folder.url.appending(path: "s.model").path() }

  init() throws { folder = try Folder() }

  private static func file(_ seed: UInt64, closes: Int) -> ModelFile {
    var random = SeededGenerator(seed: seed)
    let history = UsageModelTests.history(closes, over: 5 * 365 * 86_400, using: &random)
    return ModelFile(
      model: UsageModelTests.learnt(history), seq: Int64.random(in: 0 ... .max, using: &random),
      nonce: Int64.random(in: .min ... .max, using: &random))
  }

  private func bytes() throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }

  /// A file without chunks from what stands before its checksum, with length and checksum set right.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    length.append(littleEndian: UInt64(bytes.count + 8))
    var sealed = bytes
    sealed.replaceSubrange(48..<56, with: length)
    sealed.append(littleEndian: Checksum.of(sealed))
    return sealed
  }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

  private func fault(_ uuid: String = uuid) -> ModelFile.Fault? {
    do {
      _ = try ModelFile(path: path, storeUUID: uuid)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 500), (4, 20)] as [(UInt64, Int)])
  func aCheckpointReadsBackToTheBit(seed: UInt64, closes: Int) throws {
    let file = Self.file(seed, closes: closes)
    try file.write(to: path, storeUUID: Self.uuid)
    let first = try bytes()
    let read = try ModelFile(path: path, storeUUID: Self.uuid)
    #expect(read.model == file.model && read.seq == file.seq && read.nonce == file.nonce)
    #expect(read.texts == nil)
    #expect(read.model.counts.values.map(\.bitPattern) == file.model.counts.values.map(\.bitPattern))
    try read.write(to: path, storeUUID: Self.uuid)
    #expect(try bytes() == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["s.model"])
    // It goes on learning as if it had never been away.
    var (one, other) = (file.model, read.model)
    let close = UsageModel.Close(tags: [1, 7], category: 2, channel: 1, agent: 3, endedAt: 77)
    one.learn(close)
    other.learn(close)
    #expect(one == other)
  }

  @Test func whatIsNotACheckpointOfThisStore() throws {
    #expect(fault() == .missing)
    try write([])
    #expect(fault() == .empty)
    try write(Array("not a model at all, whatever the name says".utf8))
    #expect(fault() == .foreign)
    try Self.file(1, closes: 9).write(to: path, storeUUID: Self.uuid)
    #expect(fault() == nil)
    #expect(fault("ffffffffffffffffffffffffffffffff") == .foreign)
    let sound = try bytes()
    for version in [7, 255] as [UInt8] {
      var newer = sound
      newer[8] = version
      try write(newer)
      #expect(fault() == .newer)
    }
    // Of an earlier form: sound, but of no use.
    var earlier = Array(sound.dropLast(8))
    earlier[8] = 2
    try write(Self.sealed(earlier))
    #expect(fault() == .stale)
    try write(sound + [0])
    #expect(fault() == .damaged)
  }

  @Test func everyTruncationIsNoticed() throws {
    try Self.file(2, closes: 60).write(to: path, storeUUID: Self.uuid)
    let sound = try bytes()
    var random = SeededGenerator(seed: 3)
    let lengths = Array(0..<90) + (0..<40).map { _ in Int.random(in: 90..<sound.count, using: &random) }
    for length in lengths + [sound.count - 1, sound.count - 8] {
      try write(Array(sound[..<length]))
      #expect(fault() == (length == 0 ? .empty : length < 8 ? .foreign : .damaged), "\(length) bytes")
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    try Self.file(4, closes: 60).write(to: path, storeUUID: Self.uuid)
    let sound = try bytes()
    var random = SeededGenerator(seed: 5)
    let header = Array(0..<(64 * 8))
    let anywhere = (0..<200).map { _ in Int.random(in: 0..<(sound.count * 8), using: &random) }
    for bit in header + anywhere {
      var bytes = sound
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try write(bytes)
      let expected: ModelFile.Fault =
        switch bit / 8 {
        case 0..<8, 16..<48: .foreign
        // Version 6 loses one of its two bits, or becomes greater by every other.
        case 8..<12: bit == 65 || bit == 66 ? .stale : .newer
        default: .damaged
        }
      #expect(fault() == expected, "bit \(bit)")
    }
  }

  /// A checksum that fits does not make contents that fit.
  @Test(arguments: [0, 1, 1023, 2048, 1 << 20, 1 << 39, 1 << 40, .max] as [UInt64])
  func aNumberOfSlotsThatDoesNotFitTheFile(slots: UInt64) throws {
    try Self.file(6, closes: 60).write(to: path, storeUUID: Self.uuid)
    var number: [UInt8] = []
    number.append(littleEndian: slots)
    var bytes = Array(try bytes().dropLast(8))
    #expect(bytes[136..<144].elementsEqual([0, 4, 0, 0, 0, 0, 0, 0]))
    bytes.replaceSubrange(136..<144, with: number)
    try write(Self.sealed(bytes))
    #expect(fault() == .damaged)
  }

  @Test(arguments: 9...40)
  func contentsThatStopEarly(missing: Int) throws {
    try Self.file(6, closes: 60).write(to: path, storeUUID: Self.uuid)
    try write(Self.sealed(Array(try bytes().dropLast(8 + missing))))
    #expect(fault() == .damaged)
  }
}
