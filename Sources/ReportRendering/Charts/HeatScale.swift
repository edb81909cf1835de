internal import HandlingAnalytics

/// The classes of a heat map: ranges of equal, round width, each with its shade.
struct HeatScale {
  /// Where each class begins, ascending; the last has no end.
  let lowerEnds: [Double]
  /// How many shades there are, light to dark.
  let shades: Int

  /// A scale over values; `nil` without any. Sums start at 0, averages at the least. Values beyond Tukey's
  /// outer fence (the upper quartile plus three times the distance of the quartiles, of what is above 0) fall into
  /// the last class whatever their size, so that an odd field does not bleach all others.
  init?(_ values: [Double], of measure: Measure, shades: Int) {
    let sorted = values.sorted()
    guard let least = sorted.first, var greatest = sorted.last else { return nil }
    let positive = sorted.drop { $0 == 0 }
    if positive.count >= 8 {
      let lower = positive[positive.startIndex + positive.count / 4]
      let upper = positive[positive.startIndex + positive.count * 3 / 4]
      if upper > lower { greatest = min(greatest, upper + 3 * (upper - lower)) }
    }
    let start = measure.isSum ? 0 : least
    var step = RoundSteps.step(atLeast: (greatest - start) / Double(shades), for: measure.kind, isFine: true)
    var first = (start / step).rounded(.down) * step
    while first + step * Double(shades) < greatest {
      step = RoundSteps.step(atLeast: step * 1.01, for: measure.kind, isFine: true)
      first = (start / step).rounded(.down) * step
    }
    let others = (1..<shades).map { first + Double($0) * step }.filter { $0 > first && $0 < greatest }
    lowerEnds = [first] + others
    self.shades = shades
  }

  /// The shade of a value; the classes spread over all there are, so that the ends are always used.
  func shade(of value: Double) -> Int {
    shade(ofClass: (lowerEnds.lastIndex { $0 <= value } ?? 0))
  }

  /// The shade of a class.
  func shade(ofClass place: Int) -> Int {
    lowerEnds.count == 1 ? shades / 2 : place * (shades - 1) / (lowerEnds.count - 1)
  }
}
