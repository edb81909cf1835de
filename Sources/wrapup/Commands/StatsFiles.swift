internal import Glibc
internal import WrapUpEngine

/// The files that `wrapup stats FILE...` asks instead of a store, and what is said about their rows.
final class StatsFiles {
  /// How the files are read; the options of an import, but for the zone, whose name here is that of the answer's.
  static let options: [Command.Option] = [
    .init(
      name: "--file-zone", value: "ZONE", values: .zones, isSetting: true,
      summary: "FILE: IANA zone of times without an offset; else they are refused"),
    .init(
      name: "--map", value: "FIELD=HEADER", isRepeatable: true, isSetting: true,
      summary: "FILE: a column of yours that means a field, such as agent=Owner"),
    .init(
      name: "--max-duration", value: "SECONDS", isSetting: true,
      summary: "FILE: longest handling time taken (default 366 days)"),
    .init(
      name: "--derive-handling",
      summary: "FILE: take end - start where there is no handling time; shown as elapsed"),
  ]

  private let arguments: Arguments
  private var isAllRefused = false

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  /// Whether files are named, so that there is no store.
  var isAsked: Bool { !arguments.operands.isEmpty }

  /// - Throws: ``UsageError`` for options that go with a store when files are named, or with files when none is.
  func refuseContradictions() throws {
    if isAsked, arguments.has("--store") {
      throw arguments.error(
        "--store names a store and \(arguments.operands[0]) a file; leave one of them out")
    }
    for option in Self.options where !isAsked && arguments.has(option.name) {
      throw arguments.error("\(option.name) says how a FILE is read, and none is named")
    }
    if arguments.operands.count(where: { $0 == "-" }) > 1 {
      throw arguments.error("- is standard input, which can be read once")
    }
  }

  func report(_ query: HandlingQuery) throws -> HandlingReport {
    let answer = try opened().report(query)
    try tell(answer.ledgers)
    return answer.value
  }

  func compare(_ query: HandlingQuery, with other: HandlingComparison.Other) throws -> HandlingComparison {
    let answer = try opened().compare(query, with: other)
    try tell(answer.ledgers)
    return answer.value
  }

  /// Runs `body` on a store that the files have been imported into and that goes afterwards.
  func withStore(_ body: (WrapUp) throws -> Void) throws {
    let store = try opened().imported()
    try tell(store.ledgers)
    try body(store.wrapup)
  }

  /// - Throws: ``Failure`` when a file had rows and none could be taken, as an import does.
  func failIfAllRefused() throws {
    if isAllRefused { throw Failure(message: "every row was rejected") }
  }

  private func opened() throws -> ExportedFiles {
    var settings = ImportSettings()
    settings.zone = arguments["--file-zone"]
    settings.headers = try Command.headers(arguments)
    settings.derivesHandling = arguments.has("--derive-handling")
    settings.maxDuration = try Command.maxDuration(arguments) ?? settings.maxDuration
    settings.progress = Command.progress(reading: arguments.operands.count == 1 ? arguments.operands : [])
    // Every file is looked for before the first is read.
    for file in arguments.operands where file != "-" {
      guard unsafe access(file, F_OK) == 0 else { throw WrapUpError.input(path: file, .missing) }
    }
    return ExportedFiles(arguments.operands, settings, engine: try WrapUp.Settings(arguments))
  }

  /// Says what an import would say, but for plain counts: standard output is the answer's.
  private func tell(_ ledgers: [ImportLedger]) throws {
    if Terminal.showsProgress { Terminal.progress("") }
    for (file, ledger) in zip(arguments.operands, ledgers) {
      Command.complain(ledger.refused, in: file)
      if ledger.rejected > 0 {
        Terminal.complain(
          "\(Command.name(file)): \(Phrase.grouped(ledger.rejected)) of \(Phrase.count(ledger.rows, "row")) rejected",
          isBare: true)
      }
      for line in Command.remarks(on: ledger) {
        Terminal.complain("\(Command.name(file)): \(line)", isBare: true)
      }
      if ledger.rows > 0, ledger.rejected == ledger.rows { isAllRefused = true }
    }
  }
}
