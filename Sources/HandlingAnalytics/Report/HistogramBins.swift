/// The ranges of a histogram of durations.
enum HistogramBins {
  /// Widths that people read at a glance, seconds: up to a minute, an hour, a day, and beyond.
  private static let widths: [UInt32] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
    604_800, 2_592_000, 31_536_000,
  ]
  /// The most ranges of one width; what lies above them has one of its own.
  private static let most = 24

  /// Ranges of the least such width with which ``most`` of them reach the 95th percentile, and one for the rest up to
  /// the greatest value. None without values.
  static func bins(p95: Double?, max: Double?) -> [Measure] {
    guard let p95, let max else { return [] }
    let width = widths.first { Double($0) * Double(most) > p95 } ?? widths[widths.count - 1]
    let count = Swift.min(UInt32(p95 / Double(width)) + 1, UInt32(most))
    var bins: [Measure] = []
    for place in 0..<count { bins.append(.bin(from: place * width, through: (place + 1) * width - 1)) }
    if max >= Double(count * width) { bins.append(.bin(from: count * width, through: .max)) }
    return bins
  }
}
