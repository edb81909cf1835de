import TestSupport
import Testing

@testable import TagRanking

struct TextScorerTests {
  struct Close {
    let text: String
    let category: Int32?
    let candidates: [Int32]
    let chosen: [Int32]
  }

  private static let words = [
    "where", "is", "my", "parcel", "refund", "money", "back", "card", "blocked", "cancel", "order", "péage",
    "退款", "доставка", "account", "close", "late", "broken", "pay", "bill",
  ]

  /// Closes whose tags hang on their words, with some that don't.
  static func history(_ count: Int, tags: Int32 = 40, using random: inout SeededGenerator) -> [Close] {
    (0..<count).map { _ in
      let words = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Self.words.randomElement(using: &random)!
      }
      let category = Int32.random(in: 1...3, using: &random)
      let candidates = (1...tags).filter { $0 % 3 == category % 3 || $0 % 7 == 0 }
      let tag = Int32(words.joined().utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % Int(tags)) + 1
      let chosen = Int.random(in: 0..<4, using: &random) == 0 ? [tag, tag % tags + 1] : [tag]
      let isUnknown = Int.random(in: 0..<5, using: &random) == 0
      return Close(
        text: words.joined(separator: " "), category: isUnknown ? nil : category,
        candidates: isUnknown ? Array(1...tags) : candidates, chosen: chosen)
    }
  }

  static func learnt(_ closes: [Close], ceiling: Int = TextLearner.standardCeiling) -> TextScorer {
    let learner = TextLearner(ceiling: ceiling)
    for close in closes {
      learner.learn(close.text, category: close.category, candidates: close.candidates, chosen: close.chosen)
    }
    return learner.scorer
  }

  static func bits(_ scorer: TextScorer, _ closes: [Close]) -> [UInt32] {
    var reader = TextScorer.Reader()
    return closes.flatMap { close in
      scorer.scores(of: close.text, category: close.category, tags: close.candidates, reader: &reader)
        .map(\.bitPattern)
    }
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func agreesWithItsFormulas(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let learner = TextLearner()
    var naive = NaiveScorer()
    var reader = TextScorer.Reader()
    var worst: Float = 0
    for close in Self.history(120, using: &random) {
      let scores = learner.scorer.scores(
        of: close.text, category: close.category, tags: close.candidates, reader: &reader)
      let vector = naive.vector(close.text, close.category)
      for (tag, score) in zip(close.candidates, scores) {
        worst = max(worst, abs(score - Float(naive.score(vector, tag))))
      }
      learner.learn(close.text, category: close.category, candidates: close.candidates, chosen: close.chosen)
      naive.learn(close.text, category: close.category, candidates: close.candidates, chosen: close.chosen)
    }
    // Single precision; and a share that lies at a halving's edge may fall either way, 1/256 of a step.
    #expect(worst < 0.05, "\(worst)")
  }

  @Test func equalHistoriesGiveEqualBits() {
    var random = SeededGenerator(seed: 7)
    let closes = Self.history(200, using: &random)
    #expect(Self.bits(Self.learnt(closes), closes) == Self.bits(Self.learnt(closes), closes))
  }

  @Test func learningRaisesWhatWasChosen() {
    var random = SeededGenerator(seed: 8)
    var reader = TextScorer.Reader()
    for close in Self.history(60, using: &random) where !close.text.isEmpty {
      let learner = TextLearner()
      let others = close.candidates.filter { !close.chosen.contains($0) }
      for _ in 0..<5 {
        learner.learn(
          close.text, category: close.category, candidates: close.candidates, chosen: close.chosen)
      }
      let scorer = learner.scorer
      let right = scorer.scores(of: close.text, category: close.category, tags: close.chosen, reader: &reader)
      let wrong = scorer.scores(of: close.text, category: close.category, tags: others, reader: &reader)
      #expect(right.min()! > wrong.max()!)
    }
  }

  @Test func oddTextsGiveFiniteScores() {
    let odd = [
      "", " ", "😀😀", "\u{0}", String(repeating: "refund ", count: 30_000),
      String(repeating: "x", count: 1 << 20),
      "שלום مرحبا", "\u{FFFD}",
      String((0..<3000).compactMap { Unicode.Scalar(0x4E00 + $0).map(Character.init) }),
    ]
    let learner = TextLearner()
    var reader = TextScorer.Reader()
    let tags = Array(1...70 as ClosedRange<Int32>)
    for round in 0..<3 {
      for (place, text) in odd.enumerated() {
        learner.learn(text, category: Int32(place), candidates: tags, chosen: [Int32(place + round + 1)])
        let scores = learner.scorer.scores(
          of: text, category: Int32(place), tags: tags + [9000], reader: &reader)
        #expect(scores.allSatisfy { $0.isFinite && abs($0) < 1e4 })
      }
    }
  }

  @Test func asManyTagsAsAStoreTakes() {
    let tags = Array(1...65_534 as ClosedRange<Int32>)
    let learner = TextLearner()
    var reader = TextScorer.Reader()
    for tag in [30_000, 65_534] as [Int32] {
      let text = tag == 65_534 ? "cancel all orders" : "where is my refund"
      learner.learn(text, category: nil, candidates: tags, chosen: [tag])
    }
    let scores = learner.scorer.scores(of: "cancel all orders", category: nil, tags: tags, reader: &reader)
    #expect(scores.count == tags.count && scores.allSatisfy(\.isFinite))
    #expect(scores.indices.max { scores[$0] < scores[$1] } == 65_533)
  }

  @Test func aStreamOfNewWordsCannotGrowItBeyondItsCeiling() {
    var random = SeededGenerator(seed: 9)
    let learner = TextLearner(ceiling: 16_384)
    let again = TextLearner(ceiling: 16_384)
    var reader = TextScorer.Reader()
    let tags = Array(1...300 as ClosedRange<Int32>)
    for _ in 0..<40 {
      let text = (0..<12).map { _ in String(UInt64.random(in: 0...UInt64.max, using: &random), radix: 36) }
        .joined(separator: " ")
      let chosen = [Int32.random(in: 1...300, using: &random)]
      for one in [learner, again] { one.learn(text, category: 1, candidates: tags, chosen: chosen) }
      #expect(learner.blockCount <= 16_384)
      #expect(
        learner.scorer.scores(of: text, category: 1, tags: tags, reader: &reader)
          == again.scorer.scores(of: text, category: 1, tags: tags, reader: &reader))
    }
    // What was said last is still known.
    for _ in 0..<3 { learner.learn("where is my refund", category: 1, candidates: tags, chosen: [17]) }
    let scores = learner.scorer.scores(of: "where is my refund", category: 1, tags: tags, reader: &reader)
    #expect(scores.indices.max { scores[$0] < scores[$1] } == 16)
    #expect(learner.byteCount < 20_000_000)
  }
}
