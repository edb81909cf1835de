internal import HandlingAnalytics

/// One measure of an answer with one dimension.
struct BarPicture {
  /// One value of the dimension.
  struct Bar {
    let title: String
    let figure: HandlingReport.Figure
    /// Its place on the clock or the calendar; see ``Dimension/ordinal(of:)``.
    let ordinal: Int?
  }

  let measure: Measure
  let dimension: Dimension
  /// In the answer's order.
  let bars: [Bar]
  let total: HandlingReport.Figure
  /// The length of the longest bar; 0 when there is none.
  let greatest: Double
  /// Whether the bars follow one another on the clock or the calendar, so that they can stand side by side in time.
  let isSequence: Bool

  init(_ report: HandlingReport, of measure: Measure) {
    let dimension = report.query.dimensions[0]
    let place = report.query.measures.firstIndex(of: measure) ?? 0
    self.measure = measure
    self.dimension = dimension
    bars = report.rows.map { row in
      Bar(
        title: dimension.title(of: row.labels[0]), figure: row.figures[place],
        ordinal: dimension.ordinal(of: row.labels[0]))
    }
    total = report.total[place]
    greatest = bars.lazy.compactMap(\.figure.drawn).max() ?? 0
    let ordinals = bars.compactMap(\.ordinal)
    isSequence = !ordinals.isEmpty && zip(ordinals, ordinals.dropFirst()).allSatisfy { $0 < $1 }
  }

  var title: String { "\(measure.name) by \(dimension.rawValue)" }

  /// Whether something of the calendar was left out between a bar and the one before, for want of contacts.
  func isAfterGap(_ place: Int) -> Bool {
    guard isSequence, place > 0, let before = bars[place - 1].ordinal, let here = bars[place].ordinal else {
      return false
    }
    return here != before + 1
  }

  /// How far a figure reaches on a scale from 0 to the longest bar's end, 0 to 1.
  func extent(of figure: HandlingReport.Figure) -> Double {
    guard let drawn = figure.drawn, greatest > 0 else { return 0 }
    return Swift.min(drawn / greatest, 1)
  }

  /// Where the total's value lies on that scale; `nil` when it lies beyond, as that of a sum does.
  var totalExtent: Double? {
    guard let drawn = total.drawn, greatest > 0, drawn <= greatest else { return nil }
    return drawn / greatest
  }

  /// A figure as tables show it.
  func text(of figure: HandlingReport.Figure) -> String { FigureText.text(figure, of: measure) }
}
