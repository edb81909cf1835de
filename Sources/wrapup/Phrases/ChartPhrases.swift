internal import ReportRendering
internal import WrapUpEngine

/// Why a report can't be drawn, as sentences that say what can.
enum ChartPhrases {
  static func phrase(for fault: ChartFault, of query: HandlingQuery) -> String {
    switch fault {
    case .dimensions(let count, let limit):
      return
        "a picture shows at most \(limit) dimensions, not \(count); name fewer with --by, or ask for a table"
    case .noDimension:
      return "figures without a dimension make no picture: add --by, or leave --measures out for a histogram"
    case .noRows: return "there is nothing to draw: no contact counts, or none has a handling time"
    case .rows(let count, let limit):
      return "\(Phrase.count(count, "row")) are too many for a picture, which shows \(Phrase.grouped(limit))"
        + " at most; take a coarser dimension, or the first ones with --limit"
    case .columns(let dimension, let count, let limit):
      let turned = query.dimensions.reversed().map(\.rawValue).joined(separator: ",")
      return "\(Phrase.grouped(count)) values of \(dimension.rawValue) don't fit side by side, \(limit) do"
        + "; try --by \(turned), or keep some with a filter"
    case .notInAnswer(let measure): return "\(measure.name) is not among the measures of the answer"
    }
  }
}
