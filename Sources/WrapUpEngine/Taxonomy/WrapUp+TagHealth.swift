internal import Conversations
internal import SQLiteStore

extension WrapUp {
  /// What is amiss with tags and mapping. Merged tags count as what they have come to; tags that are switched off are left
  /// alone.
  ///
  /// - Complexity: O(conversations), twice.
  public func tagHealth(_ threshold: TagHealth.Threshold = .init()) throws(WrapUpError) -> TagHealth {
    let now = settings.now()
    return try withState { state in
      try state.store.read {
        let states = try TagStates(state.store)
        var use = TagUseCount(states, threshold)
        let closes = TaggedCloses(state.store)
        try closes.forEach(isSorted: false) { use.count(category: $0, tags: $1, endedAt: $2) }
        try closes.forEach(isSorted: false) { _, tags, _ in use.countPairs(tags: tags) }
        let judgement = HealthJudgement(
          use: use, threshold: threshold, tags: try state.names(.tag).names(),
          categories: try state.names(.category).names(), inactive: states.inactive,
          mapped: Set(
            try MappingRepository(state.store).pairs(states)
              .filter { !states.inactive.contains($0.tag) }.map(\.category)),
          // A tag that was added today has had no time to be chosen.
          young: Set(
            try NameEventLog(state.store).events(of: .tag)
              .filter { $0.kind == .added && now - $0.happenedAt < Int64(threshold.idleDays) * 86_400 }
              .map(\.id)))
        var health = TagHealth()
        let pairs = judgement.similarNames + judgement.alwaysTogether
        health.findings =
          pairs + judgement.unused(besides: Set(pairs.compactMap(\.lessUsed))) + judgement.catchAll
          + judgement.unmapped
        health.closes = use.closes
        health.seq = try state.changes.position().seq
        return health
      }
    }
  }
}

/// How often tags were chosen: alone, in each category, and beside each other.
struct TagUseCount {
  private let states: TagStates
  private let threshold: TagHealth.Threshold
  private(set) var closes = 0
  private(set) var lastEnd = Int64.min
  private(set) var ofTag: [Int32: (closes: Int, last: Int64)] = [:]
  private(set) var ofCategory: [Int32: (closes: Int, tags: [Int32: Int])] = [:]
  /// Of two tags, the lesser in the upper half.
  private(set) var ofPair: [UInt64: Int] = [:]

  init(_ states: TagStates, _ threshold: TagHealth.Threshold) {
    (self.states, self.threshold) = (states, threshold)
  }

  mutating func count(category: Int32?, tags: [Int32], endedAt: Int64) {
    closes += 1
    lastEnd = max(lastEnd, endedAt)
    let tags = states.resolved(tags)
    for tag in tags {
      let before = ofTag[tag] ?? (0, .min)
      ofTag[tag] = (before.closes + 1, max(before.last, endedAt))
    }
    guard let category else { return }
    ofCategory[category, default: (0, [:])].closes += 1
    for tag in tags { ofCategory[category]!.tags[tag, default: 0] += 1 }
  }

  /// Once all is counted: of the pairs, those alone that can turn out to be always together.
  mutating func countPairs(tags: [Int32]) {
    let often = states.resolved(tags).filter { ofTag[$0]!.closes >= threshold.closes }.sorted()
    for (place, one) in often.enumerated() {
      let count = Double(ofTag[one]!.closes)
      for other in often[(place + 1)...] {
        let otherCount = Double(ofTag[other]!.closes)
        guard min(count, otherCount) >= threshold.together * max(count, otherCount) else { continue }
        ofPair[UInt64(UInt32(bitPattern: one)) << 32 | UInt64(UInt32(bitPattern: other)), default: 0] += 1
      }
    }
  }
}

/// What the counts say.
private struct HealthJudgement {
  let use: TagUseCount
  let threshold: TagHealth.Threshold
  let tags: [String]
  let categories: [String]
  let inactive: Set<Int32>
  /// Categories with a tag to show.
  let mapped: Set<Int32>
  let young: Set<Int32>

  private var active: [Int32] { tags.indices.map { Int32($0 + 1) }.filter { !inactive.contains($0) } }

  private func use(of tag: Int32) -> TagHealth.TagUse {
    let found = use.ofTag[tag]
    return .init(name: tags[Int(tag) - 1], closes: found?.closes ?? 0, lastUsedAt: found?.last)
  }

  /// Two tags, the less used one first; by name where they are used alike.
  private func pair(_ one: Int32, _ other: Int32) -> (TagHealth.TagUse, TagHealth.TagUse) {
    let (first, second) = (use(of: one), use(of: other))
    if first.closes != second.closes {
      return first.closes < second.closes ? (first, second) : (second, first)
    }
    return NameFold.precedes(second.name, first.name) ? (first, second) : (second, first)
  }

  var similarNames: [TagHealth.Finding] {
    let active = active
    return SimilarNames.pairs(in: active.map { tags[Int($0) - 1] })
      .map { pair(active[$0], active[$1]) }
      .sorted { one, other in
        // The more two names are used, the more there is to gain.
        if one.0.closes != other.0.closes { return one.0.closes > other.0.closes }
        return NameFold.precedes(one.0.name, other.0.name)
      }
      .map { .similarNames($0, $1) }
  }

  var alwaysTogether: [TagHealth.Finding] {
    use.ofPair.compactMap { key, both -> (pair: (TagHealth.TagUse, TagHealth.TagUse), together: Share)? in
      let (one, other) = (Int32(truncatingIfNeeded: key >> 32), Int32(truncatingIfNeeded: key))
      let either = use.ofTag[one]!.closes + use.ofTag[other]!.closes - both
      guard both >= threshold.closes, Double(both) >= threshold.together * Double(either),
        !inactive.contains(one), !inactive.contains(other)
      else { return nil }
      return (pair(one, other), Share(hits: both, n: either))
    }.sorted { one, other in
      if one.together.hits != other.together.hits { return one.together.hits > other.together.hits }
      return (one.pair.0.name, one.pair.1.name) < (other.pair.0.name, other.pair.1.name)
    }.map { .alwaysTogether($0.pair.0, $0.pair.1, together: $0.together) }
  }

  /// - Parameter merging: tags that are to be merged, about which there is nothing else to decide.
  func unused(besides merging: Set<String>) -> [TagHealth.Finding] {
    guard use.closes > 0 else { return [] }
    return active.filter { !young.contains($0) }.map { use(of: $0) }.filter { !merging.contains($0.name) }
      .compactMap {
        tag -> (TagHealth.TagUse, Int?)? in
        guard let last = tag.lastUsedAt else { return (tag, nil) }
        let days = Int((use.lastEnd - last) / 86_400)
        return days >= threshold.idleDays ? (tag, days) : nil
      }.sorted { one, other in
        if one.1 != other.1 { return one.1 == nil ? true : other.1.map { one.1! > $0 } ?? false }
        return NameFold.precedes(one.0.name, other.0.name)
      }.map { .unused($0.0, idleDays: $0.1) }
  }

  var catchAll: [TagHealth.Finding] {
    let telling = use.ofCategory.values.filter { $0.closes >= threshold.closes }
    guard telling.count >= 3 else { return [] }
    return active.compactMap { tag -> (tag: Int32, uses: Share, categories: Share)? in
      let uses = Share(hits: use.ofTag[tag]?.closes ?? 0, n: use.closes)
      guard let share = uses.value, share >= threshold.catchAll else { return nil }
      let inMany = telling.count { Double($0.tags[tag] ?? 0) >= share / 2 * Double($0.closes) }
      guard Double(inMany) >= 0.8 * Double(telling.count) else { return nil }
      return (tag, uses, Share(hits: inMany, n: telling.count))
    }.sorted { ($1.uses.hits, $0.tag) < ($0.uses.hits, $1.tag) }
      .map { .catchAll(tag: tags[Int($0.tag) - 1], uses: $0.uses, categories: $0.categories) }
  }

  var unmapped: [TagHealth.Finding] {
    let open = categories.indices.filter { !categories[$0].isEmpty }.map { Int32($0 + 1) }
      .filter { !mapped.contains($0) }
      .map { (id: $0, name: categories[Int($0) - 1], closes: use.ofCategory[$0]?.closes ?? 0) }
    return open.sorted { ($1.closes, $0.name) < ($0.closes, $1.name) }
      .map { .unmapped(category: $0.name, closes: $0.closes, mostChosen: mostChosen($0.id)) }
  }

  /// The five tags that a category's closes chose most, if at least a twentieth of them did.
  private func mostChosen(_ category: Int32) -> [String] {
    guard let found = use.ofCategory[category] else { return [] }
    return found.tags.filter { !inactive.contains($0.key) && $0.value * 20 >= found.closes }
      .map { (name: tags[Int($0.key) - 1], closes: $0.value) }
      .sorted { ($1.closes, $0.name) < ($0.closes, $1.name) }
      .prefix(5).map(\.name)
  }
}

extension TagHealth.Finding {
  /// The tag of a pair that would be merged into the other.
  fileprivate var lessUsed: String? {
    switch self {
    case .similarNames(let less, _), .alwaysTogether(let less, _, _): less.name
    default: nil
    }
  }
}
