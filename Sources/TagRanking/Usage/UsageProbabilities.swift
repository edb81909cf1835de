/// How probable tags are in a context by what was chosen before, for each half-life.
///
/// Backs off from the agent and the channel to the category, the mapping and the whole history. With decayed counts n
/// and constants k = 3, 5 and 0.1 (project design, section 6):
///
///     P_g = (n_t + 0.1) / (n + 0.1 T)          q   = ½ (uniform over the mapped tags) + ½ P_g
///     P_c = (n_ct + 5 q) / (n_c + 5)           P_ch = (n_cht + k P_c) / (n_ch + k), the agent likewise
struct UsageProbabilities {
  typealias Lanes = HalfLives.Lanes

  private static let backOff = Lanes(repeating: 3)
  private static let mappingWeight = Lanes(repeating: 5)
  private static let pairWeight = Lanes(repeating: 10)

  private let counts: CountTable
  private let decay: Lanes
  /// What each half-life counts.
  private let shares: Lanes
  /// What a mapped tag gets of the uniform half; `nil` where none is mapped.
  private let mappedShare: Lanes?
  private let overallSum: Lanes
  /// One over what P_g divides by.
  private let perOverall: Lanes
  /// From the category to the agent, as far as they are known.
  private var levels: [Level] = []

  /// One step of the back-off: P = (n + weight · P of the level before) / (sum + weight).
  private struct Level {
    /// The count of tag 0, which is that of all tags; a tag's key is so much further on.
    let key: UInt64
    let weight: Lanes
    /// One over (sum + weight).
    let per: Lanes
  }

  /// - Parameters:
  ///   - shares: what each half-life counts.
  ///   - mappedCount: how many tags are mapped to the category.
  ///   - tagCount: how many tags there are.
  init(
    _ model: UsageModel, _ context: RankingContext, shares: Lanes, mappedCount: Int, tagCount: Int
  ) {
    counts = model.counts
    decay = model.decay
    self.shares = shares
    mappedShare = mappedCount > 0 ? Lanes(repeating: 0.5 / Double(mappedCount)) : nil
    overallSum = counts[UsageKey.overall(0)] * decay
    perOverall = 1 / (overallSum + Lanes(repeating: 0.1 * Double(tagCount)))
    guard let category = context.category else { return }
    add(UsageKey.category(category, 0), Self.mappingWeight)
    if let channel = context.channel { add(UsageKey.channel(category, channel, 0), Self.backOff) }
    if let agent = context.agent { add(UsageKey.agent(category, agent, 0), Self.backOff) }
  }

  private mutating func add(_ key: UInt64, _ weight: Lanes) {
    levels.append(Level(key: key, weight: weight, per: 1 / (counts[key] * decay + weight)))
  }

  /// P of each tag, above 0, in their order. O(tags), and O(log mapped) more for each that does not ascend.
  ///
  /// - Parameter mapped: the tags mapped to the category, ascending.
  func probabilities(of tags: [Int32], mapped: [Int32]) -> [Double] {
    counts.look { counts in
      // Spans: each use of an array would count its users, for every tag anew.
      let (levels, ascending) = (levels.span, mapped.span)
      var probabilities: [Double] = []
      probabilities.reserveCapacity(tags.count)
      var next = 0
      for tag in tags {
        // Where tags ascend, the next mapped one is mostly asked for next.
        if next >= ascending.count || ascending[next] != tag { next = mapped.place(ofSorted: tag) }
        let isMapped = next < ascending.count && ascending[next] == tag
        if isMapped { next += 1 }
        probabilities.append((shares * lanes(tag, isMapped: isMapped, counts, levels)).sum())
      }
      return probabilities
    }
  }

  /// Σ π_h P_h, above 0.
  func probability(_ tag: Int32, isMapped: Bool) -> Double {
    (shares * lanes(tag, isMapped: isMapped)).sum()
  }

  /// P, by half-life.
  func lanes(_ tag: Int32, isMapped: Bool) -> Lanes {
    counts.look { lanes(tag, isMapped: isMapped, $0, levels.span) }
  }

  @inline(__always)
  private func lanes(
    _ tag: Int32, isMapped: Bool, _ counts: CountTable.Reader, _ levels: Span<Level>
  ) -> Lanes {
    let overall = overall(tag, counts)
    if levels.isEmpty { return overall }
    var probability = mappedShare.map { (isMapped ? $0 : .zero) + 0.5 * overall } ?? overall
    let tag = UInt64(UInt32(bitPattern: tag))
    for place in levels.indices {
      let level = levels[place]
      probability = (counts[level.key | tag] * decay + level.weight * probability) * level.per
    }
    return probability
  }

  /// P_g.
  @inline(__always)
  private func overall(_ tag: Int32, _ counts: CountTable.Reader) -> Lanes {
    (counts[UsageKey.overall(tag)] * decay + Lanes(repeating: 0.1)) * perOverall
  }

  /// How much likelier a tag is beside a chosen one than on its own: Σ π_h (n_ut + 10 P_g) / (n_u + 10) over Σ π_h P_g.
  func lift(_ tag: Int32, beside chosen: Int32) -> Double {
    counts.look { counts in
      let overall = overall(tag, counts)
      let together =
        (counts[UsageKey.pair(tag, chosen)] * decay + Self.pairWeight * overall)
        / (counts[UsageKey.overall(chosen)] * decay + Self.pairWeight)
      return (shares * together).sum() / (shares * overall).sum()
    }
  }

  /// The tag's decayed share among all tags chosen anywhere; 0 before any was.
  func overallShare(_ tag: Int32) -> Double {
    var share = Lanes.zero
    let count = counts[UsageKey.overall(tag)] * decay
    for lane in 0..<4 where overallSum[lane] > 0 { share[lane] = count[lane] / overallSum[lane] }
    return (shares * share).sum()
  }
}
