import Foundation

@testable import TagRanking

/// The ranking straight from its formulas: every count is a sum over the whole history.
struct NaiveRanking {
  let names: [String]
  let mapping: [Int32: [Int32]]
  let closes: [UsageModel.Close]

  private func count(_ isCounted: (UsageModel.Close) -> Bool) -> Double {
    let now = closes.map(\.endedAt).max() ?? 0
    return closes.filter(isCounted).reduce(0) { $0 + exp2(Double($1.endedAt - now) / (30 * 86_400)) }
  }

  /// The sum over tags of how often each was chosen.
  private func sum(_ isCounted: (UsageModel.Close) -> Bool) -> Double {
    let now = closes.map(\.endedAt).max() ?? 0
    return closes.filter(isCounted).reduce(0) {
      $0 + Double($1.tags.count) * exp2(Double($1.endedAt - now) / (30 * 86_400))
    }
  }

  private func backOff(_ tag: Int32, _ prior: Double, weight: Double, _ isThere: (UsageModel.Close) -> Bool)
    -> Double
  {
    (count { isThere($0) && $0.tags.contains(tag) } + weight * prior) / (sum(isThere) + weight)
  }

  private func overall(_ tag: Int32) -> Double {
    (count { $0.tags.contains(tag) } + 0.1) / (sum { _ in true } + 0.1 * Double(names.count))
  }

  func score(_ tag: Int32, _ context: RankingContext) -> Double {
    let general = overall(tag)
    var probability = general
    if let category = context.category {
      let mapped = mapping[category] ?? []
      let uniform = mapped.isEmpty ? general : mapped.contains(tag) ? 1 / Double(mapped.count) : 0
      probability = backOff(tag, uniform / 2 + general / 2, weight: 5) { $0.category == category }
      if let channel = context.channel {
        probability = backOff(tag, probability, weight: 3) {
          $0.category == category && $0.channel == channel
        }
      }
      if let agent = context.agent {
        probability = backOff(tag, probability, weight: 3) { $0.category == category && $0.agent == agent }
      }
    }
    return log(probability) + 0.3 * context.chosen.reduce(0) { $0 + affinity(tag, $1) }
  }

  func affinity(_ tag: Int32, _ chosen: Int32) -> Double {
    let together = count { $0.tags.contains(tag) && $0.tags.contains(chosen) }
    let general = overall(tag)
    return log((together + 10 * general) / (count { $0.tags.contains(chosen) } + 10)) - log(general)
  }

  func overallShare(_ tag: Int32) -> Double {
    let all = sum { _ in true }
    return all == 0 ? 0 : count { $0.tags.contains(tag) } / all
  }

  /// The last closes of a category in learning order.
  func recent(_ category: Int32?) -> [UsageModel.Close] {
    category == nil ? [] : Array(closes.filter { $0.category == category }.suffix(100))
  }

  /// The tags that are ranked by score; the others follow by name.
  func ranked(_ context: RankingContext) -> Set<Int32> {
    let all = Set(names.indices.map { Int32($0 + 1) })
    guard let category = context.category, let mapped = mapping[category] else {
      return all.subtracting(context.chosen)
    }
    let recent = recent(category)
    let adopted = all.filter { tag in
      closes.count { $0.category == category && $0.tags.contains(tag) } >= 20
        && Double(recent.count { $0.tags.contains(tag) }) >= 0.3 * Double(recent.count)
    }
    return adopted.union(mapped).subtracting(context.chosen)
  }

  func byName(_ tags: Set<Int32>) -> [Int32] {
    tags.sorted {
      (names[Int($0) - 1].lowercased(), names[Int($0) - 1]) < (
        names[Int($1) - 1].lowercased(), names[Int($1) - 1]
      )
    }
  }
}
