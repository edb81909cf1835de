internal import HandlingAnalytics

/// One measure of an answer with two dimensions, or the ranges of values of one with a single dimension.
struct HeatPicture {
  /// The values of the first dimension.
  let rows: [String]
  /// The values of the second.
  let columns: [String]
  /// Whether the columns follow one another without a gap, so that not every one needs its title.
  let isRuled: Bool
  /// A figure for each row and column.
  let figures: [[HandlingReport.Figure]]
  let measure: Measure
  let title: String

  /// The most columns that fit side by side.
  static let columnLimit = 40

  /// Of weekdays and hours the hours go across, however they were asked for.
  init(_ report: HandlingReport, of measure: Measure) throws(ChartFault) {
    let dimensions = report.query.dimensions
    let place = report.query.measures.firstIndex(of: measure) ?? 0
    let isTurned = dimensions == [.hour, .weekday]
    let (down, across) = isTurned ? (1, 0) : (0, 1)
    let rowLabels = Self.axis(
      report.rows.map { $0.labels[down] }, dimensions[down], isComplete: dimensions[down].isNumeric)
    let columnLabels = Self.axis(
      Self.ordered(report.rows.map { $0.labels[across] }), dimensions[across], isComplete: true)
    guard columnLabels.count <= Self.columnLimit else {
      throw .columns(dimensions[across], count: columnLabels.count, limit: Self.columnLimit)
    }
    // Where the answer has no row there was nothing to count, unless rows were cut off.
    let absent: HandlingReport.Figure =
      measure.isSum && report.rows.count == report.rowCount ? .whole(0) : .none
    var figures = [[HandlingReport.Figure]](
      repeating: Array(repeating: absent, count: columnLabels.count), count: rowLabels.count)
    let rowPlaces = Self.places(rowLabels)
    let columnPlaces = Self.places(columnLabels)
    for row in report.rows {
      guard let line = rowPlaces[row.labels[down]], let column = columnPlaces[row.labels[across]] else {
        continue
      }
      figures[line][column] = row.figures[place]
    }
    self.figures = figures
    self.measure = measure
    rows = rowLabels.map(dimensions[down].title)
    columns = columnLabels.map(dimensions[across].title)
    let ordinals = columnLabels.compactMap(dimensions[across].ordinal)
    isRuled = !ordinals.isEmpty && zip(ordinals, ordinals.dropFirst()).allSatisfy { $0 + 1 == $1 }
    title = "\(measure.name) by \(dimensions[down].rawValue) and \(dimensions[across].rawValue)"
  }

  /// How the values of each row of an answer are spread.
  init(_ report: HandlingReport, bins: [Measure]) {
    let dimension = report.query.dimensions[0]
    rows = report.rows.map { dimension.title(of: $0.labels[0]) }
    columns = bins.map(HistogramPicture.title)
    isRuled = true
    figures = report.rows.map(\.figures)
    measure = bins[0]
    title = "n by \(dimension.rawValue) and handling time"
  }

  /// Whether some pairs of values have no figure.
  var hasGaps: Bool { figures.joined().contains { $0.drawn == nil } }

  /// The figures' range in classes, for so many shades.
  func scale(shades: Int) -> HeatScale? {
    HeatScale(figures.joined().compactMap(\.drawn), of: measure, shades: shades)
  }

  /// The labels that stand along one side, each once; hours and weekdays are always all there, other buckets of the
  /// calendar where a complete side is wanted and fits.
  private static func axis(
    _ labels: [HandlingReport.Label], _ dimension: Dimension, isComplete: Bool
  ) -> [HandlingReport.Label] {
    var seen = Set<HandlingReport.Label>()
    let distinct = labels.filter { seen.insert($0).inserted }
    let ordinals = distinct.compactMap(dimension.ordinal)
    guard isComplete, var first = ordinals.min(), var last = ordinals.max() else { return distinct }
    if dimension == .hour { (first, last) = (min(first, 0), max(last, 23)) }
    if dimension == .weekday { (first, last) = (min(first, 1), max(last, 7)) }
    let others = distinct.filter { dimension.ordinal(of: $0) == nil }
    guard last - first < columnLimit - others.count else { return distinct }
    return (first...last).compactMap(dimension.label) + others
  }

  private static func ordered(_ labels: [HandlingReport.Label]) -> [HandlingReport.Label] {
    let distinct = Array(Set(labels))
    let ranks = LabelOrder.ranks(of: distinct)
    return distinct.indices.sorted { ranks[$0] < ranks[$1] }.map { distinct[$0] }
  }

  private static func places(_ labels: [HandlingReport.Label]) -> [HandlingReport.Label: Int] {
    Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
  }
}
