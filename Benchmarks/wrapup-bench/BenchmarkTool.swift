internal import Foundation

/// `wrapup-bench`: times whole processes of a `wrapup` binary on generated contacts, answers checked first.
///
///     wrapup-bench TOOL [ROWS]         rows default to 1,000,000
///     wrapup-bench --generate ROWS     writes the same contacts as CSV to standard output
@main
enum BenchmarkTool {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "--generate", let rows = words.dropFirst().first.flatMap({ Int($0) }), rows > 0 {
      var contacts = GeneratedContacts()
      contacts.writeCSV(rows: rows) { FileHandle.standardOutput.write($0) }
      return
    }
    guard let tool = words.first, !tool.hasPrefix("-"),
      let rows = words.count > 1 ? Int(words.dropFirst().first!) : 1_000_000, rows > 0
    else {
      FileHandle.standardError.write(Data("usage: wrapup-bench TOOL [ROWS] | --generate ROWS\n".utf8))
      exit(2)
    }
    try ProcessBenchmarks(tool: tool, rows: rows).run()
  }
}
