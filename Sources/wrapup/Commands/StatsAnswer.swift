internal import ReportRendering
internal import WrapUpEngine

/// Answers `wrapup stats` in the form asked for.
struct StatsAnswer {
  private let arguments: Arguments
  private let showsTotal: Bool
  private let files: StatsFiles

  init(_ arguments: Arguments) {
    self.arguments = arguments
    files = StatsFiles(arguments)
    showsTotal = !arguments.has("--no-total")
  }

  /// - Throws: ``UsageError`` for what can't be asked, ``Failure`` and the engine's errors for what can't be answered.
  func give() throws {
    do {
      try refuseContradictions()
      try files.refuseContradictions()
      if arguments.has("--rows") { return try list() }
      let query = try StatsQuery(arguments).query()
      let format: ReportFormat = try arguments.choice("--format", default: .table)
      if let other = arguments["--compare"] {
        try compare(query, other == "previous" ? .previous : .period(.named(other)), format)
      } else if arguments.has("--explain") {
        try withStore { wrapup in
          Terminal.say(ExplanationPhrases(try wrapup.explain(query, showsTotal: showsTotal)).text)
        }
      } else {
        try report(query, format)
      }
      try files.failIfAllRefused()
    } catch WrapUpError.question(let mistake) {
      // A name that the store lacks may be there tomorrow; the rest is wrong however often it is asked.
      if case .unknownName = mistake {
        let place = files.isAsked ? "the files" : "the store"
        throw Failure(message: QuestionPhrases.phrase(for: mistake, askedOf: place))
      }
      throw arguments.error(QuestionPhrases.phrase(for: mistake))
    }
  }

  /// Options that have no meaning beside each other.
  private func refuseContradictions() throws {
    let format = arguments["--format"]?.lowercased() ?? "table"
    for option in ["--by", "--measures", "--compare", "--chart", "--explain"]
    where arguments.has("--rows") && arguments.has(option) {
      throw arguments.error("--rows lists contacts, each once: \(option) has no part in it")
    }
    if arguments.has("--chart"), format != "table", format != "svg" {
      throw arguments.error("--chart draws for the terminal; --format svg makes a file of the same picture")
    }
    if arguments.has("--compare"), arguments.asksForPicture {
      throw arguments.error("--compare puts figures side by side and has no picture")
    }
    if arguments.has("--explain"), format != "table" { throw arguments.error("--explain has no --format") }
    for option in ["--compare", "--chart"] where arguments.has("--explain") && arguments.has(option) {
      throw arguments.error("--explain explains the question without \(option); leave one of them out")
    }
  }

  private func report(_ query: HandlingQuery, _ format: ReportFormat) throws {
    let report =
      try files.isAsked
      ? files.report(query) : WrapUp.opened(arguments, creating: false).report(query)
    if arguments.asksForPicture { return try StatsPicture(arguments, report).show(as: format) }
    var output = Terminal.Output()
    try report.write(as: format, showsTotal: showsTotal, on: Terminal.screen) { output.write($0) }
    output.flush()
  }

  private func compare(_ query: HandlingQuery, _ other: HandlingComparison.Other, _ format: ReportFormat)
    throws
  {
    let comparison =
      try files.isAsked
      ? files.compare(query, with: other)
      : WrapUp.opened(arguments, creating: false).compare(query, with: other)
    var output = Terminal.Output()
    comparison.write(as: format, showsTotal: showsTotal, on: Terminal.screen) { output.write($0) }
    output.flush()
  }

  /// Runs `body` on the store, or on a passing one of the files.
  private func withStore(_ body: (WrapUp) throws -> Void) throws {
    if files.isAsked {
      try files.withStore(body)
    } else {
      try body(try WrapUp.opened(arguments, creating: false))
    }
  }

  private func list() throws {
    let question = StatsQuery(arguments)
    let query = try question.cohort()
    let order = try question.contactOrder()
    let contacts = try StatsContacts(arguments)
    try withStore { wrapup in
      try contacts.list { body in _ = try wrapup.forEachContact(of: query, sortedBy: order, body) }
    }
    try files.failIfAllRefused()
  }
}
