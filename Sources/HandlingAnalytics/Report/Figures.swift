internal import Columnar

/// From what groups have added up to the figures of their rows.
struct Figures {
  let plan: ScanPlan
  let merged: MergedGroups
  let ordered: OrderedFigures
  /// The total row's, of which shares are taken.
  private let wholeContacts: UInt64
  private let wholeSum: UInt64

  /// - Parameter whole: the total row.
  init(plan: ScanPlan, merged: MergedGroups, ordered: OrderedFigures, whole: GroupSums) {
    self.plan = plan
    self.merged = merged
    self.ordered = ordered
    wholeContacts = whole.tallies[0].contacts
    wholeSum = plan.needs.isPerConversation ? whole.conversations[0].sum : whole.tallies[0].sum
  }

  /// The figures of the total row.
  var ofTotal: [HandlingReport.Figure] {
    plan.query.measures.map { figure($0, merged.total, 0, ordered: nil) }
  }

  /// One figure of a merged group.
  func figure(_ measure: Measure, of group: Int) -> HandlingReport.Figure {
    figure(measure, merged.sums, group, ordered: group)
  }

  /// The figures of merged groups that are one row divided by numbers of tags: sums are kept per number and divided
  /// once.
  func ofShares(_ groups: Range<Int>) -> [HandlingReport.Figure] {
    func divided(_ sum: (Int) -> UInt64) -> Double {
      groups.reduce(0) { $0 + Double(sum($1)) / Double(plan.share(of: merged.keys[$1])) }
    }
    let contacts = divided { merged.sums.tallies[$0].contacts }
    let n = divided { UInt64(merged.sums.valueCount(of: $0)) }
    let total = divided { value(of: merged.sums, $0).sum }
    return plan.query.measures.map { measure in
      switch measure {
      case .contacts: .real(contacts)
      case .n: .real(n)
      case .total: .real(total)
      case .mean: n > 0 ? .real(total / n) : .none
      default: .none
      }
    }
  }

  /// What values add up to, of contacts or of conversations.
  private struct Values {
    let n: UInt64
    let missing: UInt64
    let sum: UInt64
    let squares: UInt128
    let min: UInt64
    let max: UInt64
  }

  private func value(of sums: GroupSums, _ group: Int) -> Values {
    if plan.needs.isPerConversation {
      let tally = sums.conversations[group]
      return Values(
        n: tally.n, missing: tally.handled - tally.n, sum: tally.sum, squares: tally.squares, min: tally.min,
        max: tally.max)
    }
    let tally = sums.tallies[group]
    return Values(
      n: tally.n, missing: tally.handled - tally.n, sum: tally.sum, squares: tally.squares,
      min: UInt64(tally.min),
      max: UInt64(tally.max))
  }

  private func figure(_ measure: Measure, _ sums: GroupSums, _ group: Int, ordered place: Int?)
    -> HandlingReport.Figure
  {
    if ordered.hasFigures, let figure = ordered.figure(measure, of: place) { return figure }
    let tally = sums.tallies[group]
    let values = value(of: sums, group)
    switch measure {
    case .contacts: return .whole(Int(tally.contacts))
    case .handled: return .whole(Int(tally.handled))
    case .unhandled: return .whole(Int(tally.contacts - tally.handled))
    case .conversations: return .whole(Int(sums.conversations[group].conversations))
    case .n: return .whole(Int(values.n))
    case .missing: return .whole(Int(values.missing))
    case .total: return .whole(Int(values.sum))
    case .hours: return .real(Double(values.sum) / 3600)
    case .mean: return Self.ratio(values.sum, values.n)
    case .sd: return deviation(values, over: values.n == 0 ? 0 : values.n - 1)
    case .sdPopulation: return deviation(values, over: values.n)
    case .min: return values.n == 0 ? .none : .whole(Int(values.min))
    case .max: return values.n == 0 ? .none : .whole(Int(values.max))
    case .meanInterval(let bound):
      guard
        let interval = ConfidenceInterval.ofMean(n: values.n, sum: values.sum, squares: values.squares)
      else { return .none }
      return .real(bound == .low ? interval.low : interval.high)
    case .within: return Self.ratio(count(of: sums, group, through: UInt64(plan.query.target ?? 0)), values.n)
    case .bin(let from, let through):
      let below = from == 0 ? 0 : count(of: sums, group, through: UInt64(from) - 1)
      let all = count(of: sums, group, through: through == .max ? .max : UInt64(through))
      return .whole(Int(all - min(below, all)))
    case .nConversation: return .whole(Int(sums.conversations[group].n))
    case .meanConversation: return Self.ratio(sums.conversations[group].sum, sums.conversations[group].n)
    case .share: return Self.ratio(values.sum, wholeSum)
    case .shareContacts: return Self.ratio(tally.contacts, wholeContacts)
    case .partCount(let part): return .whole(Int(sums.part(part, of: group).count))
    case .partMean(let part): return Self.mean(sums.part(part, of: group))
    case .nFirstReply: return .whole(Int(sums.replies[group]))
    case .nRating: return .whole(Int(sums.ratings[group].count))
    case .rating: return Self.mean(sums.ratings[group])
    case .nSatisfaction: return .whole(Int(sums.satisfied[group].count))
    case .satisfaction: return Self.mean(sums.satisfied[group])
    case .surveyCount(let survey): return .whole(Int(sums.survey(survey, of: group).count))
    case .surveyMean(let survey): return Self.mean(sums.survey(survey, of: group))
    case .reopens: return .whole(Int(sums.reopens[group]))
    case .engaged: return .whole(Int(ordered.engagedSeconds(of: place)))
    case .concurrency: return Self.ratio(tally.sum, ordered.engagedSeconds(of: place))
    case .quantile, .quantileInterval, .trimmedMean, .firstReplyQuantile, .histogram: return .none
    }
  }

  /// How many values are at or below one of the counted edges.
  private func count(of sums: GroupSums, _ group: Int, through edge: UInt64) -> UInt64 {
    zip(sums.ranges.edges + [.max], sums.ranges.counts(of: group)).reduce(0) { $1.0 <= edge ? $0 + $1.1 : $0 }
  }

  private static func ratio(_ sum: UInt64, _ n: UInt64) -> HandlingReport.Figure {
    n == 0 ? .none : .real(Double(sum) / Double(n))
  }

  private static func mean(_ sum: CountAndSum) -> HandlingReport.Figure { ratio(sum.sum, sum.count) }

  private func deviation(_ values: Values, over divisor: UInt64) -> HandlingReport.Figure {
    ConfidenceInterval.standardDeviation(
      n: values.n, sum: values.sum, squares: values.squares, divisor: divisor
    )
    .map { .real($0) } ?? .none
  }
}

extension GroupSums {
  func part(_ part: Measure.Part, of group: Int) -> CountAndSum {
    needs.parts.firstIndex(of: part).map { parts[$0][group] } ?? CountAndSum()
  }

  func survey(_ survey: Measure.Survey, of group: Int) -> CountAndSum {
    needs.surveys.firstIndex(of: survey).map { surveys[$0][group] } ?? CountAndSum()
  }
}
