/// How often which tag was chosen where, older closes counting less.
///
/// A close at instant e weighs 2^((e - now)/H), where now is the latest instant learnt and H each of the half-lives.
/// Weights are kept relative to a landmark, so that learning touches only the counts of its own tags.
package struct UsageModel: Equatable, Sendable {
  /// How many closes of a category are remembered one by one.
  package static let recentLimit = 100
  /// Days after which counts are scaled down, long before a Double overflows that doubles every day.
  private static let rescaleAfter: Int64 = 512 * 86_400

  /// One tagged close.
  package struct Close: Equatable, Sendable {
    package var tags: [Int32]
    package var category: Int32?
    package var channel: Int32?
    package var agent: Int32?
    /// When the conversation ended, unix seconds.
    package var endedAt: Int64

    package init(tags: [Int32], category: Int32?, channel: Int32?, agent: Int32?, endedAt: Int64) {
      self.tags = tags
      self.category = category
      self.channel = channel
      self.agent = agent
      self.endedAt = endedAt
    }
  }

  var counts = CountTable()
  /// What the half-lives have been worth.
  var halfLives = HalfLives()
  /// Tags chosen so far.
  var tagCount = 0
  /// The tags of each category's last closes, oldest first.
  var recent: [Int32: RecentCloses] = [:]
  /// The instant at which a close weighs 1 before decay; `nil` before the first close.
  var landmark: Int64?
  /// The latest instant learnt.
  var latest = Int64.min
  /// Closes learnt.
  package internal(set) var closeCount = 0

  /// Knows nothing.
  package init() {}

  /// Learns a close; one without tags teaches nothing. O(tags²).
  package mutating func learn(_ close: Close) {
    guard !close.tags.isEmpty else { return }
    let landmark = landmark(reaching: close.endedAt)
    latest = max(latest, close.endedAt)
    weighHalfLives(close)
    closeCount += 1
    let weight = HalfLives.growth(over: Double(close.endedAt - landmark))
    for (position, tag) in close.tags.enumerated() {
      if counts[UsageKey.overall(tag)] == .zero { tagCount += 1 }
      add(weight, tag, UsageKey.overall)
      for other in close.tags[..<position] { counts.add(weight, to: UsageKey.pair(tag, other)) }
      guard let category = close.category else { continue }
      add(weight, tag) { UsageKey.category(category, $0) }
      if let channel = close.channel { add(weight, tag) { UsageKey.channel(category, channel, $0) } }
      if let agent = close.agent { add(weight, tag) { UsageKey.agent(category, agent, $0) } }
      counts.add(.one, to: UsageKey.closes(category, tag))
    }
    if let category = close.category {
      counts.add(.one, to: UsageKey.closes(category, 0))
      recent[category, default: RecentCloses()].append(close.tags)
    }
  }

  /// Which tags were chosen in which categories, in no order. O(counts).
  var uses: [(category: Int32, tag: Int32)] { counts.keys.compactMap(UsageKey.use) }

  /// Which tags were chosen at all, in no order. O(counts).
  var tags: [Int32] { counts.keys.compactMap(UsageKey.overallTag) }

  /// What stored weights are multiplied with to decay them to the latest instant learnt.
  var decay: HalfLives.Lanes {
    guard let landmark else { return HalfLives.Lanes(repeating: 1) }
    return HalfLives.growth(over: Double(landmark - latest))
  }

  /// Sees how likely each half-life made tags that were chosen in the category before, or anywhere if there is none.
  /// Tags that are new there say nothing of how fast the old ones fade.
  private mutating func weighHalfLives(_ close: Close) {
    let context = RankingContext(category: close.category, channel: close.channel, agent: close.agent)
    let probabilities = UsageProbabilities(
      self, context, shares: .zero, mappedCount: 0, tagCount: tagCount)
    for tag in close.tags {
      let known = close.category.map { UsageKey.closes($0, tag) } ?? UsageKey.overall(tag)
      if counts[known] != .zero { halfLives.learn(probabilities.lanes(tag, isMapped: false)) }
    }
  }

  /// Adds to the tag's count and to the sum over tags.
  private mutating func add(_ weight: HalfLives.Lanes, _ tag: Int32, _ key: (Int32) -> UInt64) {
    counts.add(weight, to: key(tag))
    counts.add(weight, to: key(0))
  }

  /// The landmark, moved so near to `instant` that a weight relative to it can't overflow.
  private mutating func landmark(reaching instant: Int64) -> Int64 {
    var moved = landmark ?? instant
    while instant - moved > Self.rescaleAfter {
      // Powers of two: scaling loses no bit.
      counts.scale(by: HalfLives.growth(over: -Double(Self.rescaleAfter)), where: UsageKey.decays)
      moved += Self.rescaleAfter
    }
    landmark = moved
    return moved
  }
}
