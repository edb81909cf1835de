public import HandlingAnalytics

extension HandlingReport {
  /// The report as a picture of text that ends with a newline: horizontal bars for one dimension, a heat map for
  /// two, a histogram for ranges of values without a dimension.
  ///
  /// - Parameters:
  ///   - measure: what is drawn; `nil` for the first measure that is no count, else the first.
  ///   - width: columns of the terminal; taken as at least 48 and at most 1,000.
  ///   - isStyled: whether a terminal's escape sequences may colour it.
  ///   - showsTotal: whether the total's value is marked.
  /// - Complexity: O(rows).
  public func chart(
    of measure: Measure? = nil, width: Int, isStyled: Bool, showsTotal: Bool = true
  ) throws(ChartFault) -> String {
    let canvas = TextCanvas(width: width, isStyled: isStyled)
    let lines =
      switch try ReportPicture(self, of: measure) {
      case .bars(let picture): TextBars(picture, showsTotal: showsTotal).lines(on: canvas)
      case .heatMap(let picture): TextHeatMap(picture).lines(on: canvas)
      case .histogram(let picture): TextHistogram(picture).lines(on: canvas)
      }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The report as a self-contained SVG picture, chosen like that of
  /// ``chart(of:width:isStyled:showsTotal:)``; buckets of the calendar in their order stand side by side.
  ///
  /// - Parameters:
  ///   - measure: what is drawn; `nil` for the first measure that is no count, else the first.
  ///   - showsTotal: whether the total's value is marked.
  /// - Complexity: O(rows).
  public func svg(of measure: Measure? = nil, showsTotal: Bool = true) throws(ChartFault) -> String {
    let drawing =
      switch try ReportPicture(self, of: measure) {
      case .bars(let picture) where picture.isSequence:
        SVGSequence(picture, showsTotal: showsTotal).drawing
      case .bars(let picture): SVGBars(picture, showsTotal: showsTotal).drawing
      case .heatMap(let picture): SVGHeatMap(picture).drawing
      case .histogram(let picture): SVGHistogram(picture).drawing
      }
    return drawing.document(notes: ReportNotes(self).lines)
  }
}
