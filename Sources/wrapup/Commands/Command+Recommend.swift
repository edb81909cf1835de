internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let recommend = Command(
    name: "recommend", summary: "the tags a close dialog should show first, and why",
    options: [
      Option(
        name: "--for", value: "ID",
        summary: "a conversation of the store: its category, channel, agent and text, unless given"),
      Option(
        name: "--category", value: "NAME", values: .names(of: .category),
        summary: "what the conversation is about"),
      Option(name: "--channel", value: "NAME", values: .names(of: .channel), summary: "where it takes place"),
      Option(name: "--agent", value: "NAME", values: .names(of: .agent), summary: "who closes it"),
      Option(
        name: "--chosen", value: "TAG", values: .names(of: .tag), isRepeatable: true,
        summary: "a tag chosen already"),
      Option(
        name: "--exclude", value: "TAG", values: .names(of: .tag), isRepeatable: true,
        summary: "a tag that may not be chosen here"),
      Option(name: "--text", value: "TEXT", summary: "what the visitor wrote"),
      Option(
        name: "--text-file", value: "FILE", values: .files,
        summary: "the same from a file, UTF-8 (- is standard input)"),
      Option(name: "--limit", value: "COUNT", isSetting: true, summary: "how many tags (default 5)"),
      .plainFormat,
      Option(
        name: "--batch", summary: "read contexts from standard input, one JSON object a line, and answer each"
      ),
      .store,
    ],
    examples: [
      (
        "wrapup recommend --category Delivery --channel chat",
        "ranked by the mapping and by what was chosen before"
      ),
      (
        #"wrapup recommend --category Delivery --text "where is my parcel?""#,
        "by what the words meant in conversations closed before"
      ),
      ("wrapup recommend --category Delivery --chosen Refund", "what goes with a tag chosen already"),
      (
        #"echo '{"category":"Delivery","chosen":["Refund"]}' | wrapup recommend --batch"#,
        "one answer a line; keys category, channel, agent, chosen, exclude, text, limit"
      ),
    ],
    run: runRecommend)

  private enum Form: String, CaseIterable { case table, json }

  private static func runRecommend(_ arguments: Arguments) throws {
    let limit = try limit(arguments)
    let form: Form = try arguments.choice("--format", default: .table)
    if arguments.has("--batch") {
      let single = [
        "--for", "--category", "--channel", "--agent", "--chosen", "--exclude", "--text", "--text-file",
      ].first(where: arguments.has)
      if let single {
        throw arguments.error("\(single) and --batch exclude each other: contexts come from the input")
      }
      return try RecommendationBatch(wrapup: try WrapUp.opened(arguments, creating: false), limit: limit)
        .run()
    }
    if arguments.has("--text"), arguments.has("--text-file") {
      throw arguments.error("--text and --text-file exclude each other: one text is ranked")
    }
    let wrapup = try WrapUp.opened(arguments, creating: false)
    var context = try arguments["--for"].map(wrapup.dialogContext) ?? DialogContext()
    context.category = arguments["--category"] ?? context.category
    context.channel = arguments["--channel"] ?? context.channel
    context.agent = arguments["--agent"] ?? context.agent
    context.chosen = arguments.all("--chosen")
    context.excluded = arguments.all("--exclude")
    context.text =
      try arguments["--text"] ?? arguments["--text-file"].map {
        try InputText.whole($0, limit: Bounds.textBytes)
      }
      ?? context.text
    let answer = try wrapup.recommend(context, limit: limit)
    for unknown in answer.unknown {
      Terminal.complain(
        "the store knows no \(unknown.field) \"\(unknown.name)\"" + Phrase.didYouMean(unknown.nearest))
    }
    switch form {
    case .json: Terminal.say(answer.json + "\n")
    case .table:
      let table = AlignedTable([("tag", .left), ("chance", .right), ("score", .right), ("why", .left)])
      let rows = answer.list.map { ranked in
        AlignedTable.Row([
          ranked.tag, RecommendationPhrases.percent(ranked.chance),
          RecommendationPhrases.score(ranked.score),
          ranked.reasons.map(RecommendationPhrases.phrase).joined(separator: "; "),
        ])
      }
      Terminal.say(table.text(rows, on: Terminal.screen))
      if !answer.hasMapping {
        let why =
          context.category == nil
          ? "No category was given: ranked by the whole history. --category NAME narrows the list."
          : "No tag in use is mapped to this category: ranked by history alone. 'wrapup category map' and 'wrapup import --mapping FILE' map some, 'wrapup mapping propose' says which."
        Terminal.say("\n" + Terminal.screen.lines(of: why))
      }
    }
  }

  private static func limit(_ arguments: Arguments) throws -> Int {
    guard let text = arguments["--limit"] else { return 5 }
    guard let limit = Int(text), limit > 0 else {
      throw arguments.error("--limit is a whole number from 1, not \"\(text)\"")
    }
    return limit
  }
}
