/// The tags of the last closes of one category, in learning order.
struct RecentCloses: Equatable, Sendable {
  private var ring: [[Int32]] = []
  /// Where the oldest stands once the ring is full.
  private var oldest = 0
  /// Tags of all of them.
  private var tagCount = 0
  /// How many of them chose each tag; none that no one chose.
  private(set) var counts: [Int32: Int] = [:]

  /// The tags of each close, oldest first.
  var closes: [[Int32]] { Array(ring[oldest...] + ring[..<oldest]) }

  /// Adds a close, each tag once; the oldest goes for it. O(its tags).
  mutating func append(_ tags: [Int32]) {
    tagCount += tags.count
    for tag in tags { counts[tag, default: 0] += 1 }
    guard ring.count == UsageModel.recentLimit else { return ring.append(tags) }
    tagCount -= ring[oldest].count
    for tag in ring[oldest] {
      let count = counts[tag, default: 0] - 1
      counts[tag] = count > 0 ? count : nil
    }
    ring[oldest] = tags
    oldest = (oldest + 1) % UsageModel.recentLimit
  }

  var count: Int { ring.count }

  /// Tags of a close on average.
  var tagsPerClose: Double { Double(tagCount) / Double(max(1, ring.count)) }

  /// How many of them chose a tag. O(1).
  func count(of tag: Int32) -> Int { counts[tag] ?? 0 }

  static func == (one: RecentCloses, other: RecentCloses) -> Bool { one.closes == other.closes }
}
