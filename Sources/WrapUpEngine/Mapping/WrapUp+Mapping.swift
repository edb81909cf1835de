internal import Conversations
internal import SQLiteStore

extension WrapUp {
  /// What the history says of the mapping.
  ///
  /// - Complexity: O(conversations).
  public func reviewMapping(_ threshold: MappingReview.Threshold = .init()) throws(WrapUpError)
    -> MappingReview
  {
    try withState { state in
      try state.store.read {
        var history = LinkHistory()
        let states = try TagStates(state.store)
        try TaggedCloses(state.store).forEach(isSorted: true) {
          history.add(category: $0, tags: states.resolved($1), endedAt: $2)
        }
        return history.review(
          try MappingRepository(state.store).pairs(states), threshold, inactive: states.inactive,
          tags: try state.names(.tag).names(),
          categories: try state.names(.category).names(), seq: try state.changes.position().seq)
      }
    }
  }

  /// Maps tags to a category, so that its dialogs show them first. On disk when this returns.
  ///
  /// - Returns: how many of them were not mapped before.
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``; nothing is mapped then.
  public func map(_ tags: [String], to category: String) throws(WrapUpError) -> Int {
    try changeMapping(tags, category, isMapped: true)
  }

  /// Takes tags out of a category's mapping. On disk when this returns.
  ///
  /// - Returns: how many of them were mapped before.
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``; nothing is changed then.
  public func unmap(_ tags: [String], from category: String) throws(WrapUpError) -> Int {
    try changeMapping(tags, category, isMapped: false)
  }

  private func changeMapping(_ tags: [String], _ category: String, isMapped: Bool) throws(WrapUpError) -> Int
  {
    try withState { state in
      try state.store.write {
        let category = try state.known(category, .category).id
        let (repository, states) = (MappingRepository(state.store), try TagStates(state.store))
        var (events, changed): ([MappingRepository.Event], Int) = ([], 0)
        for tag in tags {
          let tag = states.resolved(try state.known(tag, .tag).id)
          var isChanged = false
          // Tags that were merged into it keep it mapped as long as they are.
          for tag in isMapped ? [tag] : states.all(resolvingTo: tag) {
            let isNew =
              try isMapped
              ? repository.add(category: category, tag: tag) : repository.remove(category: category, tag: tag)
            guard isNew else { continue }
            events.append(.init(category: category, tag: tag, isMapped: isMapped))
            isChanged = true
          }
          changed += isChanged ? 1 : 0
        }
        if !events.isEmpty { try repository.append(events, change: try state.changes.append(.taxonomy)) }
        return changed
      }
    }
  }
}

/// Counts closes by category and tag.
private struct LinkHistory {
  private struct Pair: Hashable {
    let category: Int32
    let tag: Int32
  }

  private struct Use {
    var count = 0
    var last: Int64 = 0
  }

  private static let recentLimit = 100

  private var closes = 0
  private var ofCategory: [Int32: Int] = [:]
  private var ofTag: [Int32: Int] = [:]
  private var ofPair: [Pair: Use] = [:]
  /// The tags of the last closes of each category, a ring.
  private var recent: [Int32: [[Int32]]] = [:]

  mutating func add(category: Int32?, tags: [Int32], endedAt: Int64) {
    closes += 1
    for tag in tags { ofTag[tag, default: 0] += 1 }
    guard let category else { return }
    let place = ofCategory[category, default: 0]
    ofCategory[category] = place + 1
    for tag in tags {
      ofPair[Pair(category: category, tag: tag), default: Use()].count += 1
      ofPair[Pair(category: category, tag: tag)]!.last = endedAt
    }
    if place < Self.recentLimit {
      recent[category, default: []].append(tags)
    } else {
      recent[category]![place % Self.recentLimit] = tags
    }
  }

  func review(
    _ mapping: [(category: Int32, tag: Int32)], _ threshold: MappingReview.Threshold, inactive: Set<Int32>,
    tags: [String], categories: [String], seq: Int64
  ) -> MappingReview {
    func link(_ pair: Pair) -> MappingReview.Link {
      let use = ofPair[pair]
      let uses = Share(hits: use?.count ?? 0, n: ofCategory[pair.category] ?? 0)
      let overall = Double(ofTag[pair.tag] ?? 0) / Double(max(closes, 1))
      let recent = recent[pair.category] ?? []
      return MappingReview.Link(
        category: categories[Int(pair.category) - 1], tag: tags[Int(pair.tag) - 1], uses: uses,
        lift: overall > 0 ? uses.value.map { $0 / overall } : nil,
        recentUses: .init(hits: recent.count { $0.contains(pair.tag) }, n: recent.count),
        lastUsedAt: use?.last)
    }
    let mapped = Set(mapping.map { Pair(category: $0.category, tag: $0.tag) })
    var review = MappingReview()
    (review.closes, review.seq) = (closes, seq)
    review.missing = ofPair.keys.filter { !mapped.contains($0) && !inactive.contains($0.tag) }.compactMap {
      pair in
      let found = link(pair)
      guard found.uses.hits >= threshold.uses, let share = found.uses.value, share >= threshold.share,
        let low = found.uses.interval?.lowerBound
      else { return nil }
      let overall = Double(ofTag[pair.tag] ?? 0) / Double(closes)
      return low > overall || share > 0.5 ? found : nil
    }.sorted { Self.precedes($0, $1, by: \.uses.hits) }
    review.unused = mapped.filter { ofPair[$0] == nil && ofCategory[$0.category] != nil }.map(link)
      .sorted { Self.precedes($0, $1, by: \.uses.n) }
    return review
  }

  /// Greatest first; ties by names.
  private static func precedes(
    _ one: MappingReview.Link, _ other: MappingReview.Link, by count: (MappingReview.Link) -> Int
  ) -> Bool {
    if count(one) != count(other) { return count(one) > count(other) }
    return (one.category, one.tag) < (other.category, other.tag)
  }
}
