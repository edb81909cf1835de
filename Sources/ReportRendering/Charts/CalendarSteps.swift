internal import HandlingAnalytics

/// Steps along the clock and the calendar at which titles stand: quarters of a day, Mondays, Januaries.
enum CalendarSteps {
  /// The least round number of buckets that is not below `least`.
  static func step(atLeast least: Int, for dimension: Dimension) -> Int {
    let steps: [Int] =
      switch dimension {
      case .hour: [1, 2, 3, 4, 6, 12, 24]
      case .day: [1, 2, 7, 14, 28, 91, 182, 364]
      case .week: [1, 2, 4, 8, 13, 26, 52]
      case .month: [1, 2, 3, 6, 12]
      case .quarter: [1, 2, 4]
      default: [1]
      }
    if let step = steps.first(where: { $0 >= least }) { return step }
    // Beyond a year (a week of days…) whole years are counted like anything else.
    var years = steps[steps.count - 1]
    while years < least { years *= 2 }
    return years
  }

  /// The first bucket from there on that is a multiple of the step.
  static func firstMultiple(of step: Int, from first: Int) -> Int {
    first + ((-first) % step + step) % step
  }
}
