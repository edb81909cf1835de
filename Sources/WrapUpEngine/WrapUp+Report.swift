public import HandlingAnalytics

extension WrapUp {
  /// Answers a question about handling times from the columns. The same for any slice count.
  ///
  /// - Throws: ``WrapUpError/unusableDimensions``, ``WrapUpError/unknownZone(name:nearest:)``, ``WrapUpError/tooManyRows(_:)``.
  /// - Complexity: O(contacts) over the columns the question names.
  public func report(_ query: HandlingQuery) throws(WrapUpError) -> HandlingReport {
    guard query.dimensions.count <= HandlingQuery.dimensionLimit,
      Set(query.dimensions).count == query.dimensions.count
    else { throw .unusableDimensions }
    let zone = try Self.zoneRules(query.zone ?? zone)
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    let table = try withState { try $0.columns.current() }
    do {
      return try table.report(query, in: zone, on: runner)
    } catch .tooManyRows(let count) {
      throw .tooManyRows(count)
    } catch {
      // A segment's checksum failed on first touch: the store still has everything.
    }
    let rebuilt = try withState { state in
      try state.columns.rebuild(because: .damaged)
      return try state.columns.current()
    }
    do {
      return try rebuilt.report(query, in: zone, on: runner)
    } catch .tooManyRows(let count) {
      throw .tooManyRows(count)
    } catch {
      throw .storeFailed(path: path, reason: "columns can't be rebuilt")
    }
  }
}
