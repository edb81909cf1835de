import Foundation
import TestSupport
import Testing

@testable import TagRanking

struct UsageModelTests {
  typealias Close = UsageModel.Close

  static let day: Int64 = 86_400

  static func history(_ count: Int, over span: Int64, using random: inout SeededGenerator) -> [Close] {
    let start: Int64 = -1_000_000_000
    return (0..<count).map { place in
      func some(_ range: ClosedRange<Int32>) -> Int32? {
        Int.random(in: 0..<8, using: &random) == 0 ? nil : Int32.random(in: range, using: &random)
      }
      let tags = Array(
        (1...9 as ClosedRange<Int32>).shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)))
      let endedAt = start + span * Int64(place) / Int64(count) + Int64.random(in: 0...9 * day, using: &random)
      return Close(
        tags: tags, category: some(1...3), channel: some(1...2), agent: some(1...3), endedAt: endedAt)
    }
  }

  /// The decayed counts by key, added up by the definition alone.
  static func counts(_ closes: [Close]) -> [UInt64: HalfLives.Lanes] {
    let now = closes.lazy.filter { !$0.tags.isEmpty }.map(\.endedAt).max() ?? 0
    var counts: [UInt64: HalfLives.Lanes] = [:]
    for close in closes where !close.tags.isEmpty {
      let age = Double(now - close.endedAt) / 86_400
      let weight = HalfLives.Lanes(exp2(-age), exp2(-age / 8), exp2(-age / 64), exp2(-age / 512))
      for tag in close.tags {
        for other in close.tags where other < tag {
          counts[UsageKey.pair(tag, other), default: .zero] += weight
        }
        for slot in [tag, 0] {
          counts[UsageKey.overall(slot), default: .zero] += weight
          guard let category = close.category else { continue }
          counts[UsageKey.category(category, slot), default: .zero] += weight
          if let channel = close.channel {
            counts[UsageKey.channel(category, channel, slot), default: .zero] += weight
          }
          if let agent = close.agent {
            counts[UsageKey.agent(category, agent, slot), default: .zero] += weight
          }
        }
        if let category = close.category { counts[UsageKey.closes(category, tag), default: .zero] += .one }
      }
      if let category = close.category { counts[UsageKey.closes(category, 0), default: .zero] += .one }
    }
    return counts
  }

  static func learnt(_ closes: [Close]) -> UsageModel {
    var model = UsageModel()
    for close in closes { model.learn(close) }
    return model
  }

  /// Whether a model holds exactly these counts, up to rounding; those of long ago may have faded to nothing.
  static func holds(_ model: UsageModel, _ counts: [UInt64: HalfLives.Lanes]) -> Bool {
    let decay = model.decay
    return model.counts.keys.allSatisfy { $0 == 0 || counts[$0] != nil }
      && counts.allSatisfy { key, value in
        let found = model.counts[key] * (UsageKey.decays(key) ? decay : .one)
        return (0..<4).allSatisfy { abs(found[$0] - value[$0]) <= 1e-12 * value[$0] + 1e-150 }
      }
  }

  @Test(arguments: 0..<10 as Range<UInt64>, [100, 3 * 365, 100 * 365] as [Int64])
  func countsAreThoseOfTheDefinitionInAnyOrder(seed: UInt64, days: Int64) {
    var random = SeededGenerator(seed: seed)
    let closes = Self.history(300, over: days * Self.day, using: &random)
    let expected = Self.counts(closes)
    #expect(Self.holds(Self.learnt(closes), expected))
    #expect(Self.learnt(closes).closeCount == closes.count { !$0.tags.isEmpty })
    // Older closes learnt late count as little as those learnt in time.
    let nearlySorted = closes.enumerated().sorted { $0.offset / 50 > $1.offset / 50 }.map(\.element)
    if days < 40 * 365 {
      #expect(Self.holds(Self.learnt(closes.shuffled(using: &random)), expected))
      #expect(Self.holds(Self.learnt(nearlySorted), expected))
    }
  }

  @Test func theSameHistoryGivesTheSameModelToTheBit() {
    var random = SeededGenerator(seed: 5)
    let closes = Self.history(400, over: 60 * 365 * Self.day, using: &random)
    let (one, other) = (Self.learnt(closes), Self.learnt(closes))
    #expect(one == other)
    #expect(one.counts.values.map(\.bitPattern) == other.counts.values.map(\.bitPattern))
    #expect(one.counts.keys == other.counts.keys)
  }

  /// A first close of 1900, as an empty date is often written, and then years of nothing.
  @Test(arguments: [30, 43, 84, 85, 90, 116, 200, 300] as [Int64])
  func aLongSilenceForgetsTheOldAndCountsTheNew(years: Int64) {
    let start: Int64 = -2_208_988_800
    var closes = [Close(tags: [1, 2], category: 1, channel: 1, agent: 1, endedAt: start)]
    for number in 0..<3 as Range<Int64> {
      let endedAt = start + years * 365 * Self.day + number * Self.day
      closes.append(Close(tags: [3, 4], category: 1, channel: 1, agent: 1, endedAt: endedAt))
      let holds = Self.holds(Self.learnt(closes), Self.counts(closes))
      #expect(holds, "after \(number + 1)")
    }
  }

  @Test func aCloseWeighsHalfAfterAHalfLife() {
    let model = Self.learnt([
      Close(tags: [1], category: 7, channel: nil, agent: nil, endedAt: 0),
      Close(tags: [2], category: 7, channel: nil, agent: nil, endedAt: 64 * Self.day),
    ])
    #expect(
      model.counts[UsageKey.overall(1)] * model.decay
        == HalfLives.Lanes(exp2(-64), exp2(-8), 0.5, exp2(-0.125)))
    #expect(model.counts[UsageKey.overall(2)] * model.decay == .one)
    #expect(model.counts[UsageKey.closes(7, 1)] == .one)
  }

  @Test func thePastCountsAsLongAsItHolds() {
    // A tag a day, always the one of the day before: what happened yesterday says all there is to say.
    func shares(_ tag: (Int) -> Int32) -> HalfLives.Lanes {
      let closes = (0..<400).map { place in
        Close(tags: [tag(place)], category: 1, channel: nil, agent: nil, endedAt: Int64(place) * Self.day / 4)
      }
      return Self.learnt(closes).halfLives.shares
    }
    let bursts = shares { Int32($0 / 40 % 5) + 1 }
    #expect(bursts[0] + bursts[1] > 0.9)
    // Tags by lot, the same lots all year: the longer a half-life remembers, the better it knows them.
    var random = SeededGenerator(seed: 8)
    let lots = (0..<400).map { _ in Int32.random(in: 1...5, using: &random) }
    let steady = shares { lots[$0] }
    #expect(steady[0] < steady[1] && steady[1] < steady[2] && steady[0] < 0.01)
    #expect(abs(steady.sum() - 1) < 1e-15 && abs(bursts.sum() - 1) < 1e-15)
  }

  @Test func aCloseWithoutTagsTeachesNothing() {
    #expect(Self.learnt([Close(tags: [], category: 1, channel: 1, agent: 1, endedAt: 5)]) == UsageModel())
  }

  @Test func theLastHundredClosesOfACategoryAreRemembered() {
    let closes = (0..<250 as Range<Int32>).map { place -> Close in
      let category: Int32? = place.isMultiple(of: 2) ? 1 : nil
      return Close(
        tags: [place + 1], category: category, channel: nil, agent: nil, endedAt: Int64(place))
    }
    let recent = Self.learnt(closes).recent
    #expect(Array(recent.keys) == [1])
    #expect(recent[1]?.closes == stride(from: 51, through: 249, by: 2).map { [$0] })
    #expect(recent[1]?.count(of: 51) == 1)
    #expect(recent[1]?.count(of: 49) == 0)
  }
}
