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
    return try ask(query) { table, setting throws(QueryFault) in try table.report(query, setting, on: runner)
    }
  }

  /// Answers a question for its period and for another, side by side, each mean and quantile with its 95% interval.
  ///
  /// - Throws: as ``report(_:)``; ``QueryMistake/nothingToCompare`` for a question without a period.
  public func compare(_ query: HandlingQuery, with other: HandlingComparison.Other) throws(WrapUpError)
    -> HandlingComparison
  {
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    return try ask(query) { table, setting throws(QueryFault) in
      try table.compare(query, with: other, setting, on: runner)
    }
  }

  /// Asks the columns; when they turn out damaged, once more after rebuilding them from the store.
  func ask<Answer>(
    _ query: HandlingQuery, _ body: (ContactTable, QuerySetting) throws(QueryFault) -> Answer
  ) throws(WrapUpError) -> Answer {
    var setting = QuerySetting(zone: try Self.zoneRules(query.zone ?? zone), now: Instant(settings.now()))
    let visitorLists = query.filter?.visitorLists ?? []
    let (table, conversations) = try withState { state in
      var conversations: [[String]: Set<Int64>] = [:]
      for visitors in visitorLists {
        conversations[visitors] = try state.conversations.keys(ofVisitors: visitors)
      }
      return (try state.columns.current(), conversations)
    }
    setting.conversationsOfVisitors = conversations
    do {
      return try body(table, setting)
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
      return try body(rebuilt, setting)
    } catch {
      switch error {
      case .mistake(let mistake): throw .question(mistake)
      case .tooManyRows: throw .tooManyRows
      case .columns: throw .storeFailed(path: path, reason: "columns can't be rebuilt")
      }
    }
  }
}
