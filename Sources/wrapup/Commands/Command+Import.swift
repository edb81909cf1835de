internal import Glibc
internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let importing = Command(
    name: "import", summary: "take in contacts from CSV or JSON Lines, or a category-tag mapping",
    operands: "FILE...", operandCount: 0...Int.max, operandValues: [.files],
    options: [
      .store,
      Option(
        name: "--mapping", value: "FILE", values: .files, isRepeatable: true,
        summary: "a CSV with the columns category,tag"),
      Option(
        name: "--zone", value: "ZONE", values: .zones, isSetting: true,
        summary: "IANA zone of times without an offset; else they are refused"),
      Option(
        name: "--max-duration", value: "SECONDS", isSetting: true,
        summary: "longest handling time taken (default 366 days)"),
      Option(
        name: "--map", value: "FIELD=HEADER", isRepeatable: true, isSetting: true,
        summary: "a column of yours that means a field, such as agent=Owner"),
      Option(
        name: "--guess", summary: "write nothing: show which column is taken for what, with samples"),
      Option(name: "--strict", summary: "refuse the whole file when a row has to be refused"),
      Option(
        name: "--rejects", value: "FILE", values: .files,
        summary: "write refused rows there as CSV, each with the reason"),
      Option(
        name: "--derive-handling", isSetting: true,
        summary: "take end - start where there is no handling time; shown as elapsed"),
      .storeZone,
    ],
    examples: [
      ("wrapup import conversations.csv", "one row a contact; columns by name, in any order and case"),
      ("zcat big.csv.gz | wrapup import - --store big.sqlite", "- is standard input"),
      ("wrapup import --guess tickets.csv", "which column would be taken for what; nothing is written"),
      (
        "wrapup import tickets.csv --map id=Reference --map agent=Owner --rejects refused.csv",
        "columns of other names; what is refused goes to a file, to be mended and imported"
      ),
      ("wrapup import --mapping mapping.csv", "which tags belong to which category"),
    ],
    notes: [
      """
      COLUMNS  id and startedAt are required. Known besides: contactId, visitor, channel, category, tags (a;b), agent,
        group, bot, firstMessageAt, firstReplyAt, endedAt, endReason (closed|transferred|snoozed), closing
        (agent|visitor|natural|bot), state (open|closed|ended), handlingSeconds, talkSeconds, holdSeconds,
        wrapUpSeconds, satisfaction (1 to 5, or good|bad), networkQuality and productQuality (1 to 5), note,
        text (what the visitor wrote, for ranking and learning alone).
        Files of JSON Lines have an object a line with these as keys; tags may be a list. A key that is not there
        says nothing, null says that there is no value.
        Times are ISO 8601 (2016-02-29T14:05:00Z), or unix seconds or milliseconds; durations are whole seconds.
        Comma, semicolon or tab separates.
        A contact is known by id and contactId, else by id, start and agent: who changes it names all of these.
        Importing a file twice changes nothing. A later file replaces the values of a contact it names again; a
        column it lacks says nothing, and what was closed here stands. Refused rows are named one by one; the exit
        code is 1 only when the whole file failed or every row was refused.
      """
    ],
    run: runImport)

  private static func runImport(_ arguments: Arguments) throws {
    let mappings = arguments.all("--mapping")
    guard !arguments.operands.isEmpty || !mappings.isEmpty else {
      throw arguments.error("FILE... is missing")
    }
    if arguments.has("--guess") { return try guess(arguments) }
    var settings = ImportSettings()
    settings.zone = arguments["--zone"]
    settings.derivesHandling = arguments.has("--derive-handling")
    settings.maxDuration = try maxDuration(arguments) ?? settings.maxDuration
    settings.headers = try headers(arguments)
    settings.isStrict = arguments.has("--strict")
    if arguments.has("--rejects"), arguments.operands.count != 1 {
      throw arguments.error("--rejects takes the refused rows of one FILE; import files one by one")
    }
    // A file that is not there must not leave an empty store behind.
    for file in mappings + arguments.operands where file != "-" {
      guard unsafe access(file, F_OK) == 0 else { throw WrapUpError.input(path: file, .missing) }
    }
    let rejects = try arguments["--rejects"].map { try RejectsFile($0, of: arguments.operands[0], arguments) }
    // Nor must one that can't be read as one of contacts.
    for file in mappings where [S_IFREG, S_IFDIR].contains(status(file)?.kind) {
      try WrapUp.checkHeader(ofMapping: file)
    }
    for file in arguments.operands where [S_IFREG, S_IFDIR].contains(status(file)?.kind) {
      try WrapUp.checkHeader(of: file, settings)
    }
    settings.isCancelled = { Interruption.isRequested }
    settings.willCommit = { Interruption.watch(isWaiting: false) }
    let wrapup = try WrapUp.opened(arguments, creating: true)
    Terminal.say("store \(wrapup.path)\n")
    var isAllRefused = false
    for file in mappings {
      let ledger = try wrapup.importMapping(from: file)
      Terminal.say(
        "\(name(file)): \(Phrase.count(ledger.rows, "row")): \(Phrase.grouped(ledger.added)) mapped, \(Phrase.grouped(ledger.unchanged)) unchanged, \(Phrase.grouped(ledger.rejected)) rejected\n"
      )
      complain(ledger.refused, in: file)
      if ledger.rows > 0, ledger.rejected == ledger.rows { isAllRefused = true }
    }
    for file in arguments.operands {
      Interruption.watch(isWaiting: size(file) == nil)
      settings.progress = progress(reading: [file])
      let start = Terminal.seconds
      let ledger = try imported(file, into: wrapup, settings, rejects)
      if Terminal.showsProgress { Terminal.progress("") }
      say(
        ledger, file: file, seconds: Terminal.seconds - start, derives: settings.derivesHandling)
      complain(ledger.refused, in: file)
      // Last: what was taken is said in any case.
      try rejects?.close()
      if ledger.rows > 0, ledger.rejected == ledger.rows { isAllRefused = true }
    }
    if isAllRefused { throw Failure(message: "every row was rejected") }
  }

  /// Shows what an import would make of a file.
  private static func guess(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, let file = arguments.operands.first else {
      throw arguments.error("--guess looks at one FILE")
    }
    let preview = try WrapUp.preview(file, headers: try headers(arguments))
    var wanted: [String] = []
    let rows = preview.columns.map { column -> [RecordTable.Cell] in
      if let suggestion = column.suggestion {
        wanted.append("--map \(ShellWord.of("\(suggestion)=\(column.header)"))")
      }
      return [
        .text(column.header), column.field.map { .text($0) } ?? .missing,
        .text(column.samples.joined(separator: " | ")),
      ]
    }
    var notes: [String] = []
    let unused = preview.columns.filter { $0.field == nil }.map {
      $0.header.isEmpty ? "(no name)" : $0.header
    }
    if !unused.isEmpty { notes.append("Not used: \(unused.joined(separator: ", ")).") }
    for field in preview.missing {
      notes.append(
        "Nothing is \(field), which every import needs: --map \(field)=HEADER says which column is.")
    }
    let isComplete = preview.missing.allSatisfy { field in
      preview.columns.contains { $0.suggestion == field }
    }
    if !preview.hasEnd {
      notes.append(
        "Nothing is endedAt: every conversation would stay open, and reports count those that have ended.")
    } else if !preview.hasHandling {
      notes.append("Nothing is a handling time: --derive-handling takes the time from start to end.")
      wanted.append("--derive-handling")
    }
    if preview.hasLocalTimes, arguments["--zone"] == nil {
      notes.append("Its times have no offset: --zone says whose clocks they are, such as Europe/Paris.")
      wanted.append("--zone ZONE")
    }
    if !wanted.isEmpty, isComplete {
      notes.append("Perhaps: wrapup import \(ShellWord.of(file)) \(wanted.joined(separator: " "))")
    }
    let table = RecordTable([.words("column"), .words("field"), .words("samples")], rows: rows, notes: notes)
    Terminal.say(table.text(as: .table, on: Terminal.screen))
  }

  private static func imported(
    _ file: String, into wrapup: WrapUp, _ settings: ImportSettings, _ rejects: RejectsFile?
  ) throws -> ImportLedger {
    do {
      return try wrapup.importContacts(from: file, settings, rejected: rejects?.write)
    } catch {
      rejects?.discard()
      if Terminal.showsProgress { Terminal.progress("") }
      switch error {
      case .cancelled:
        throw Failure(
          message: "\(name(file)): interrupted; nothing of it was kept", code: Interruption.exitCode)
      case .diskFull: throw Failure(message: "\(name(file)): the disk is full; nothing of it was kept")
      case .row(let path, let rejection) where settings.isStrict:
        let phrase = RejectionPhrases.phrase(for: rejection, file: path)
        throw Failure(message: phrase + "; nothing of the file was taken (--strict)")
      default: throw error
      }
    }
  }

  /// Fields with the headers that mean them in this file.
  static func headers(_ arguments: Arguments) throws -> [String: String] {
    var headers: [String: String] = [:]
    for text in arguments.all("--map") {
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks }
      guard parts.count == 2, !parts.contains("") else {
        throw arguments.error("--map can't be \"\(text)\": write FIELD=HEADER, such as agent=Owner")
      }
      if ImportField(header: parts[0]) == nil, let field = ImportField(header: parts[1]) {
        throw arguments.error(
          "--map \(text): the field comes first: --map \(ShellWord.of("\(field.header)=\(parts[0])"))")
      }
      guard let field = ImportField(header: parts[0])?.header else {
        throw arguments.error(
          "--map \(text): an import knows no field \"\(parts[0])\""
            + Phrase.didYouMean(parts[0], among: ImportField.allCases.map(\.header)))
      }
      if headers[field] != nil || headers.values.contains(parts[1]) {
        throw arguments.error("--map \(text): its field or its header is mapped already")
      }
      headers[field] = parts[1]
    }
    return headers
  }

  /// The longest handling time to take, if it is said.
  static func maxDuration(_ arguments: Arguments) throws -> Int64? {
    guard let text = arguments["--max-duration"] else { return nil }
    guard let seconds = Int64(text), seconds > 0 else {
      throw arguments.error("--max-duration is a number of whole seconds, not \"\(text)\"")
    }
    return seconds
  }

  /// What a file is called in sentences.
  static func name(_ file: String) -> String { file == "-" ? "standard input" : file }

  /// The size of a file, bytes; `nil` of what is no regular one.
  static func size(_ path: String) -> Int? {
    status(path).flatMap { $0.kind == S_IFREG ? $0.size : nil }
  }

  /// What a path leads to, and its size; `nil` of standard input, and where nothing is.
  private static func status(_ path: String) -> (kind: mode_t, size: Int)? {
    var status = Glibc.stat()
    // Safe: the call fills in the structure it is given, or fails.
    guard unsafe path != "-" && stat(path, &status) == 0 else { return nil }
    return (status.st_mode & S_IFMT, Int(status.st_size))
  }
}
