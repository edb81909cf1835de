internal import ReportRendering
internal import WrapUpEngine

/// What `wrapup stats` shows when a picture is asked for.
struct StatsPicture {
  /// What a histogram is made of: the ranges and the quantiles marked among them.
  static let histogramMeasures: [Measure] = [.histogram, .quantile(permille: 500), .quantile(permille: 900)]

  private let arguments: Arguments
  private let report: HandlingReport

  init(_ arguments: Arguments, _ report: HandlingReport) {
    self.arguments = arguments
    self.report = report
  }

  /// Prints the picture: a file of its own as SVG, else in the terminal with the notes below.
  func show(as format: ReportFormat) throws {
    do {
      let showsTotal = !arguments.has("--no-total")
      guard format != .svg else { return Terminal.say(try report.svg(showsTotal: showsTotal)) }
      let picture = try report.chart(
        width: Terminal.width, isStyled: Terminal.isStyled, showsTotal: showsTotal)
      let notes = ReportNotes(report).lines.map { Terminal.screen.lines(of: PrintableText.of($0)) }
      Terminal.say(picture + "\n" + notes.joined())
    } catch {
      let message = ChartPhrases.phrase(for: error, of: report.query)
      switch error {
      case .dimensions, .noDimension, .notInAnswer: throw arguments.error(message)
      case .noRows, .rows, .columns: throw Failure(message: message)
      }
    }
  }
}

extension Arguments {
  /// Whether a picture is wanted instead of figures.
  var asksForPicture: Bool { has("--chart") || self["--format"]?.lowercased() == ReportFormat.svg.rawValue }
}
