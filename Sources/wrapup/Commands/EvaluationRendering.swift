internal import Glibc
internal import ReportRendering
internal import WrapUpEngine

/// An evaluation as a table, as Markdown and as JSON.
struct EvaluationRendering {
  let report: EvaluationReport
  let showsCategories: Bool

  private static let titles: [EvaluationReport.Method: String] = [
    .wrapup: "wrapup", .mostUsedInCategory: "most used in category", .mostUsed: "most used",
    .alphabetical: "alphabetical", .random: "random",
  ]

  private var rows: [EvaluationReport.Row] { [report.total] + (showsCategories ? report.categories : []) }

  private var columns: [(title: String, alignment: AlignedTable.Alignment)] {
    (showsCategories ? [("category", .left)] : []) + [("ranked by", .left), ("n", .right)]
      + RankingQuality.Measure.allCases.flatMap { [("\($0.rawValue) %", .right), ("95%", .left)] }
  }

  private var cells: [[String]] {
    rows.enumerated().flatMap { place, row in
      EvaluationReport.Method.allCases.compactMap { method in
        row.qualities[method].map { quality in
          (showsCategories ? [place == 0 ? "*" : row.category ?? "(none)"] : [])
            + [Self.titles[method]!, Phrase.grouped(quality.n)]
            + RankingQuality.Measure.allCases.flatMap { measure in
              quality[measure].map {
                [Self.percent($0.value), "\(Self.percent($0.low))–\(Self.percent($0.high))"]
              } ?? ["", ""]
            }
        }
      }
    }
  }

  /// What the figures rest on.
  private var notes: [String] {
    let judged = report.total.qualities[.wrapup]?.n ?? 0
    return [
      "\(Phrase.count(judged, "conversation")) ranked, \(Phrase.grouped(report.learnt)) learnt; a right tag was in the list of \(Self.percent(judged > 0 ? Double(report.covered) / Double(judged) : 0))%",
      "a ranking took \(Self.microseconds(report.ranking.median)) µs (99 of 100 at most \(Self.microseconds(report.ranking.p99))), learning \(Self.microseconds(report.learning.median)) µs (\(Self.microseconds(report.learning.p99)))",
    ]
  }

  func table(isStyled: Bool) -> String {
    AlignedTable(columns).text(cells.map { AlignedTable.Row($0) }, isStyled: isStyled) + "\n"
      + notes.map { $0 + "\n" }.joined()
  }

  var markdown: String {
    var text = ""
    MarkdownRendering.write(columns, cells) { text += $0 }
    return text + "\n" + notes.joined(separator: "\\\n") + "\n"
  }

  /// Figures of wrapup's lists at the top, those of the others under their names; fractions and microseconds.
  var json: String {
    var members: [(String, String)] = [
      ("protocol", JSONText.string(report.order.rawValue)),
      ("category", JSONText.string(report.isCategoryKnown ? "known" : "unknown")),
    ]
    members += Self.members(report.total.qualities[.wrapup] ?? RankingQuality())
    members.append(("covered", JSONText.number(Double(report.covered))))
    members.append(("learnt", JSONText.number(Double(report.learnt))))
    members.append(("ranking_us", Self.timing(report.ranking)))
    members.append(("learning_us", Self.timing(report.learning)))
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

  private static func timing(_ timing: EvaluationReport.Timing) -> String {
    JSONText.object([
      ("n", JSONText.number(Double(timing.n))), ("median", JSONText.number(timing.median)),
      ("p99", JSONText.number(timing.p99)),
    ])
  }

  private static func percent(_ fraction: Double) -> String { tenths(fraction * 100) }
  private static func microseconds(_ time: Double) -> String { tenths(time) }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(Phrase.grouped(tenths / 10)).\(tenths % 10)"
  }
}
