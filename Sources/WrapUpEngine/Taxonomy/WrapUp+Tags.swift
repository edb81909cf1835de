internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

extension WrapUp {
  /// Switches tags off, so that nobody is to choose them any more, or on again. What they were given to keeps them, and
  /// they stay in statistics. On disk when this returns.
  ///
  /// - Returns: the names of those that were switched.
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``, ``WrapUpError/tagMerged(name:into:)``; nothing is
  ///   switched then.
  public func switchTags(_ names: [String], on isOn: Bool) throws(WrapUpError) -> [String] {
    try changeTaxonomy { state in
      let states = TagStateRepository(state.store)
      var (switched, events): ([String], [NameEvent]) = ([], [])
      for name in names {
        let (id, name) = try state.known(name, .tag)
        let before = try states.state(of: id)
        if before.target != nil { throw try state.isMerged(id, name) }
        guard before.isOn != isOn else { continue }
        try states.setOn(isOn, id)
        switched.append(name)
        events.append(NameEvent(.tag, id, isOn ? .switchedOn : .switchedOff))
      }
      return (switched, events)
    }.result
  }

  /// Merges tags into another: they count as it from now on, in statistics of the past too, in mappings and in what is
  /// learnt. What they were given to keeps them, so that a merge can be undone. On disk when this returns.
  ///
  /// - Returns: the names of those that were merged, and of what they were merged into.
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``, ``WrapUpError/tagMerged(name:into:)`` of one that is
  ///   merged already, ``WrapUpError/mergedIntoItself(name:)``; nothing is merged then.
  public func merge(_ names: [String], into target: String) throws(WrapUpError) -> (
    merged: [String], into: String
  ) {
    try changeTaxonomy { state in
      let states = TagStateRepository(state.store)
      let (targetID, targetName) = try state.known(target, .tag)
      if try states.state(of: targetID).target != nil { throw try state.isMerged(targetID, targetName) }
      var (merged, events): ([String], [NameEvent]) = ([], [])
      for name in names {
        let (id, name) = try state.known(name, .tag)
        if id == targetID { throw WrapUpError.mergedIntoItself(name: name) }
        if let known = try states.state(of: id).target {
          // Named twice in one request.
          if known == targetID, merged.contains(name) { continue }
          throw try state.isMerged(id, name)
        }
        try states.setTarget(targetID, of: id)
        merged.append(name)
        events.append(NameEvent(.tag, id, .merged, target: targetID))
      }
      return ((merged, targetName), events)
    }.result
  }

  /// All tags, by name. O(contacts), as a report by tag.
  public func tags() throws(WrapUpError) -> [TagDetails] {
    try listed(.tag) { state, names, counts in
      let (states, categories) = (try TagStates(state.store), try state.names(.category).names())
      var mapped: [Int32: [String]] = [:]
      for (category, tag) in try MappingRepository(state.store).pairs() {
        mapped[tag, default: []].append(categories[Int(category) - 1])
      }
      return names.indices.filter { !names[$0].isEmpty }.map { place in
        let id = Int32(place + 1)
        return TagDetails(
          name: names[place], isOn: !states.switchedOff.contains(id),
          mergedInto: states.merged[id].map { names[Int($0) - 1] },
          categories: (mapped[id] ?? []).sorted(by: NameFold.precedes),
          conversations: counts[names[place]] ?? 0)
      }.sorted { NameFold.precedes($0.name, $1.name) }
    }
  }

  /// All categories, by name. O(contacts), as a report by category.
  public func categories() throws(WrapUpError) -> [CategoryDetails] {
    try listed(.category) { state, names, counts in
      let (states, tags) = (try TagStates(state.store), try state.names(.tag).names())
      var mapped: [Int32: Set<Int32>] = [:]
      for (category, tag) in try MappingRepository(state.store).pairs() {
        mapped[category, default: []].insert(states.resolved(tag))
      }
      return names.indices.filter { !names[$0].isEmpty }.map { place in
        CategoryDetails(
          name: names[place],
          tags: (mapped[Int32(place + 1)] ?? []).map { tags[Int($0) - 1] }.sorted(by: NameFold.precedes),
          conversations: counts[names[place]] ?? 0)
      }.sorted { NameFold.precedes($0.name, $1.name) }
    }
  }

  /// Runs `body` on the names of a taxonomy and on how many conversations there are of each, whatever their state and
  /// whoever had them.
  private func listed<Details>(
    _ taxonomy: Taxonomy,
    _ body: (EngineState, _ names: [String], _ conversations: [String: Int]) throws -> [Details]
  ) throws(WrapUpError) -> [Details] {
    var query = HandlingQuery(by: [taxonomy == .tag ? .tag : .category], measures: [.conversations])
    (query.includesOpen, query.includesBots, query.asOf) = (true, true, .tagged)
    for _ in 0..<Self.attempts {
      let report = try report(query)
      var counts: [String: Int] = [:]
      for row in report.rows {
        if case .name(let name) = row.labels[0], case .whole(let count) = row.figures[0] {
          counts[name] = count
        }
      }
      let found: [Details]? = try withState { state in
        try state.store.read {
          // Counted under names that another process has changed since.
          if try state.changes.has(.taxonomy, after: report.seq) { return nil }
          return try body(state, try state.names(taxonomy.dictionary).names(), counts)
        }
      }
      if let found { return found }
    }
    throw .storeBusy(path: path)
  }
}

extension EngineState {
  /// What to say of a merged tag that can't be treated as one of its own.
  fileprivate func isMerged(_ tag: Int32, _ name: String) throws -> WrapUpError {
    let target = try TagStates(store).resolved(tag)
    return .tagMerged(name: name, into: try names(.tag).name(of: target) ?? "")
  }
}
