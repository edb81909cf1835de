internal import CivilTime
public import HandlingAnalytics
internal import SQLiteStore

extension WrapUp {
  /// Answers a question as ``report(_:)`` does, and says how the answer came about.
  ///
  /// - Parameter showsTotal: whether the SQL gives the total row.
  /// - Throws: as ``report(_:)``.
  /// - Complexity: that of the report, and O(names) for the order of agents and groups.
  public func explain(_ query: HandlingQuery, showsTotal: Bool = true) throws(WrapUpError) -> Explanation {
    let runner = WorkerThreads.runner(sliceCount: settings.sliceCount)
    return try ask(query) { query, table, setting throws(QueryFault) in
      let report = try table.report(query, setting, on: runner)
      // Ranges in place of a histogram are columns like others.
      let question = Question(report.query, table, setting, runner)
      return Explanation(
        report: report, statement: try question.statement(report.limits, showsTotal: showsTotal))
    }
  }
}

/// What decides whether a question has a form in SQL.
private struct Question {
  let query: HandlingQuery
  let table: ContactTable
  let setting: QuerySetting
  let runner: SliceRunner
  /// Of the dimensions whose names the store keeps no fold of.
  let folds: [Dimension: SQLFolds]

  init(_ query: HandlingQuery, _ table: ContactTable, _ setting: QuerySetting, _ runner: SliceRunner) {
    self.query = query
    self.table = table
    self.setting = setting
    self.runner = runner
    var folds: [Dimension: SQLFolds] = [:]
    for dimension in query.dimensions {
      switch dimension {
      case .agent: folds[dimension] = SQLFolds(.agent, table.names[.agent])
      case .group: folds[dimension] = SQLFolds(.group, table.names[.group])
      default: break
      }
    }
    self.folds = folds
  }

  func statement(_ limits: PeriodLimits?, showsTotal: Bool) throws(QueryFault) -> Explanation.Statement {
    let hasSmallSquares = try hasSmallSquares()
    if let obstacle = obstacle(hasSmallSquares: hasSmallSquares) { return .notOffered(obstacle) }
    let instants: ClosedRange<Int64>?
    do throws(ColumnsFault) {
      instants = try table.instants(of: query.attribution)
    } catch {
      throw .columns(error)
    }
    let words = QuestionSQL.Setting(
      zone: setting.zone, now: setting.now, instants: instants.flatMap { limits?.clamping($0) ?? $0 },
      hasSmallSquares: hasSmallSquares,
      folds: folds.filter { !$0.value.isTooLong }, mergesTags: table.mergedTagCount > 0)
    do throws(PeriodFault) {
      guard let sql = try QuestionSQL(query, limits, words, showsTotal: showsTotal) else {
        return .notOffered(.noColumns)
      }
      return .sql(sql.text)
    } catch {
      throw .mistake(.period(error))
    }
  }

  private func obstacle(hasSmallSquares: Bool) -> Explanation.Obstacle? {
    if query.dimensions.isEmpty, query.measures.isEmpty { return .noColumns }
    for measure in query.measures {
      switch measure {
      case .meanInterval, .quantileInterval: return .intervals
      default: continue
      }
    }
    if let filter = query.filter, filter.nesting > SQLFilter.nestingLimit { return .nesting }
    guard query.limit != nil else { return nil }
    if case .measure(let measure)? = query.order?.key {
      if query.countsShares { return .roundedOrder(measure) }
      if measure == .sd || measure == .sdPopulation, !hasSmallSquares { return .roundedOrder(measure) }
    }
    return query.dimensions.first { folds[$0]?.isTooLong == true }.map { .alphabet($0) }
  }

  /// Whether in no group n times the sum of the squared deviations from the mean leaves SQLite's whole numbers.
  ///
  /// A contact's value is among the total's too, about whose mean the sum is no less; taking deviations from a whole
  /// number below the mean adds at most 1 for each value. A conversation's value can be a part of what it is in the
  /// total, or have one only in the group: all there is to say is that the values together are at most all contacts'.
  private func hasSmallSquares() throws(QueryFault) -> Bool {
    guard query.measures.contains(where: { $0 == .sd || $0 == .sdPopulation }) else { return true }
    var whole = query
    whole.dimensions = []
    whole.measures = query.unit == .contact ? [.n, .sdPopulation] : [.conversations, .total]
    whole.unit = .contact
    whole.order = nil
    whole.limit = nil
    let figures = try table.report(whole, setting, on: runner).total
    guard let n = figures[0].number, let size = figures[1].number else { return true }
    let bound = query.unit == .contact ? n * n * (size * size + 1) : n * size * size
    return bound < 0x1p62
  }
}

extension PeriodLimits {
  /// The part of a range that lies inside; `nil` when none does.
  fileprivate func clamping(_ range: ClosedRange<Int64>) -> ClosedRange<Int64>? {
    let first = max(range.lowerBound, from ?? .min)
    let last = min(range.upperBound, to.map { $0 - 1 } ?? .max)
    return first <= last ? first...last : nil
  }
}
