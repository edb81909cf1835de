internal import HandlingAnalytics

/// How the values of a whole answer are spread over ranges, and where its quantiles lie.
struct HistogramPicture {
  /// One range of values.
  struct Bin {
    /// Seconds, both included; without an upper end, all from there on.
    let from: UInt32
    let through: UInt32?
    let count: HandlingReport.Figure
    let title: String

    /// Both ends: "0:05:00 to 0:05:59".
    var span: String { through.map { "\(title) to \(FigureText.clock(Double($0)))" } ?? title }
  }

  /// A quantile.
  struct Mark {
    let name: String
    /// Seconds.
    let value: Double
    let text: String
  }

  let bins: [Bin]
  /// By value.
  let marks: [Mark]
  let title: String
  let greatest: Double

  init(_ report: HandlingReport, _ measures: [Measure]) {
    let figures = zip(report.query.measures, report.total)
    bins = figures.compactMap { measure, figure in
      guard case .bin(let from, let through) = measure else { return nil }
      return Bin(
        from: from, through: through == .max ? nil : through, count: figure, title: Self.title(of: measure))
    }
    marks = figures.compactMap { measure, figure in
      guard case .quantile(let permille) = measure, let value = figure.drawn else { return nil }
      let name = permille == 500 ? "median" : measure.name
      return Mark(name: name, value: value, text: "\(name) \(FigureText.text(figure, of: measure))")
    }.sorted { $0.value < $1.value }
    title = "n by handling time per \(report.query.unit.rawValue)"
    greatest = bins.lazy.compactMap(\.count.drawn).max() ?? 0
  }

  /// A range by its lower end.
  static func title(of bin: Measure) -> String {
    guard case .bin(let from, let through) = bin else { return bin.name }
    return (through == .max ? "≥ " : "") + FigureText.clock(Double(from))
  }

  /// The range in which a value lies, and how far into it from 0 to below 1; the middle of one without an upper end.
  func place(of value: Double) -> (bin: Int, part: Double) {
    guard let bin = bins.lastIndex(where: { Double($0.from) <= value }) else { return (0, 0) }
    guard let through = bins[bin].through else { return (bin, 0.5) }
    let width = Double(through) - Double(bins[bin].from) + 1
    return (bin, Swift.min((value - Double(bins[bin].from)) / width, 0.999))
  }

  /// The range without an upper end, which has no width on the scale.
  var openBin: Int? { bins.last?.through == nil ? bins.indices.last : nil }
}
