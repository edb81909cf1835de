internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let evaluate = Command(
    name: "evaluate", summary: "how well tags would have been ranked, measured on closed conversations",
    operands: "[FILE]", operandCount: 0...1, operandValues: [.files],
    options: [
      Option(
        name: "--mapping", value: "FILE", values: .files,
        summary: "of a FILE: a CSV with the columns category and tag"),
      Option(
        name: "--protocol", value: "ORDER", values: .words(of: EvaluationReport.Order.self),
        summary: "prequential (default: rank each, then learn it) or split (learn train, rank test)"),
      Option(
        name: "--category", value: "HOW", values: .words(of: Knowledge.self),
        summary: "known (default: its mapped tags are ranked) or unknown (all tags, by the text alone)"),
      Option(
        name: "--by", value: "DIMENSION", values: .words(["category"]),
        summary: "category: a row for each besides the whole"),
      Option(
        name: "--items", value: "FILE", values: .files,
        summary: "of a FILE: write each list there, a JSON line for each conversation ranked"),
      .tableFormat,
      .store,
    ],
    examples: [
      ("wrapup evaluate --by category", "the closes of the store, each ranked by what was known before it"),
      (
        "wrapup evaluate closes.jsonl --mapping mapping.csv",
        "the same for a file of closes with texts"
      ),
      (
        "wrapup evaluate closes.jsonl --mapping mapping.csv --protocol split --format json",
        "lines with \"split\": \"train\" are learnt, then those with \"test\" ranked"
      ),
    ],
    notes: [
      """
      Without FILE, the tagged conversations of the store that have ended are gone through in the order in which they
      did. Tags mapped to the category are ranked and, for a conversation with a text, those chosen in it before; where none
      are mapped, only those. The mapping is that of the time; a category's first one is taken to have been there all along.
      """,
      """
      FILE is JSON Lines, one closed conversation a line, in the order in which they are learnt; - is standard input:
        {"category":"Delivery","tags":["Refund"],"text":"where is my parcel?","endedAt":"2016-02-29T14:05:00Z"}
        Ranked are the tags mapped to the category and those chosen in it before.
        Keys: tags (a list, or one text with ; between), text, category, channel, agent, endedAt, startedAt, split.
      """,
      """
      --items writes what went right and wrong, with the place in the list of each chosen tag (null: not in it):
        {"line":1,"category":"Delivery","chosen":["Refund"],"first":["Late parcel","Refund"],"places":[2]}
      """,
      """
      FIGURES  hit1, hit3, hit5: one of the first 1, 3, 5 tags is right; mrr: one over the place of the first right tag;
        ndcg5: discounted gain among the first five, each right tag 1. Intervals hold in 95 of 100 samples.
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
    let report =
      try arguments.operands.first.map { try fileReport($0, order, knowledge, arguments) }
      ?? storeReport(order, knowledge, arguments)
    if Terminal.showsProgress { Terminal.progress("") }
    let rendering = EvaluationRendering(report: report, showsCategories: arguments.has("--by"))
    Terminal.say(rendering.text(as: form, on: Terminal.screen))
  }

  private static func storeReport(
    _ order: EvaluationReport.Order, _ knowledge: Knowledge, _ arguments: Arguments
  ) throws -> EvaluationReport {
    if arguments.has("--mapping") {
      throw arguments.error("--mapping is for a FILE: the store has a mapping of its own")
    }
    if arguments.has("--items") {
      throw arguments.error("--items is for a FILE: leave it out")
    }
    if order == .split {
      throw arguments.error("--protocol split is for a FILE whose lines say train or test: leave it out")
    }
    return try WrapUp.opened(arguments, creating: false).evaluate(isCategoryKnown: knowledge == .known) {
      done in
      if Terminal.showsProgress { Terminal.progress(Phrase.grouped(done)) }
    }
  }

  private static func fileReport(
    _ file: String, _ order: EvaluationReport.Order, _ knowledge: Knowledge, _ arguments: Arguments
  ) throws -> EvaluationReport {
    if knowledge == .known, !arguments.has("--mapping") {
      throw arguments.error(
        "--category known ranks the tags mapped to it: name the mapping with --mapping, or say --category unknown"
      )
    }
    if file == "-", arguments["--mapping"] == "-" {
      throw arguments.error("- is standard input, which can be read once")
    }
    var evaluation = FileEvaluation(file, mapping: arguments["--mapping"])
    if Terminal.showsProgress {
      evaluation.progress = { done, total in
        Terminal.progress("\(Phrase.grouped(done)) of \(Phrase.grouped(total))")
      }
    }
    guard let path = arguments["--items"] else {
      return try evaluation.report(order: order, isCategoryKnown: knowledge == .known)
    }
    if path == "-" { throw arguments.error("--items needs a file: standard output has the figures") }
    var output = try LineFile(path)
    try output.refuseReplacing([file, arguments["--mapping"]].compactMap(\.self), "--items", arguments)
    let report = try evaluation.report(order: order, isCategoryKnown: knowledge == .known) {
      output.write($0.json)
    }
    try output.close()
    return report
  }
}

extension JudgedList {
  /// As `--items` writes it.
  fileprivate var json: String {
    JSONText.object([
      ("line", "\(line)"), ("category", category.map(JSONText.string) ?? "null"),
      ("chosen", JSONText.array(chosen.map(JSONText.string))),
      ("first", JSONText.array(first.map(JSONText.string))),
      ("places", JSONText.array(places.map { $0.map(String.init) ?? "null" })),
    ])
  }
}
