internal import Foundation
internal import HandlingAnalytics

/// Answers questions by name, one a line from standard input, as one line of JSON each: for drivers that time
/// several engines in turn.
struct QuestionServer {
  let room: QuestionRoom

  /// Serves until the input ends.
  func run() throws {
    for question in BenchmarkQuestion.all { _ = try room.answer(question) }
    reply("ready")
    while let line = readLine() {
      let words = line.split(separator: " ")
      let isReadLimit = words.first == "read-limit"
      guard let name = words.last, let question = BenchmarkQuestion.all.first(where: { $0.name == name })
      else {
        reply(#"{"error": "no such question"}"#)
        continue
      }
      if isReadLimit {
        reply(#"{"question": "\#(name)", "seconds": \#(try room.readLimit(question).wall), "rows": []}"#)
      } else {
        let (report, time) = try room.answer(question)
        let rows = report.rows.lazy.map(Self.json).joined(separator: ",")
        reply(#"{"question": "\#(name)", "seconds": \#(time.wall), "rows": [\#(rows)]}"#)
      }
    }
  }

  private static func json(_ row: HandlingReport.Row) -> String {
    let labels = row.labels.map { label in
      switch label {
      case .name(let name): Int(name).map(String.init) ?? "\"\(name)\""
      case .number(let number): String(number)
      case .missing: "null"
      }
    }
    let figures = row.figures.map { figure in
      switch figure {
      case .whole(let number): String(number)
      case .real(let number): String(number)
      case .none: "null"
      }
    }
    return "[" + (labels + figures).joined(separator: ",") + "]"
  }

  private func reply(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }
}
