import Foundation
import MappedFiles
import TestSupport
import Testing

@testable import TagRanking

struct TagModelTests {
  private static let uuid = "0123456789abcdef0123456789abcdef"
  private let path = FileManager.default.temporaryDirectory.appending(path: "m-\(UUID().uuidString)").path

  /// Texts whose words hang on their tag, with words that say nothing.
  private static func history(_ count: Int, using random: inout SeededGenerator) -> [(
    UsageModel.Close, String
  )] {
    (0..<count).map { number in
      let category = Int32.random(in: 1...3, using: &random)
      let tag = Int32.random(in: 1...30, using: &random)
      let words = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        Bool.random(using: &random)
          ? "tag\(tag)word\(Int.random(in: 0..<4, using: &random))"
          : "filler\(Int.random(in: 0..<40, using: &random))"
      }
      let close = UsageModel.Close(
        tags: number % 9 == 0 ? [tag, tag % 30 + 1] : [tag], category: number % 7 == 0 ? nil : category,
        channel: 1, agent: Int32.random(in: 1...5, using: &random),
        endedAt: 1_700_000_000 + Int64(number) * 60)
      return (close, number % 11 == 0 ? "" : words.joined(separator: " "))
    }
  }

  private static func learnt(_ history: some Sequence<(UsageModel.Close, String)>) -> TagLearner {
    let learner = TagLearner(mapping: (1...30).map { (category: Int32($0 % 3 + 1), tag: Int32($0)) })
    for (close, text) in history { learner.learn(close, text: text) }
    return learner
  }

  private func file(_ learner: TagLearner) throws -> [UInt8] {
    try ModelFile(model: learner.model.usage, texts: learner.texts, seq: 3, nonce: 4).write(
      to: path, storeUUID: Self.uuid)
    return try Array(Data(contentsOf: URL(filePath: path)))
  }

  private func fault(_ bytes: [UInt8]) throws -> ModelFile.Fault? {
    try Data(bytes).write(to: URL(filePath: path))
    do {
      let file = try ModelFile(path: path, storeUUID: Self.uuid)
      return file.texts?.isSound() == false ? .damaged : nil
    } catch {
      return error
    }
  }

  @Test(
    "a checkpoint goes on learning, to the bit, as if it had never been written",
    arguments: [1, 2, 900, 1_400])
  func checkpoint(count: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(seed: UInt64(count))
    let history = Self.history(count + 200, using: &random)
    let model = Self.learnt(history.prefix(count))
    let bytes = try file(model)
    let read = try ModelFile(path: path, storeUUID: Self.uuid)
    #expect(try file(TagLearner(usage: read.model, texts: read.texts)) == bytes)
    let other = TagLearner(
      usage: read.model, texts: read.texts,
      mapping: (1...30).map { (category: Int32($0 % 3 + 1), tag: Int32($0)) })
    for (close, text) in history.dropFirst(count) {
      model.learn(close, text: text)
      other.learn(close, text: text)
    }
    #expect(try file(other) == file(model))
    #expect(try file(Self.learnt(history)) == file(model), "the same history, the same bytes")
  }

  @Test(
    "two models that take turns learn what one would, however much lies between the turns",
    arguments: [1, 7, 100])
  func turns(closes: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(seed: UInt64(closes))
    let history = Self.history(500, using: &random)
    let (one, other) = (Self.learnt([]), Self.learnt([]))
    var reader = TextScorer.Reader()
    func scores(_ model: TagModel, _ text: String) -> [Float]? {
      model.scorer?.scores(of: text, category: 1, tags: Array(1...30), reader: &reader)
    }
    for (place, entry) in history.enumerated() {
      if place % closes == 0 {
        let left = other.model
        let said = scores(left, entry.1)
        other.turn()
        #expect(other.model !== left && scores(other.model, entry.1) == said)
        #expect(other.model.usage == left.usage && other.model.candidates(in: 1) == left.candidates(in: 1))
      }
      if place == 250 {
        for learner in [one, other] { learner.map(29, to: 1, isMapped: true) }
      }
      for learner in [one, other] { learner.learn(entry.0, text: entry.1) }
      #expect(scores(one.model, entry.1) == scores(other.model, entry.1))
    }
    #expect(try file(one) == file(other))
  }

  @Test func damageIsNoticedWhereverItIs() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(seed: 5)
    let sound = try file(Self.learnt(Self.history(300, using: &random)))
    #expect(try fault(sound) == nil)
    for _ in 0..<120 {
      var bytes = sound
      // Behind the header, whose bytes have tests of their own.
      bytes[Int.random(in: 48..<sound.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      #expect(try fault(bytes) == .damaged)
      #expect(try fault(Array(sound.prefix(Int.random(in: 48..<sound.count, using: &random)))) == .damaged)
    }
    #expect(try fault(sound + [0]) == .damaged)
  }

  /// Whatever a head says, reading it ends with a model or without: numbers are changed under a checksum that fits.
  @Test func forgedHeadsAreReadOrRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(seed: 6)
    let sound = try file(Self.learnt(Self.history(300, using: &random)))
    let length = Int(sound[48..<56].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    var refused = 0
    for _ in 0..<400 {
      var bytes = sound
      let place = Int.random(in: 80..<(length - 8), using: &random)
      bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      var checksum: [UInt8] = []
      checksum.append(littleEndian: Checksum.of(Array(bytes[..<(length - 8)])))
      bytes.replaceSubrange((length - 8)..<length, with: checksum)
      guard try fault(bytes) == nil else {
        refused += 1
        continue
      }
      let read = try ModelFile(path: path, storeUUID: Self.uuid)
      #expect(read.texts?.isSound() == true)
      let model = TagLearner(usage: read.model, texts: read.texts)
      for (close, text) in Self.history(5, using: &random) { model.learn(close, text: text) }
    }
    #expect(refused > 20 && refused < 400)
  }

  @Test func slotsThatAreNeitherFreeNorInUseAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(seed: 8)
    var bytes = try file(Self.learnt(Self.history(100, using: &random)))
    let length = Int(bytes[48..<56].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    // Blocks in use stand before the directory's places and the checksum; one less than there are.
    bytes[length - 16] &-= 1
    var checksum: [UInt8] = []
    checksum.append(littleEndian: Checksum.of(Array(bytes[..<(length - 8)])))
    bytes.replaceSubrange((length - 8)..<length, with: checksum)
    #expect(try fault(bytes) == .damaged)
  }

  @Test func candidatesAreThoseMappedAndThoseUsed() {
    let learner = TagLearner(mapping: [(1, 5), (1, 3), (2, 9)])
    let model = learner.model
    #expect(model.candidates(in: 1) == [3, 5] && model.candidates(in: 2) == [9])
    #expect(model.candidates(in: nil) == [3, 5, 9] && model.candidates(in: 7) == [3, 5, 9])
    learner.learn(
      UsageModel.Close(tags: [4, 5], category: 1, channel: nil, agent: nil, endedAt: 0), text: nil)
    learner.learn(UsageModel.Close(tags: [8], category: 7, channel: nil, agent: nil, endedAt: 1), text: nil)
    #expect(model.candidates(in: 1) == [3, 4, 5] && model.candidates(in: 7) == [3, 4, 5, 8, 9])
    learner.map(3, to: 1, isMapped: false)
    learner.map(6, to: 7, isMapped: true)
    #expect(model.candidates(in: 1) == [4, 5] && model.candidates(in: 7) == [6, 8])
    #expect(model.candidates(in: nil) == [3, 4, 5, 6, 8, 9], "what was mapped once stays known")
    learner.map(5, to: 1, isMapped: false)
    #expect(!model.hasMapping(1) && model.candidates(in: 1) == [3, 4, 5, 6, 8, 9])
  }

  @Test("without a word that is named as a reason, the tag's score is lower: 1,000 items") func namedWords() {
    var random = SeededGenerator(seed: 7)
    let model = Self.learnt(Self.history(1_500, using: &random)).model
    let ranker = TagRanker(
      names: (1...30).map { "tag \($0)" },
      mapping: (1...30).map { (category: Int32($0 % 3 + 1), tag: Int32($0)) })
    var reader = TextScorer.Reader()
    var named = 0
    for (close, text) in Self.history(1_000, using: &random) {
      let context = RankingContext(category: close.category, channel: 1, agent: close.agent)
      func list(_ text: String) -> [RankedTag] {
        ranker.rank(context, text: text, by: model, reader: &reader, limit: 30)
      }
      let ranked = list(text)
      #expect(Set(ranked.map(\.tag)).count == ranked.count)
      for best in ranked.prefix(2) {
        for word in best.words {
          let rest = text.split(separator: " ").filter { $0 != word }.joined(separator: " ")
          #expect(rest.utf8.count < text.utf8.count)
          // A text of that word alone leaves nothing to compare: usage alone is on another scale.
          guard let without = list(rest).first(where: { $0.tag == best.tag }), !rest.isEmpty else { continue }
          #expect(without.score < best.score, "\(word) of \(text)")
          named += 1
        }
      }
    }
    #expect(named > 1_000)
  }
}
