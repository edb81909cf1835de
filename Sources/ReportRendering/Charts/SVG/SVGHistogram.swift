internal import HandlingAnalytics

/// Upright bars over their ranges, with a line at each quantile.
struct SVGHistogram {
  let picture: HistogramPicture

  private static let height = 210.0

  init(_ picture: HistogramPicture) {
    self.picture = picture
  }

  var drawing: SVGDrawing {
    var drawing = SVGDrawing(title: picture.title)
    drawing.description = description
    // Each quantile's title has a line of its own above the bars.
    let top = 40 + Double(picture.marks.count) * 17
    let bottom = top + Self.height
    let ticks = RoundSteps.ticks(through: picture.greatest, most: 5, for: .count)
    let left =
      (ticks.map { SVGText.width(Self.text($0), size: SVGDrawing.smallSize) }.max() ?? 0) + 8
    for tick in ticks {
      let y = bottom - (picture.greatest > 0 ? tick / picture.greatest : 0) * Self.height
      drawing.line(x1: left, y1: y, x2: SVGDrawing.width, y2: y, class: tick == 0 ? "axis" : "grid")
      drawing.text(Self.text(tick), x: left - 8, y: y + 4, .smallEnd)
    }
    let apart = picture.openBin == nil ? 0.0 : 10
    let slot = (SVGDrawing.width - left - apart) / Double(picture.bins.count)
    /// Where a range begins; the one without an upper end stands apart.
    func x(_ bin: Int) -> Double { left + Double(bin) * slot + (bin == picture.openBin ? apart : 0) }

    for (place, bin) in picture.bins.enumerated() {
      guard let count = bin.count.drawn, count > 0, picture.greatest > 0 else { continue }
      let height = max(count / picture.greatest * Self.height, 1)
      drawing.rectangle(
        x: x(place) + 0.5, y: bottom - height, width: slot - 1, height: height, class: "bar",
        says: "\(bin.span): \(FigureText.text(bin.count, of: .n))")
    }
    titles(&drawing, x, slot, y: bottom + 17)
    for (line, mark) in picture.marks.enumerated() {
      let place = picture.place(of: mark.value)
      let at = x(place.bin) + place.part * slot
      let y = 44 + Double(line) * 17
      drawing.line(x1: at, y1: y - 10, x2: at, y2: bottom, class: "mark")
      let fits = at + 6 + SVGText.width(mark.text, size: SVGDrawing.smallSize) < SVGDrawing.width
      drawing.text(mark.text, x: fits ? at + 6 : at - 6, y: y, fits ? .small : .smallEnd)
    }
    return drawing
  }

  /// Where ranges begin: as many as can be told apart, and always the one without an upper end.
  private func titles(_ drawing: inout SVGDrawing, _ x: (Int) -> Double, _ slot: Double, y: Double) {
    func width(_ bin: Int) -> Double { SVGText.width(picture.bins[bin].title, size: SVGDrawing.smallSize) }
    let room = (picture.bins.indices.filter { $0 != picture.openBin }.map(width).max() ?? 0) + 8
    let step = [1, 2, 3, 4, 5, 6, 10, 12].first { Double($0) * slot >= room } ?? 24
    let end = picture.openBin.map { SVGDrawing.width - width($0) - 8 } ?? SVGDrawing.width + room
    for bin in stride(from: 0, to: picture.bins.count, by: step) where bin != picture.openBin {
      // A title stands below the edge at which its range begins.
      let half = width(bin) / 2
      if x(bin) + half < end {
        drawing.text(picture.bins[bin].title, x: max(x(bin), half), y: y, .smallMiddle)
      }
    }
    if let open = picture.openBin {
      drawing.text(picture.bins[open].title, x: SVGDrawing.width, y: y, .smallEnd)
    }
  }

  private static func text(_ count: Double) -> String { Measure.n.text(at: count) }

  private var description: String {
    let fullest = picture.bins.max { ($0.count.drawn ?? -1) < ($1.count.drawn ?? -1) }
    let ranges = "\(picture.bins.count) ranges"
    let most = fullest.map { "; most values are in \($0.span), \(FigureText.text($0.count, of: .n))" } ?? ""
    return ranges + most + picture.marks.map { "; \($0.text)" }.joined() + "."
  }
}
