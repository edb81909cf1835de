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
  private let category: Int32?
  private let channel: Int32?
  private let agent: Int32?
  /// What a mapped tag gets of the uniform half; `nil` where none is mapped.
  private let mappedShare: Lanes?
  private let overallSum: Lanes
  // One over what each step divides by.
  private let perOverall: Lanes
  private let perCategory: Lanes
  private let perChannel: Lanes
  private let perAgent: Lanes

  /// - Parameters:
  ///   - shares: what each half-life counts.
  ///   - mappedCount: how many tags are mapped to the category.
  ///   - tagCount: how many tags there are.
  init(
    _ model: UsageModel, _ context: RankingContext, shares: Lanes, mappedCount: Int, tagCount: Int
  ) {
    counts = model.counts
    let (counts, decay) = (model.counts, model.decay)
    self.decay = decay
    self.shares = shares
    category = context.category
    channel = context.channel
    agent = context.agent
    mappedShare = mappedCount > 0 ? Lanes(repeating: 1 / Double(mappedCount)) : nil
    overallSum = counts[UsageKey.overall(0)] * decay
    perOverall = 1 / (overallSum + Lanes(repeating: 0.1 * Double(tagCount)))
    let category = context.category
    func perSum(_ weight: Lanes, _ key: (Int32) -> UInt64?) -> Lanes {
      1 / ((category.flatMap(key).map { counts[$0] * decay } ?? .zero) + weight)
    }
    perCategory = perSum(Self.mappingWeight) { UsageKey.category($0, 0) }
    perChannel = perSum(Self.backOff) { category in
      context.channel.map { UsageKey.channel(category, $0, 0) }
    }
    perAgent = perSum(Self.backOff) { category in
      context.agent.map { UsageKey.agent(category, $0, 0) }
    }
  }

  private func count(_ key: UInt64) -> Lanes { counts[key] * decay }

  /// P_g.
  private func overall(_ tag: Int32) -> Lanes {
    (count(UsageKey.overall(tag)) + Lanes(repeating: 0.1)) * perOverall
  }

  /// P, by half-life.
  func lanes(_ tag: Int32, isMapped: Bool) -> Lanes {
    let overall = overall(tag)
    guard let category else { return overall }
    let prior = mappedShare.map { 0.5 * (isMapped ? $0 : .zero) + 0.5 * overall } ?? overall
    var probability =
      (count(UsageKey.category(category, tag)) + Self.mappingWeight * prior) * perCategory
    if let channel {
      probability =
        (count(UsageKey.channel(category, channel, tag)) + Self.backOff * probability) * perChannel
    }
    if let agent {
      probability =
        (count(UsageKey.agent(category, agent, tag)) + Self.backOff * probability) * perAgent
    }
    return probability
  }

  /// Σ π_h P_h, above 0.
  func probability(_ tag: Int32, isMapped: Bool) -> Double {
    (shares * lanes(tag, isMapped: isMapped)).sum()
  }

  /// How much likelier a tag is beside a chosen one than on its own: Σ π_h (n_ut + 10 P_g) / (n_u + 10) over Σ π_h P_g.
  func lift(_ tag: Int32, beside chosen: Int32) -> Double {
    let overall = overall(tag)
    let together =
      (count(UsageKey.pair(tag, chosen)) + Self.pairWeight * overall)
      / (count(UsageKey.overall(chosen)) + Self.pairWeight)
    return (shares * together).sum() / (shares * overall).sum()
  }

  /// The tag's decayed share among all tags chosen anywhere; 0 before any was.
  func overallShare(_ tag: Int32) -> Double {
    var share = Lanes.zero
    let count = count(UsageKey.overall(tag))
    for lane in 0..<4 where overallSum[lane] > 0 { share[lane] = count[lane] / overallSum[lane] }
    return (shares * share).sum()
  }
}
