public import HandlingAnalytics

extension HandlingComparison {
  /// The comparison as text that ends with a newline, piece by piece.
  ///
  /// - Parameters:
  ///   - showsTotal: whether the total row comes first.
  ///   - screen: where a table is shown.
  public func write(
    as format: ReportFormat, showsTotal: Bool = true, on screen: Screen = .plain, to write: (String) -> Void
  ) {
    switch format {
    case .csv: writeCSV(showsTotal: showsTotal, to: write)
    case .json: writeJSON(showsTotal: showsTotal, to: write)
    default:
      ComparisonTable(comparison: self, showsTotal: showsTotal).write(
        as: format, on: screen, to: write)
    }
  }

  private var total: Row {
    Row(
      labels: report.query.dimensions.map { _ in .name("*") }, figures: report.total,
      figuresBefore: before.total)
  }

  var allRows: [Row] { [total] + rows }

  /// For each measure its figure, the one before and, but for ends of intervals, the change and its ratio.
  private func writeCSV(showsTotal: Bool, to write: (String) -> Void) {
    var header = report.query.dimensions.map(\.rawValue)
    for measure in measures {
      header += [measure.name, "\(measure.name)_before"]
      if !measure.isBound { header += ["\(measure.name)_change", "\(measure.name)_change_ratio"] }
    }
    write(CSVText.record(header))
    for row in showsTotal ? allRows : rows {
      var fields = row.labels.map(\.exactText)
      for (place, measure) in measures.enumerated() {
        let (now, before) = (row.figures?[place], row.figuresBefore?[place])
        fields += [now?.exactText ?? "", before?.exactText ?? ""]
        if !measure.isBound {
          fields += [
            Self.change(from: before, to: now).exactText,
            Self.changeRatio(from: before, to: now)?.exactText ?? "",
          ]
        }
      }
      write(CSVText.record(fields))
    }
  }

  private func writeJSON(showsTotal: Bool, to write: (String) -> Void) {
    func period(_ report: HandlingReport) -> String {
      JSONText.object([
        ("from", report.periodText.from.map(JSONText.string) ?? "null"),
        ("to", report.periodText.to.map(JSONText.string) ?? "null"),
      ])
    }
    func figures(_ figures: [HandlingReport.Figure]?) -> String {
      figures.map { JSONText.object(report.query.named($0)) } ?? "null"
    }
    func members(_ row: Row) -> [(String, String)] {
      let changes = zip(measures.indices, measures).filter { !$1.isBound }.map { place, measure in
        let change = Self.change(from: row.figuresBefore?[place], to: row.figures?[place])
        return (measure.name, change == .none ? "null" : change.exactText)
      }
      return [
        ("current", figures(row.figures)), ("before", figures(row.figuresBefore)),
        ("change", JSONText.object(changes)),
      ]
    }
    let dimensions = report.query.dimensions
    let objects = rows.map { row in
      JSONText.object(zip(dimensions, row.labels).map { ($0.rawValue, $1.json) } + members(row))
    }
    var all = [
      ("query", report.query.json), ("zone", JSONText.string(report.zone)), ("period", period(report)),
      ("period_before", period(before)), ("seq", "\(report.seq)"), ("row_count", "\(rowCount)"),
    ]
    if showsTotal { all.append(("total", JSONText.object(members(total)))) }
    all.append(("rows", JSONText.array(objects)))
    write(JSONText.object(all) + "\n")
  }
}

extension Measure {
  /// Whether it is an end of an interval, which belongs to another measure.
  var isBound: Bool {
    switch self {
    case .meanInterval, .quantileInterval: true
    default: false
    }
  }
}
