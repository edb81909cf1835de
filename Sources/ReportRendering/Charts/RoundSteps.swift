internal import HandlingAnalytics

/// Steps that people count in, for scales and their classes.
enum RoundSteps {
  /// Up to a day, seconds.
  private static let durations: [Double] = [
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600,
    43_200,
    86_400,
  ]
  /// The same with more between.
  private static let fineDurations: [Double] = [
    1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 60, 90, 120, 180, 240, 300, 360, 480, 600, 900, 1_200, 1_800,
    2_400,
    3_600, 5_400, 7_200, 10_800, 14_400, 18_000, 21_600, 28_800, 43_200, 64_800, 86_400,
  ]

  /// The least such step that is not below `least`.
  ///
  /// - Parameter isFine: takes in steps such as 3 and 8, for values that are written out one by one.
  static func step(atLeast least: Double, for kind: Measure.Kind, isFine: Bool = false) -> Double {
    let factors: [Double] = isFine ? [1, 2, 3, 4, 5, 6, 8] : [1, 2, 5]
    switch kind {
    case .duration:
      let durations = isFine ? fineDurations : durations
      return durations.first { $0 >= least } ?? decimal(atLeast: least / 3600, from: 1, factors) * 3600
    case .count: return decimal(atLeast: least, from: 1, factors)
    case .share: return decimal(atLeast: least, from: 0.001, factors)
    case .number: return decimal(atLeast: least, from: 0.01, factors)
    }
  }

  /// Multiples of a step from 0 to the last that is not above `greatest`: `most` + 1 of them or fewer, and one alone
  /// where there is nothing to measure.
  static func ticks(through greatest: Double, most: Int, for kind: Measure.Kind) -> [Double] {
    guard greatest > 0 else { return [0] }
    let step = step(atLeast: greatest / Double(most), for: kind)
    return (0...most).map { Double($0) * step }.filter { $0 <= greatest }
  }

  /// One of the factors times a power of ten.
  private static func decimal(atLeast least: Double, from unit: Double, _ factors: [Double]) -> Double {
    var unit = unit
    while true {
      for factor in factors where unit * factor >= least { return unit * factor }
      unit *= 10
    }
  }
}
