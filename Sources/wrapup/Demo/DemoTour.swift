internal import Glibc
internal import ReportRendering
internal import WrapUpEngine

/// Makes the demo's shop in a folder and shows on it what the commands do: each line that begins with $ is one that its
/// reader can give too.
struct DemoTour {
  private let folder: String
  private let seed: UInt64
  private var store: String { "\(folder)/shop.sqlite" }
  private var export: String { "\(folder)/shop.csv" }
  private var mapping: String { "\(folder)/mapping.csv" }

  init(folder: String, seed: UInt64) {
    self.folder = folder
    self.seed = seed
  }

  /// - Throws: ``Failure`` when something can't be written, or figures differ from SQLite's.
  func show() throws {
    for file in [store, export, mapping] where unsafe access(file, F_OK) == 0 {
      throw Failure(
        message: "\(file) is there already: remove it, or name another folder: wrapup demo FOLDER")
    }
    try Folder.make(folder)
    let start = Terminal.seconds
    try writeFiles()
    title("A year of a shop that sells by mail: \(export), as an agent's desk might export it")
    shown("export WRAPUP_STORE=\(ShellWord.of(store))")
    try run(
      ["import", export, "--mapping", mapping, "--zone", "Europe/Paris", "--store-zone", "Europe/Paris"])
    title("Somebody writes. Which tags should the close dialog show first, and why?")
    try run([
      "recommend", "--category", "Delivery", "--channel", "chat", "--text",
      "the box was crushed, I want my money back",
    ])
    title(
      "What does each kind of conversation cost in handling time, but for dialogs that were left open for a month?"
    )
    try run(["stats", "--by", "tag", "--sort", "mean", "--limit", "12", "--not-flag", "long", "--chart"])
    title("When does work come in?")
    try run(["stats", "--by", "weekday,hour", "--attribute", "started", "--measures", "contacts", "--chart"])
    title("Is that so? The same figure by wrapup and by the sqlite3 shell")
    try compare()
    title("Next")
    Terminal.say(
      """
        export WRAPUP_STORE=\(ShellWord.of(store))
        wrapup stats --by tag --period 2025-Q4 --compare previous   # beside the quarter before, with intervals
        wrapup evaluate --by category                               # how good the lists would have been
        wrapup mapping propose                                      # which links the mapping lacks, which nobody uses

      """)
    if Terminal.showsProgress {
      let seconds = FigureText.decimal(Terminal.seconds - start, places: 1)
      Terminal.complain("all of this took \(seconds) s", isBare: true)
    }
  }

  private func writeFiles() throws {
    let writer = FieldWriter(as: .csv, isSafeForSpreadsheets: false)
    func line(_ fields: [String], _ values: [String]) -> String {
      String(writer.line(zip(fields, values).map { ($0, .text($1)) }).dropLast())
    }
    var file = try LineFile(mapping)
    file.write("category,tag")
    for link in DemoExport.mapping { file.write(line(["category", "tag"], [link.category, link.tag])) }
    try file.close()
    var contacts = try LineFile(export)
    contacts.write(DemoContact.fields.joined(separator: ","))
    var rows = DemoExport(seed: seed)
    rows.forEachRow { contacts.write(line(DemoContact.fields, $0)) }
    try contacts.close()
  }

  private func title(_ text: String) {
    Terminal.say("\n\(Terminal.isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text)\n")
  }

  private func shown(_ line: String) { Terminal.say("$ \(line)\n") }

  /// Shows a command and does it.
  private func run(_ words: [String]) throws {
    shown((["wrapup"] + words).map(ShellWord.of).joined(separator: " "))
    let name = words[0]
    let command = CommandLineTool.commands.first { $0.name == name }!
    try command.run(try Arguments(Array(words.dropFirst()) + ["--store", store], of: command))
  }

  /// Shows one figure as two programs see it.
  private func compare() throws {
    try run([
      "stats", "--tag", "Refund", "--not-flag", "long", "--measures", "n,total,mean", "--format", "csv",
    ])
    let sql =
      "SELECT count(*), sum(handling_seconds), avg(handling_seconds) FROM contact JOIN conversation ON conversation.key = contact.conversation, json_each(conversation.tags) AS given JOIN tag ON tag.id = given.value WHERE tag.name = 'Refund' AND conversation.state = 2 AND is_bot = 0 AND is_handled = 1 AND handling_seconds IS NOT NULL AND flags & \(ContactFlags.long.rawValue) = 0"
    shown("sqlite3 -readonly -csv \(ShellWord.of(store)) \"\(sql)\"")
    guard let program = OutsideProgram.path(of: "sqlite3") else {
      return Terminal.say("sqlite3 is not installed here; where it is, this line gives the same figures\n")
    }
    guard let output = try? OutsideProgram.output(of: program, ["-readonly", "-csv", store, sql]) else {
      return Terminal.say("\(PrintableText.of(program)) could not do it; try the line by hand\n")
    }
    let answer = output.split(whereSeparator: \.isNewline).joined(separator: "\n")
    Terminal.say(PrintableText.of(answer) + "\n")
    var query = HandlingQuery(by: [], measures: [.n, .total, .mean])
    query.filter = .all([.oneOf(.tag, ["Refund"]), .not(.flags(.long))])
    let figures = try WrapUp(store: store, createInZone: nil).report(query).total
    let theirs = answer.split(separator: ",").compactMap { Double($0) }
    // The shell prints fifteen digits.
    guard theirs.count == 3,
      zip(figures, theirs).allSatisfy({ abs(($0.number ?? .nan) - $1) <= 1e-14 * $1 })
    else { throw Failure(message: "the two differ, which must not be: please report it") }
    Terminal.say("The same, to the last digit that sqlite3 prints.\n")
  }
}
