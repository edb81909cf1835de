internal import CivilTime
public import HandlingAnalytics
internal import SQLiteStore

extension WrapUp {
  /// Answers a question about handling times from the columns. The same for any slice count.
  ///
  /// - Throws: ``WrapUpError/question(_:)``, ``WrapUpError/unknownZone(name:nearest:)``, ``WrapUpError/tooManyRows``.
  /// - Complexity: O(contacts) over the columns the question names, in the blocks that its period can touch.
  public func report(_ query: HandlingQuery) throws(WrapUpError) -> HandlingReport {
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    return try ask(query) { query, table, setting throws(QueryFault) in
      try table.report(query, setting, on: runner)
    }
  }

  /// Answers a question for its period and for another, side by side, each mean and quantile with its 95% interval.
  ///
  /// - Throws: as ``report(_:)``; ``QueryMistake/nothingToCompare`` for a question without a period.
  public func compare(_ query: HandlingQuery, with other: HandlingComparison.Other) throws(WrapUpError)
    -> HandlingComparison
  {
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    return try ask(query) { query, table, setting throws(QueryFault) in
      try table.compare(query, with: other, setting, on: runner)
    }
  }

  /// How often something is read that must be of one moment, before giving up on a store whose names never stand still.
  static let attempts = 64

  /// Asks the columns; when they turn out damaged, once more after rebuilding them from the store.
  func ask<Answer>(
    _ asked: HandlingQuery, _ body: (HandlingQuery, ContactTable, QuerySetting) throws(QueryFault) -> Answer
  ) throws(WrapUpError) -> Answer {
    var query = asked
    var setting = QuerySetting(zone: try Self.zoneRules(query.zone ?? zone), now: Instant(settings.now()))
    let visitorLists = query.filter?.visitorLists ?? []
    let (table, merged) = try withState { state in
      for visitors in visitorLists {
        setting.conversationsOfVisitors[visitors] = try state.conversations.keys(ofVisitors: visitors)
      }
      // Another process may change names between one reading and the next.
      for _ in 0..<Self.attempts {
        let seq = try state.changes.position().seq
        let states = query.asOf == .today ? try TagStates(state.store) : TagStates()
        query.filter = try asked.filter.map { try state.currentNames(in: $0, states) }
        let table = try state.columns.current()
        let isOfOneMoment = try table.position.seq == seq || !state.changes.has(.taxonomy, after: seq)
        if isOfOneMoment { return (table, states.merged) }
      }
      throw WrapUpError.storeBusy(path: path)
    }
    do {
      return try body(query, table.merging(merged), setting)
    } catch {
      switch error {
      case .mistake(let mistake): throw .question(mistake)
      case .tooManyRows: throw .tooManyRows
      // A segment's checksum failed on first touch: the store still has everything.
      case .columns: break
      }
    }
    let rebuilt = try withState { state in
      try state.columns.rebuild(because: .damaged)
      return try state.columns.current()
    }
    do {
      return try body(query, rebuilt.merging(merged), setting)
    } catch {
      switch error {
      case .mistake(let mistake): throw .question(mistake)
      case .tooManyRows: throw .tooManyRows
      case .columns: throw .storeFailed(path: path, reason: "columns can't be rebuilt")
      }
    }
  }
}

extension EngineState {
  /// A filter with tags and categories by their names of today: in place of names they have given up, and of tags that
  /// were merged.
  func currentNames(in filter: Filter, _ states: TagStates) throws -> Filter {
    try filter.replacingNames { dimension, name throws(any Error) in
      guard let taxonomy = Taxonomy(dimension), let id = try names(taxonomy.dictionary).id(of: name) else {
        return name
      }
      let current =
        try names(taxonomy.dictionary).name(of: taxonomy == .tag ? states.resolved(id) : id) ?? name
      return dimension.fold(current) == dimension.fold(name) ? name : current
    }
  }
}

extension Taxonomy {
  /// `nil` where names are none that people change.
  fileprivate init?(_ dimension: Dimension) {
    switch dimension {
    case .tag: self = .tag
    case .category: self = .category
    default: return nil
    }
  }
}
