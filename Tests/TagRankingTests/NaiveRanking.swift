import Foundation

@testable import TagRanking

/// The ranking straight from its formulas: every count is a sum over the whole history.
struct NaiveRanking {
  let names: [String]
  let mapping: [Int32: [Int32]]
  let closes: [UsageModel.Close]

  private static let halfLives = [1.0, 8, 64, 512]

  private static func count(
    _ closes: ArraySlice<UsageModel.Close>, now: Int64, days: Double, _ amount: (UsageModel.Close) -> Int
  )
    -> Double
  {
    closes.reduce(0) { $0 + Double(amount($1)) * exp2(Double($1.endedAt - now) / (days * 86_400)) }
  }

  /// How often a tag was chosen where `isThere`, towards `prior` with the weight of so many closes.
  private static func backOff(
    _ tag: Int32, _ prior: Double, weight: Double, _ history: History, _ isThere: (UsageModel.Close) -> Bool
  ) -> Double {
    (history.count { isThere($0) && $0.tags.contains(tag) ? 1 : 0 } + weight * prior)
      / (history.count { isThere($0) ? $0.tags.count : 0 } + weight)
  }

  /// Closes before some place, as a half-life sees them from the latest instant up to `now`.
  private struct History {
    let closes: ArraySlice<UsageModel.Close>
    let now: Int64
    let days: Double

    func count(_ amount: (UsageModel.Close) -> Int) -> Double {
      NaiveRanking.count(closes, now: now, days: days, amount)
    }
  }

  private var latest: Int64 { closes.map(\.endedAt).max() ?? 0 }

  private static func overall(_ tag: Int32, _ history: History, tagCount: Int) -> Double {
    (history.count { $0.tags.contains(tag) ? 1 : 0 } + 0.1)
      / (history.count { $0.tags.count } + 0.1 * Double(tagCount))
  }

  private static func probability(
    _ tag: Int32, _ context: RankingContext, mapped: [Int32], _ history: History, tagCount: Int
  ) -> Double {
    let general = overall(tag, history, tagCount: tagCount)
    guard let category = context.category else { return general }
    let uniform = mapped.isEmpty ? general : mapped.contains(tag) ? 1 / Double(mapped.count) : 0
    var probability = backOff(tag, uniform / 2 + general / 2, weight: 5, history) { $0.category == category }
    if let channel = context.channel {
      probability = backOff(tag, probability, weight: 3, history) {
        $0.category == category && $0.channel == channel
      }
    }
    if let agent = context.agent {
      probability = backOff(tag, probability, weight: 3, history) {
        $0.category == category && $0.agent == agent
      }
    }
    return probability
  }

  /// What each half-life weighs after the whole history, by the tags that each close chose again.
  func shares() -> [Double] {
    var likelihoods = [0.0, 0, 0, 0]
    for (place, close) in closes.enumerated() where !close.tags.isEmpty {
      let before = closes[..<place]
      let now = max(close.endedAt, before.filter { !$0.tags.isEmpty }.map(\.endedAt).max() ?? .min)
      let tagCount = Set(before.flatMap(\.tags)).count
      let context = RankingContext(category: close.category, channel: close.channel, agent: close.agent)
      for tag in close.tags
      where before.contains(where: {
        $0.tags.contains(tag) && (close.category == nil || $0.category == close.category)
      }) {
        for (lane, days) in Self.halfLives.enumerated() {
          let history = History(closes: before, now: now, days: days)
          likelihoods[lane] =
            0.98 * likelihoods[lane]
            + log2(Self.probability(tag, context, mapped: [], history, tagCount: tagCount))
        }
      }
    }
    let powers = likelihoods.map { exp2($0 - likelihoods.max()!) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  private func mixed(_ shares: [Double], _ value: (History) -> Double) -> Double {
    zip(shares, Self.halfLives).reduce(0) {
      $0 + $1.0 * value(History(closes: closes[...], now: latest, days: $1.1))
    }
  }

  func score(_ tag: Int32, _ context: RankingContext, _ shares: [Double]) -> Double {
    let mapped = context.category.flatMap { mapping[$0] } ?? []
    let probability = mixed(shares) {
      Self.probability(tag, context, mapped: mapped, $0, tagCount: names.count)
    }
    return log(probability) + 0.3 * context.chosen.reduce(0) { $0 + affinity(tag, $1, shares) }
  }

  func affinity(_ tag: Int32, _ chosen: Int32, _ shares: [Double]) -> Double {
    let together = mixed(shares) { history in
      let general = Self.overall(tag, history, tagCount: names.count)
      return (history.count { $0.tags.contains(tag) && $0.tags.contains(chosen) ? 1 : 0 } + 10 * general)
        / (history.count { $0.tags.contains(chosen) ? 1 : 0 } + 10)
    }
    return log(together) - log(mixed(shares) { Self.overall(tag, $0, tagCount: names.count) })
  }

  func overallShare(_ tag: Int32, _ shares: [Double]) -> Double {
    mixed(shares) { history in
      let all = history.count { $0.tags.count }
      return all == 0 ? 0 : history.count { $0.tags.contains(tag) ? 1 : 0 } / all
    }
  }

  /// The last closes of a category in learning order.
  func recent(_ category: Int32?) -> [UsageModel.Close] {
    category == nil ? [] : Array(closes.filter { $0.category == category }.suffix(100))
  }

  /// The tags that come first, by score; see ``lately(_:besides:)`` for those that follow, and then others by name.
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

  /// The others that the category's last closes chose, best first.
  func lately(_ context: RankingContext, besides ranked: Set<Int32>, _ shares: [Double]) -> [Int32] {
    let used = Set(recent(context.category).flatMap(\.tags)).subtracting(ranked).subtracting(context.chosen)
    return byName(used).map { ($0, score($0, context, shares)) }.enumerated()
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
  }

  func byName(_ tags: Set<Int32>) -> [Int32] {
    tags.sorted {
      (names[Int($0) - 1].lowercased(), names[Int($0) - 1]) < (
        names[Int($1) - 1].lowercased(), names[Int($1) - 1]
      )
    }
  }
}
