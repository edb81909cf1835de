internal import Foundation

/// `wrapup-bench`: times questions in memory and whole processes, on generated contacts, answers checked first.
///
///     wrapup-bench questions [--rows N] [--rounds N] [--filter TEXT] [--json FILE] [--compare FILE]
///                                                                       questions in memory, as a Markdown table
///     wrapup-bench serve --rows N [--export DIR]                        answers questions from standard input
///     wrapup-bench growth --rows N,N,… [--rounds N]                     how times grow with the contacts
///     wrapup-bench processes TOOL [ROWS]                                commands of a wrapup binary, from spawn to exit
///     wrapup-bench ranking [--closes N]                                 ranking and learning of single closes
///     wrapup-bench training TOOL [CLOSES]                               learning a history anew, starting from it
///     wrapup-bench closes TOOL [ROWS]                                   closes while an import goes on
///     wrapup-bench --generate ROWS                                      contacts as CSV to standard output
@main
enum BenchmarkTool {
  static func main() throws {
    var words = CommandLine.arguments.dropFirst()
    let command = words.popFirst() ?? ""
    switch command {
    case "--generate":
      guard let rows = words.first.flatMap({ Int($0) }), rows > 0 else { usage() }
      var contacts = GeneratedContacts()
      contacts.writeCSV(rows: rows) { FileHandle.standardOutput.write($0) }
    case "processes":
      guard let tool = words.popFirst(), let rows = words.isEmpty ? 1_000_000 : Int(words.first!), rows > 0
      else { usage() }
      try ProcessBenchmarks(tool: tool, rows: rows).run()
    case "training":
      guard let tool = words.popFirst(), let closes = words.isEmpty ? 1_000_000 : Int(words.first!),
        closes > 0
      else { usage() }
      try TrainingBenchmarks(tool: tool, closes: closes).run()
    case "closes":
      guard let tool = words.popFirst(), let rows = words.isEmpty ? 5_000_000 : Int(words.first!),
        rows >= 10_000
      else { usage() }
      try CloseBenchmarks(tool: tool, rows: rows).run()
    case "serve":
      let options = Options(words)
      try inFolder { folder in
        if let export = options.export {
          try ContactExport.write(rowCount: options.rows, to: URL(filePath: export))
        }
        try QuestionServer(room: QuestionRoom(rowCount: options.rows, folder: folder)).run()
      }
    case "questions":
      let options = Options(words)
      let recorded = try options.compare.map { try RecordedRatios(file: $0) }
      var complaints: [String] = []
      try inFolder { folder in
        let found = try QuestionBenchmarks(
          room: QuestionRoom(rowCount: options.rows, folder: folder), rounds: options.rounds,
          filter: options.filter, recorded: recorded
        ).run()
        if let json = options.json { try found.run.write(to: json) }
        complaints = found.complaints
      }
      for complaint in complaints { FileHandle.standardError.write(Data("\(complaint)\n".utf8)) }
      if !complaints.isEmpty { exit(1) }
    case "growth":
      let options = Options(words)
      try inFolder { folder in
        try GrowthBenchmarks(rowCounts: options.rowCounts, rounds: options.rounds, folder: folder).run()
      }
    case "ranking": try RankingBenchmarks(closes: Options(words).closes).run()
    default: usage()
    }
  }

  /// What the words after the command say.
  private struct Options {
    var rowCounts = [2_000_000]
    var rows: Int { rowCounts[0] }
    var rounds = 9
    var closes = 20_000
    var filter = ""
    var export: String?
    var json: String?
    var compare: String?

    init(_ words: ArraySlice<String>) {
      var words = words
      while let name = words.popFirst() {
        guard let value = words.popFirst() else { BenchmarkTool.usage() }
        switch name {
        case "--rows":
          rowCounts = value.split(separator: ",", omittingEmptySubsequences: false).map {
            Self.number(String($0))
          }
        case "--closes": closes = Self.number(value)
        case "--rounds": rounds = Self.number(value)
        case "--filter": filter = value
        case "--export": export = value
        case "--json": json = value
        case "--compare": compare = value
        default: BenchmarkTool.usage()
        }
      }
    }

    private static func number(_ text: String) -> Int {
      guard let number = Int(text), number > 0 else { BenchmarkTool.usage() }
      return number
    }
  }

  private static func usage() -> Never {
    FileHandle.standardError.write(
      Data(
        """
        usage: wrapup-bench questions [--rows N] [--rounds N] [--filter TEXT] [--json FILE] [--compare FILE]
               wrapup-bench serve --rows N [--export DIR]
               wrapup-bench growth --rows N,N,... [--rounds N]
               wrapup-bench ranking [--closes N]
               wrapup-bench training TOOL [CLOSES]
               wrapup-bench closes TOOL [ROWS]
               wrapup-bench processes TOOL [ROWS]
               wrapup-bench --generate ROWS

        """.utf8))
    exit(2)
  }

  /// Runs `body` with a folder of its own, which is removed afterwards.
  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wrapup-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
