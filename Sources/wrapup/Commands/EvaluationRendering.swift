internal import ReportRendering
internal import WrapUpEngine

/// An evaluation in each of the forms it can be asked for.
struct EvaluationRendering {
  let report: EvaluationReport
  let showsCategories: Bool

  private static let titles: [EvaluationReport.Method: String] = [
    .wrapup: "wrapup", .mostUsedInCategory: "most used in category", .mostUsed: "most used",
    .alphabetical: "alphabetical", .random: "random",
  ]

  /// The table in a form other than JSON, which has more to say.
  func text(as form: RecordTable.Form, on screen: Screen) -> String {
    if form == .json { return json + "\n" }
    let columns: [RecordTable.Column] =
      (showsCategories ? [.words("category")] : []) + [.words("ranked_by"), .numbers("n")]
      + RankingQuality.Measure.allCases.map { .shares($0.rawValue) }
    let rows =
      [cells(report.total, "*")] + (showsCategories ? report.categories.map { cells($0, $0.category) } : [])
    let table = RecordTable(columns, rows: rows.flatMap(\.self), notes: notes).text(
      as: form, on: screen)
    // A CSV is one table.
    guard form != .csv, let error = report.reliability.expectedCalibrationError else { return table }
    return table + "\n" + reliability(error).text(as: form, on: screen)
  }

  /// Whether the chances of the first five tags held.
  private func reliability(_ error: Double) -> RecordTable {
    let rows = report.reliability.bins.filter { $0.n > 0 }.map { bin -> [RecordTable.Cell] in
      [
        .text(Self.range(bin)), .count(bin.n), .share(bin.expected, low: nil, high: nil),
        .share(bin.observed, low: bin.interval?.lowerBound, high: bin.interval?.upperBound),
      ]
    }
    return RecordTable(
      [.words("chance"), .numbers("n"), .shares("expected"), .shares("chosen")], rows: rows,
      notes: [
        "Chances given to the first five tags of each list; expected calibration error \(FigureText.decimal(error * 100, places: 1))%."
      ])
  }

  private static func range(_ bin: Reliability.Bin) -> String {
    func percent(_ bound: Double) -> String { FigureText.decimal(bound * 100, places: 0) }
    return "\(percent(bin.range.lowerBound)) to \(percent(bin.range.upperBound))%"
  }

  private func cells(_ row: EvaluationReport.Row, _ name: String?) -> [[RecordTable.Cell]] {
    EvaluationReport.Method.allCases.compactMap { method in
      row.qualities[method].map { quality in
        (showsCategories ? [name.map { .text($0) } ?? .missing] : [])
          + [.text(Self.titles[method]!), .count(quality.n)]
          + RankingQuality.Measure.allCases.map { measure in
            let figure = quality[measure]
            return .share(figure?.value, low: figure?.low, high: figure?.high)
          }
      }
    }
  }

  /// What the figures rest on.
  private var notes: [String] {
    guard let judged = report.total.qualities[.wrapup]?.n else {
      return ["No tagged conversation of this store has ended yet: there is nothing to rank."]
    }
    let covered = Double(report.covered) / Double(judged) * 100
    func times(_ timing: EvaluationReport.Timing) -> String {
      "\(FigureText.decimal(timing.median, places: 1)) µs (99 of 100 at most \(FigureText.decimal(timing.p99, places: 1)))"
    }
    return [
      "\(Phrase.count(judged, "conversation")) ranked, \(Phrase.grouped(report.learnt)) learnt; a right tag was in the list of \(FigureText.decimal(covered, places: 1))%. In parentheses: 95% intervals.",
      "A ranking took \(times(report.ranking)), learning \(times(report.learning)).",
    ]
  }

  /// Figures of wrapup's lists at the top, those of the others under their names; fractions and microseconds.
  private var json: String {
    var members: [(String, String)] = [
      ("protocol", JSONText.string(report.order.rawValue)),
      ("category", JSONText.string(report.isCategoryKnown ? "known" : "unknown")),
    ]
    members += Self.members(report.total.qualities[.wrapup] ?? RankingQuality())
    members.append(("covered", JSONText.number(Double(report.covered))))
    members.append(("learnt", JSONText.number(Double(report.learnt))))
    members.append(("ranking_us", Self.timing(report.ranking)))
    members.append(("learning_us", Self.timing(report.learning)))
    members.append(("reliability", Self.reliability(report.reliability)))
    members.append(("baselines", Self.baselines(report.total)))
    if showsCategories {
      members.append(
        (
          "categories",
          JSONText.array(
            report.categories.map { row in
              JSONText.object(
                [("category", row.category.map(JSONText.string) ?? "null")]
                  + Self.members(row.qualities[.wrapup] ?? RankingQuality())
                  + [("baselines", Self.baselines(row))])
            })
        ))
    }
    return JSONText.object(members)
  }

  private static func baselines(_ row: EvaluationReport.Row) -> String {
    JSONText.object(
      EvaluationReport.Method.allCases.dropFirst().compactMap { method in
        row.qualities[method].map {
          (titles[method]!.split(separator: " ").joined(separator: "_"), JSONText.object(members($0)))
        }
      })
  }

  private static func members(_ quality: RankingQuality) -> [(String, String)] {
    let figures = RankingQuality.Measure.allCases.compactMap { measure in
      quality[measure].map { (measure.rawValue, $0) }
    }
    return [("n", JSONText.number(Double(quality.n)))]
      + figures.map { ($0, JSONText.number($1.value)) }
      + figures.map { name, figure in
        ("\(name)_ci95", JSONText.array([JSONText.number(figure.low), JSONText.number(figure.high)]))
      }
  }

  private static func reliability(_ reliability: Reliability) -> String {
    JSONText.object([
      ("n", JSONText.number(Double(reliability.n))),
      ("ece", reliability.expectedCalibrationError.map(JSONText.number) ?? "null"),
      (
        "bins",
        JSONText.array(
          reliability.bins.filter { $0.n > 0 }.map { bin in
            JSONText.object([
              ("from", JSONText.number(bin.range.lowerBound)), ("to", JSONText.number(bin.range.upperBound)),
              ("n", JSONText.number(Double(bin.n))), ("expected", JSONText.number(bin.expected ?? 0)),
              ("chosen", JSONText.number(bin.observed ?? 0)),
            ])
          })
      ),
    ])
  }

  private static func timing(_ timing: EvaluationReport.Timing) -> String {
    JSONText.object([
      ("n", JSONText.number(Double(timing.n))), ("median", JSONText.number(timing.median)),
      ("p99", JSONText.number(timing.p99)),
    ])
  }
}
