internal import HandlingAnalytics

/// Horizontal bars: names on the left, values on the right, round numbers as grid.
struct SVGBars {
  let picture: BarPicture
  let showsTotal: Bool

  private static let rowHeight = 25.0
  private static let thickness = 17.0

  init(_ picture: BarPicture, showsTotal: Bool) {
    self.picture = picture
    self.showsTotal = showsTotal
  }

  var drawing: SVGDrawing {
    let bars = picture.bars.prefix(SVGDrawing.rowLimit)
    let titles = bars.map { SVGText.shortened($0.title, to: 210, size: SVGDrawing.labelSize) }
    let values = bars.map { picture.text(of: $0.figure) }
    let left = (titles.map { SVGText.width($0, size: SVGDrawing.labelSize) }.max() ?? 0) + 8
    let right =
      SVGDrawing.width - (values.map { SVGText.width($0, size: SVGDrawing.labelSize) }.max() ?? 0) - 10
    let extent = max(right - left, 20)

    var drawing = SVGDrawing(title: picture.title)
    drawing.description = description
    let top = drawing.caption(
      picture.measure.unitText, total: showsTotal ? picture.text(of: picture.total) : nil,
      isMarked: picture.totalExtent != nil)
    let bottom = top + Double(bars.count) * Self.rowHeight
    grid(&drawing, left: left, extent: extent, top: top, bottom: bottom)
    for (place, bar) in bars.enumerated() {
      let y = top + Double(place) * Self.rowHeight + (Self.rowHeight - Self.thickness) / 2
      drawing.text(titles[place], x: left - 8, y: y + 13, .end)
      let length = picture.extent(of: bar.figure) * extent
      if length > 0 {
        drawing.rectangle(
          x: left, y: y, width: max(length, 1), height: Self.thickness, class: "bar",
          says: "\(bar.title): \(values[place])")
      }
      drawing.text(values[place], x: SVGDrawing.width, y: y + 13, .value)
    }
    if showsTotal, let total = picture.totalExtent {
      let x = left + total * extent
      drawing.line(x1: x, y1: top - 4, x2: x, y2: bottom + 4, class: "mark")
    }
    drawing.line(x1: left, y1: top - 4, x2: left, y2: bottom + 4, class: "axis")
    let rest = picture.bars.count - bars.count
    if rest > 0 { drawing.text("… and \(FigureText.grouped(rest)) more", x: 0, y: bottom + 36, .small) }
    return drawing
  }

  private func grid(_ drawing: inout SVGDrawing, left: Double, extent: Double, top: Double, bottom: Double) {
    let measure = picture.measure
    let room = SVGText.width(measure.text(at: picture.greatest), size: SVGDrawing.smallSize) + 16
    let ticks = RoundSteps.ticks(
      through: picture.greatest, most: min(max(Int(extent / room), 1), 6), for: measure.kind)
    for tick in ticks {
      let x = left + (picture.greatest > 0 ? tick / picture.greatest : 0) * extent
      drawing.line(x1: x, y1: top - 4, x2: x, y2: bottom + 4, class: "grid")
      drawing.text(measure.text(at: tick), x: x, y: bottom + 18, .smallMiddle)
    }
  }

  /// What is to be seen, in a sentence.
  var description: String {
    let longest = picture.bars.max { ($0.figure.drawn ?? -1) < ($1.figure.drawn ?? -1) }
    let count = "\(FigureText.grouped(picture.bars.count)) values of \(picture.dimension.rawValue)"
    let greatest = longest.map { "; the greatest is \($0.title), \(picture.text(of: $0.figure))" } ?? ""
    return "\(count)\(greatest); all together: \(picture.text(of: picture.total))."
  }
}
