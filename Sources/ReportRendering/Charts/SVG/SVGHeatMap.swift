internal import HandlingAnalytics

/// Fields in shades of one hue, with the classes below.
struct SVGHeatMap {
  let picture: HeatPicture

  private static let rowHeight = 22.0

  init(_ picture: HeatPicture) {
    self.picture = picture
  }

  var drawing: SVGDrawing {
    let rows = picture.rows.prefix(SVGDrawing.rowLimit)
    let scale = picture.scale(shades: SVGStyle.shades)
    // Names get less room where there are many columns, whose titles need some of their own.
    let room = min(max(SVGDrawing.width - 12.5 * Double(picture.columns.count), 90), 170)
    let rowTitles = rows.map { SVGText.shortened($0, to: room, size: SVGDrawing.labelSize) }
    let columnTitles = picture.columns.map { SVGText.shortened($0, to: 120, size: SVGDrawing.smallSize) }
    let widest = columnTitles.map { SVGText.width($0, size: SVGDrawing.smallSize) }.max() ?? 0
    var left = (rowTitles.map { SVGText.width($0, size: SVGDrawing.labelSize) }.max() ?? 0) + 8
    var cell = (SVGDrawing.width - left) / Double(picture.columns.count)
    // Turned titles end below their column: slanted ones reach to the left; upright ones need less room.
    let turn = picture.isRuled || widest + 6 <= cell ? 0 : cell < 18 ? 90 : 45
    if turn == 45 {
      left = max(left, widest * 0.72 - cell / 2)
      cell = (SVGDrawing.width - left) / Double(picture.columns.count)
    }
    let gap = cell > 8 ? 1.0 : 0

    var drawing = SVGDrawing(title: picture.title)
    let top = 36.0
    for (line, title) in rowTitles.enumerated() {
      let y = top + Double(line) * Self.rowHeight
      drawing.text(title, x: left - 8, y: y + 15.5, .end)
      for (column, figure) in picture.figures[line].enumerated() {
        let value = FigureText.text(figure, of: picture.measure)
        drawing.rectangle(
          x: left + Double(column) * cell, y: y, width: cell - gap, height: Self.rowHeight - 1,
          class: figure.drawn.flatMap { value in scale.map { "c\($0.shade(of: value))" } } ?? "none",
          says: "\(picture.rows[line]), \(picture.columns[column]): \(value)")
      }
    }
    let bottom = top + Double(rows.count) * Self.rowHeight
    drawing.rectangle(
      x: left - 1.5, y: top - 1.5, width: SVGDrawing.width - left + 2, height: bottom - top + 2,
      class: "frame")
    if turn > 0 {
      for (column, title) in columnTitles.enumerated() {
        let x = left + (Double(column) + 0.5) * cell + 4
        drawing.text(title, x: x, y: bottom + (turn == 45 ? 12 : 6), .smallEnd, turned: turn)
      }
      drawing.reach(bottom + 14 + widest * (turn == 45 ? 0.72 : 1))
    } else {
      let step = picture.isRuled ? [1, 2, 3, 4, 6, 12].first { Double($0) * cell > widest + 6 } ?? 24 : 1
      for column in stride(from: 0, to: picture.columns.count, by: step) {
        drawing.text(
          columnTitles[column], x: left + (Double(column) + 0.5) * cell, y: bottom + 14, .smallMiddle)
      }
    }
    let rest = picture.rows.count - rows.count
    if rest > 0 {
      drawing.text("… and \(FigureText.grouped(rest)) more", x: 0, y: drawing.height + 14, .small)
    }
    if let scale { legend(&drawing, scale) }
    drawing.description = description
    return drawing
  }

  /// Each class with where it begins, in as many lines as they need.
  private func legend(_ drawing: inout SVGDrawing, _ scale: HeatScale) {
    let name = picture.measure.isBin ? "n" : picture.measure.name
    var y = drawing.height + 18
    drawing.text(
      picture.measure.unitText.map { "\(name), \($0), from" } ?? "\(name) from", x: 0, y: y, .small)
    y += 8
    var items = scale.lowerEnds.enumerated().map {
      (class: "c\(scale.shade(ofClass: $0))", text: picture.measure.text(at: $1))
    }
    if picture.hasGaps { items.append(("frame", "no value")) }
    let width = (items.map { SVGText.width($0.text, size: SVGDrawing.smallSize) }.max() ?? 0) + 26
    var x = 0.0
    for item in items {
      if x > 0, x + width > SVGDrawing.width { (x, y) = (0, y + 20) }
      drawing.rectangle(x: x + 0.5, y: y + 0.5, width: 14, height: 14, class: item.class)
      drawing.text(item.text, x: x + 19, y: y + 12, .small)
      x += width
    }
  }

  private var description: String {
    var greatest: (title: String, value: Double, figure: HandlingReport.Figure)?
    for (row, figures) in zip(picture.rows, picture.figures) {
      for (column, figure) in zip(picture.columns, figures) {
        if let value = figure.drawn, value > greatest?.value ?? -1 {
          greatest = ("\(row), \(column)", value, figure)
        }
      }
    }
    let size = "\(FigureText.grouped(picture.rows.count)) rows and \(picture.columns.count) columns"
    return size
      + (greatest.map { "; the greatest is \($0.title): \(FigureText.text($0.figure, of: picture.measure))." }
        ?? ".")
  }
}
