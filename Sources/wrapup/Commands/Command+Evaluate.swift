internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let evaluate = Command(
    name: "evaluate", summary: "how well tags would have been ranked, measured on closed conversations",
    operands: "FILE", operandCount: 1...1,
    options: [
      Option(name: "--mapping", value: "FILE", summary: "a CSV with the columns category and tag"),
      Option(
        name: "--protocol", value: "ORDER",
        summary: "prequential (default: rank each, then learn it) or split (learn train, rank test)"),
      Option(
        name: "--category", value: "HOW",
        summary: "known (default: its mapped tags are ranked) or unknown (all tags, by the text alone)"),
      Option(name: "--by", value: "DIMENSION", summary: "category: a row for each besides the whole"),
      Option(name: "--format", value: "FORMAT", summary: "table (default), csv, json or markdown"),
    ],
    examples: [
      (
        "wrapup evaluate closes.jsonl --mapping mapping.csv",
        "each close ranked by what was known before it"
      ),
      (
        "wrapup evaluate closes.jsonl --mapping mapping.csv --protocol split --format json",
        "lines with \"split\": \"train\" are learnt, then those with \"test\" ranked"
      ),
    ],
    notes: [
      """
      FILE is JSON Lines, one closed conversation a line, in the order in which they are learnt; - is standard input:
        {"category":"Delivery","tags":["Refund"],"text":"where is my parcel?","endedAt":"2016-02-29T14:05:00Z"}
        Keys: tags (a list, or one text with ; between), text, category, channel, agent, endedAt, startedAt, split.
      """,
      """
      FIGURES  hit1, hit3, hit5: one of the first 1, 3, 5 tags is right; mrr: one over the place of the first right tag;
        ndcg5: discounted gain among the first five, each right tag 1. Intervals hold in 95 of 100 samples.
      """,
      """
      This ranks by text, mapping and use; 'wrapup recommend' ranks by mapping and use alone so far.
      """,
    ],
    run: runEvaluate)

  private enum Knowledge: String, CaseIterable { case known, unknown }

  private static func runEvaluate(_ arguments: Arguments) throws {
    let order: EvaluationReport.Order = try arguments.choice("--protocol", default: .prequential)
    let knowledge: Knowledge = try arguments.choice("--category", default: .known)
    let form: RecordTable.Form = try arguments.choice("--format", default: .table)
    if let dimension = arguments["--by"], dimension.lowercased() != "category" {
      throw arguments.error("--by can't be \"\(dimension)\": it is category")
    }
    if knowledge == .known, !arguments.has("--mapping") {
      throw arguments.error(
        "--category known ranks the tags mapped to it: name the mapping with --mapping, or say --category unknown"
      )
    }
    if arguments.operands[0] == "-", arguments["--mapping"] == "-" {
      throw arguments.error("- is standard input, which can be read once")
    }
    var evaluation = FileEvaluation(arguments.operands[0], mapping: arguments["--mapping"])
    if Terminal.showsProgress {
      evaluation.progress = { done, total in
        Terminal.progress("\(Phrase.grouped(done)) of \(Phrase.grouped(total))")
      }
    }
    let report = try evaluation.report(order: order, isCategoryKnown: knowledge == .known)
    if Terminal.showsProgress { Terminal.progress("") }
    let rendering = EvaluationRendering(report: report, showsCategories: arguments.has("--by"))
    Terminal.say(rendering.text(as: form, isStyled: Terminal.isStyled))
  }
}
