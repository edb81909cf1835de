extension ContactTable {
  /// Answers a question for its period and for another, each mean and quantile with its 95% interval.
  package func compare(
    _ query: HandlingQuery, with other: HandlingComparison.Other, _ setting: QuerySetting,
    on runner: SliceRunner
  ) throws(QueryFault) -> HandlingComparison {
    guard let period = query.period else { throw .mistake(.nothingToCompare) }
    var question = query
    question.measures = query.measuresWithIntervals
    question.limit = nil
    var earlier = question
    do throws(PeriodFault) {
      switch other {
      case .previous: earlier.period = try period.previous(in: setting.zone, now: setting.now)
      case .period(let named): earlier.period = named
      }
    } catch {
      throw .mistake(.period(error))
    }
    let report = try report(question, setting, on: runner)
    // The ranges of a histogram suit one period: the other is counted in the same.
    earlier.measures = report.query.measures
    return HandlingComparison(
      report, try self.report(earlier, setting, on: runner), order: query.order, limit: query.limit)
  }
}
