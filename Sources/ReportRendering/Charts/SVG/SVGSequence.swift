internal import HandlingAnalytics

/// Buckets of the clock or the calendar in their order, each where its time is: upright bars, and a line where
/// there are too many for bars. What has no time stands apart on the right.
struct SVGSequence {
  private let picture: BarPicture
  private let showsTotal: Bool
  /// The first and the last bucket of the scale.
  private let first: Int
  private let last: Int

  private static let height = 230.0

  init(_ picture: BarPicture, showsTotal: Bool) {
    self.picture = picture
    self.showsTotal = showsTotal
    let ordinals = picture.bars.compactMap(\.ordinal)
    let whole: ClosedRange<Int>? =
      switch picture.dimension {
      case .hour: 0...23
      case .weekday: 1...7
      default: nil
      }
    first = min(ordinals.min() ?? 0, whole?.lowerBound ?? .max)
    last = max(ordinals.max() ?? 0, whole?.upperBound ?? .min)
  }

  /// Buckets that have a place on the scale, and the places that those without take behind a gap.
  private var slots: Int {
    let others = picture.bars.count { $0.ordinal == nil }
    return last - first + 1 + (others > 0 ? others + 1 : 0)
  }

  var drawing: SVGDrawing {
    var drawing = SVGDrawing(title: picture.title)
    drawing.description = SVGBars(picture, showsTotal: showsTotal).description
    let top =
      drawing.caption(
        picture.measure.unitText, total: showsTotal ? picture.text(of: picture.total) : nil,
        isMarked: picture.totalExtent != nil) + 12
    let bottom = top + Self.height
    let ticks = RoundSteps.ticks(through: picture.greatest, most: 5, for: picture.measure.kind)
    let left =
      (ticks.map { SVGText.width(picture.measure.text(at: $0), size: SVGDrawing.smallSize) }.max() ?? 0) + 8
    func y(_ extent: Double) -> Double { bottom - extent * Self.height }
    for tick in ticks {
      let y = y(picture.greatest > 0 ? tick / picture.greatest : 0)
      drawing.line(x1: left, y1: y, x2: SVGDrawing.width, y2: y, class: tick == 0 ? "axis" : "grid")
      drawing.text(picture.measure.text(at: tick), x: left - 8, y: y + 4, .smallEnd)
    }
    let slot = (SVGDrawing.width - left) / Double(slots)
    if slots <= SVGDrawing.rowLimit {
      columns(&drawing, left: left, slot: slot, y: y)
    } else {
      curve(&drawing, left: left, slot: slot, y: y)
    }
    if showsTotal, let total = picture.totalExtent {
      drawing.line(x1: left, y1: y(total), x2: SVGDrawing.width, y2: y(total), class: "mark")
    }
    titles(&drawing, left: left, slot: slot, y: bottom + 17)
    return drawing
  }

  /// Each bar with the slot that it takes.
  private var placed: [(slot: Int, bar: BarPicture.Bar)] {
    var next = last - first + 2
    return picture.bars.map { bar in
      if let ordinal = bar.ordinal { return (ordinal - first, bar) }
      next += 1
      return (next - 1, bar)
    }
  }

  private func columns(_ drawing: inout SVGDrawing, left: Double, slot: Double, y: (Double) -> Double) {
    let width = min(slot * 0.85, 48)
    for (place, bar) in placed {
      let extent = picture.extent(of: bar.figure)
      let text = picture.text(of: bar.figure)
      let x = left + (Double(place) + 0.5) * slot
      if extent > 0 {
        let top = min(y(extent), y(0) - 1)
        drawing.rectangle(
          x: x - width / 2, y: top, width: width, height: y(0) - top, class: "bar",
          says: "\(bar.title): \(text)")
      }
    }
  }

  /// A line through the buckets that are neighbours; a dot where a bucket has none.
  private func curve(_ drawing: inout SVGDrawing, left: Double, slot: Double, y: (Double) -> Double) {
    let points = placed.filter { $0.bar.figure.drawn != nil }
    var curve = ""
    var dots = ""
    for (place, point) in points.enumerated() {
      let followsOne = place > 0 && points[place - 1].slot + 1 == point.slot
      let precedesOne = place + 1 < points.count && points[place + 1].slot == point.slot + 1
      let x = SVGText.number(left + (Double(point.slot) + 0.5) * slot)
      let at = "\(x) \(SVGText.number(y(picture.extent(of: point.bar.figure))))"
      if followsOne || precedesOne {
        curve += (followsOne ? "L" : "M") + at
      } else {
        // A line of no length has round ends all the same.
        dots += "M\(at)h0"
      }
    }
    if !curve.isEmpty { drawing.path(curve, class: "curve") }
    if !dots.isEmpty { drawing.path(dots, class: "curve dot") }
  }

  /// As many titles as can stand side by side, at round places.
  private func titles(_ drawing: inout SVGDrawing, left: Double, slot: Double, y: Double) {
    func title(_ ordinal: Int) -> String {
      picture.dimension.label(at: ordinal).map(picture.dimension.title) ?? ""
    }
    let room = SVGText.width(title(last), size: SVGDrawing.smallSize) + 8
    let step = CalendarSteps.step(atLeast: max(Int((room / slot).rounded(.up)), 1), for: picture.dimension)
    var end = 0.0
    for ordinal in stride(from: CalendarSteps.firstMultiple(of: step, from: first), through: last, by: step) {
      let x = left + (Double(ordinal - first) + 0.5) * slot
      // A title at an end is kept on the sheet, unless it would touch the one before.
      let half = room / 2 - 4
      let at = min(max(x, half), SVGDrawing.width - half)
      guard at - half >= end else { continue }
      drawing.text(title(ordinal), x: at, y: y, .smallMiddle)
      end = at + half + 4
    }
    let texts = picture.bars.map { picture.text(of: $0.figure) }
    let widest = texts.map { SVGText.width($0, size: SVGDrawing.labelSize) }.max() ?? 0
    if step == 1, widest < slot {
      for (place, text) in zip(placed.map(\.slot), texts) {
        drawing.text(text, x: left + (Double(place) + 0.5) * slot, y: y + 18, .middle)
      }
    }
    for (place, bar) in placed where bar.ordinal == nil {
      drawing.text(bar.title, x: left + (Double(place) + 0.5) * slot, y: y, .smallMiddle)
    }
  }
}
