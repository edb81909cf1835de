import Foundation
import TestSupport
import Testing

@testable import TagRanking

struct TagRankerTests {
  typealias Close = UsageModel.Close

  private static let names = ["delta", "Alpha", "charlie", "bravo", "Echo", "alpha", "golf", "Foxtrot"]

  private func ranker(_ mapping: [Int32: [Int32]] = [:]) -> TagRanker {
    TagRanker(
      names: Self.names,
      mapping: mapping.flatMap { category, tags in tags.map { (category: category, tag: $0) } })
  }

  private static func context(_ random: inout SeededGenerator) -> RankingContext {
    func some(_ range: ClosedRange<Int32>) -> Int32? {
      Int.random(in: 0..<4, using: &random) == 0 ? nil : Int32.random(in: range, using: &random)
    }
    let chosen = (1...8 as ClosedRange<Int32>).shuffled(using: &random).prefix(
      Int.random(in: 0...3, using: &random))
    return RankingContext(
      category: some(1...5), channel: some(1...3), agent: some(1...4), chosen: Array(chosen))
  }

  /// Closes that lean on few tags, so that some are taken to without being mapped.
  private static func history(_ random: inout SeededGenerator) -> [Close] {
    (0..<Int.random(in: 0...150, using: &random)).map { place in
      let leaning = Int32.random(in: 1...8, using: &random)
      let tags: Set<Int32> = [min(leaning, Int32.random(in: 1...8, using: &random)), leaning]
      return Close(
        tags: tags.sorted(), category: [nil, 1, 1, 2, 3].randomElement(using: &random)!,
        channel: [nil, 1, 2].randomElement(using: &random)!,
        agent: [nil, 1, 2, 3].randomElement(using: &random)!,
        endedAt: Int64(place) * 86_400 + Int64.random(in: 0...800_000, using: &random))
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func agreesWithTheFormulas(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let closes = Self.history(&random)
    let mapping: [Int32: [Int32]] = [1: [5, 2, 7], 2: [8], 4: [3, 1, 6]]
    let naive = NaiveRanking(names: Self.names, mapping: mapping, closes: closes)
    let (ranker, model, shares) = (ranker(mapping), UsageModelTests.learnt(closes), naive.shares())
    for _ in 0..<5 {
      let context = Self.context(&random)
      let list = ranker.rank(context, by: model, limit: 20)
      let ranked = naive.ranked(context)
      let all = Set(1...8 as ClosedRange<Int32>).subtracting(context.chosen)
      #expect(Set(list.map(\.tag)) == all && list.count == all.count)
      #expect(Set(list.prefix(ranked.count).map(\.tag)) == ranked)
      let lately = naive.lately(context, besides: ranked, shares)
      let others = naive.byName(all.subtracting(ranked).subtracting(lately))
      #expect(list.dropFirst(ranked.count).map(\.tag) == lately + others)
      #expect(ranker.hasMapping(context.category) == [1, 2, 4].contains(context.category))
      for (place, found) in list.enumerated() {
        #expect(abs(found.score - naive.score(found.tag, context, shares)) < 1e-10)
        #expect(found.isMapped == context.category.map { mapping[$0]?.contains(found.tag) ?? false } ?? false)
        #expect(abs(found.overallShare - naive.overallShare(found.tag, shares)) < 1e-12)
        let recent = naive.recent(context.category)
        #expect(found.recentCloses == recent.count)
        #expect(found.recentUses == recent.count { $0.tags.contains(found.tag) })
        // A chosen tag that changes next to nothing may be told either way.
        let affinities = context.chosen.map { ($0, naive.affinity(found.tag, $0, shares)) }
        #expect(Set(found.goesWith).isSuperset(of: affinities.filter { $0.1 > 1e-12 }.map(\.0)))
        #expect(Set(found.goesWith).isDisjoint(with: affinities.filter { $0.1 < -1e-12 }.map(\.0)))
        if place > 0, place < ranked.count { #expect(list[place - 1].score >= found.score) }
      }
      for limit in 0...list.count {
        #expect(ranker.rank(context, by: model, limit: limit) == Array(list.prefix(limit)))
      }
    }
  }

  @Test func withoutAnyHistoryNamesDecide() {
    let byName: [Int32] = [2, 6, 4, 3, 1, 5, 8, 7]
    for context in [RankingContext(), .init(category: 1, channel: 1, agent: 1)] {
      let list = ranker().rank(context, by: UsageModel(), limit: 99)
      #expect(list.map(\.tag) == byName)
      #expect(
        list.allSatisfy {
          abs($0.score - log(1.0 / 8)) < 1e-14 && $0.overallShare == 0 && $0.recentCloses == 0
        })
    }
    let mapped = ranker([1: [7, 5]]).rank(.init(category: 1, chosen: [2, 5]), by: UsageModel(), limit: 3)
    #expect(mapped.map(\.tag) == [7, 6, 4])
    #expect(mapped.map(\.isMapped) == [true, false, false])
    #expect(mapped.allSatisfy { $0.score.isFinite && $0.goesWith.isEmpty })
    #expect(TagRanker(names: [], mapping: []).rank(.init(category: 1), by: UsageModel(), limit: 5).isEmpty)
  }

  @Test func equalUseIsATieThatTheNameBreaks() {
    let closes = [[1], [4], [7], [4], [1], [7]].map {
      Close(tags: $0, category: 1, channel: nil, agent: nil, endedAt: 100)
    }
    let list = ranker().rank(.init(category: 1), by: UsageModelTests.learnt(closes), limit: 3)
    #expect(list.map(\.tag) == [4, 1, 7])
    #expect(Set(list.map(\.score)).count == 1)
  }

  /// Closes of category 1: `uses` with the unmapped tag 3, spread evenly among the rest with the mapped tag 1.
  @Test(arguments: [
    (19, 19, false), (20, 20, true), (20, 66, true), (20, 67, false), (29, 100, false), (30, 100, true),
  ])
  func anUnmappedTagIsTakenToByTwentyClosesAndThirtyPercent(uses: Int, closes: Int, isAdopted: Bool) {
    let history = (0..<closes).map { place in
      Close(
        tags: [(place + 1) * uses / closes > place * uses / closes ? 3 : 1], category: 1, channel: nil,
        agent: nil,
        endedAt: 1000)
    }
    #expect(history.count { $0.tags == [3] } == uses)
    let list = ranker([1: [1, 5]]).rank(.init(category: 1), by: UsageModelTests.learnt(history), limit: 3)
    // Otherwise a mapped tag that nobody has chosen comes before it.
    #expect(list.map(\.tag).last == (isAdopted ? 5 : 3))
    #expect(list.allSatisfy { $0.isMapped == ($0.tag != 3) })
  }

  @Test func aTagThatFellOutOfUseIsNotTakenTo() {
    let old = (0..<60).map { _ in Close(tags: [3], category: 1, channel: nil, agent: nil, endedAt: 0) }
    let new = (0..<71).map { _ in Close(tags: [1], category: 1, channel: nil, agent: nil, endedAt: 9) }
    func last(_ closes: [Close]) -> Int32 {
      ranker([1: [1, 5]]).rank(.init(category: 1), by: UsageModelTests.learnt(closes), limit: 3)[2].tag
    }
    // 30 of the last 100, then 29.
    #expect(last(old + new.dropLast()) == 5)
    #expect(last(old + new) == 3)
  }
}

extension TagRankerTests {
  @Test("behind the mapped tags come those that the category chose lately, then the others by name")
  func whatFollowsTheMappedTags() {
    let closes = [4, 7, 4, 1].map { Close(tags: [$0], category: 1, channel: nil, agent: nil, endedAt: 0) }
    let list = ranker([1: [5]]).rank(.init(category: 1), by: UsageModelTests.learnt(closes), limit: 6)
    // By name: 2, 6, 4, 3, 1, 5, 8, 7.
    #expect(list.map(\.tag) == [5, 4, 1, 7, 2, 6])
  }

  /// Whatever speaks for them: mapping, use, a text, or that they fill the list.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func inactiveForbiddenAndChosenTagsNeverAppear(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let learner = TagLearner(mapping: [(1, 5), (1, 2), (1, 7), (2, 8)])
    for close in Self.history(&random) {
      learner.learn(close, text: close.tags.map { "word\($0)" }.joined(separator: " "))
    }
    let inactive = Set((1...8 as ClosedRange<Int32>).shuffled(using: &random).prefix(3))
    let ranker = TagRanker(
      names: Self.names, mapping: [(1, 5), (1, 2), (1, 7), (2, 8)], inactive: inactive)
    var reader = TextScorer.Reader()
    for _ in 0..<20 {
      var context = Self.context(&random)
      context.excluded = Array((1...8 as ClosedRange<Int32>).shuffled(using: &random).prefix(2))
      let allowed = Set(1...8 as ClosedRange<Int32>).subtracting(inactive).subtracting(context.chosen)
        .subtracting(context.excluded)
      for text in ["", "word1 word2 word3 word4 word5 word6 word7 word8"] {
        let list = ranker.rank(context, text: text, by: learner.model, reader: &reader, limit: 20)
        #expect(Set(list.map(\.tag)) == allowed && list.count == allowed.count)
      }
    }
    #expect(!ranker.hasMapping(2) == inactive.contains(8))
  }
}
