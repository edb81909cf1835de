import TestSupport
import Testing

@testable import TagRanking

struct ListLimitTests {
  /// Sixty tags of which few were ever chosen, so that many scores are equal.
  private static func model(_ random: inout SeededGenerator) -> UsageModel {
    var model = UsageModel()
    for close in 0..<Int.random(in: 0...60, using: &random) {
      model.learn(
        UsageModel.Close(
          tags: [Int32.random(in: 1...12, using: &random) * 5],
          category: Int32.random(in: 1...2, using: &random),
          channel: nil, agent: nil, endedAt: Int64(close)))
    }
    return model
  }

  @Test("the first of a list are those of a longer one", arguments: 0..<20 as Range<UInt64>)
  func shortAndLongLists(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<60).map { "Tag \(($0 * 37) % 60)" }
    let mapping = (1...60).filter { $0 % 3 > 0 }.map { (category: Int32(1), tag: Int32($0)) }
    let ranker = TagRanker(names: names, mapping: mapping)
    let model = Self.model(&random)
    for category in [1, 2, nil] as [Int32?] {
      let context = RankingContext(category: category, chosen: seed % 2 == 0 ? [] : [5, 7])
      let all = ranker.rank(context, by: model, limit: .max)
      #expect(all.count == 60 - context.chosen.count)
      for limit in [-1, 0, 1, 2, 3, 5, 17, 39, 40, 41, 59, 60, 61] {
        #expect(ranker.rank(context, by: model, limit: limit) == Array(all.prefix(max(0, limit))))
      }
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func sortedTagsAreSets(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func tags() -> Set<Int32> {
      Set((0..<Int.random(in: 0...20, using: &random)).map { _ in Int32.random(in: 1...30, using: &random) })
    }
    let (one, other) = (tags(), tags())
    #expect(one.sorted().merged(withSorted: other.sorted()) == one.union(other).sorted())
    var inserted: [Int32] = []
    for tag in one { inserted.insert(sorted: tag) }
    for tag in one { inserted.insert(sorted: tag) }
    #expect(inserted == one.sorted())
    for tag in Int32(0)...31 { #expect(inserted.contains(sorted: tag) == one.contains(tag)) }
  }

  @Test func logarithmsOfVectorsAreThoseOfNumbers() {
    var random = SeededGenerator(seed: 3)
    let odd: [Double] = [
      0, -0.0, -1, .nan, .infinity, .leastNonzeroMagnitude, 2e-308, .leastNormalMagnitude,
      .greatestFiniteMagnitude,
    ]
    for count in [0, 1, 2, 3, 4, 5, 8, 30] {
      let plain = (0..<count).map { _ in Double.random(in: 0...2, using: &random) }
      for numbers in [plain, plain.map { $0 < 0.5 ? odd.randomElement(using: &random)! : $0 }] {
        let together = ExactMath.inFours(numbers, ExactMath.logarithms)
        #expect(together.map(\.bitPattern) == numbers.map { ExactMath.logarithm($0).bitPattern })
      }
    }
    #expect(abs(ExactMath.logarithm(Double.leastNonzeroMagnitude) + 744.440071921381262) < 1e-10)
  }
}
