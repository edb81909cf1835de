internal import Foundation

/// How the time for a row and the memory of the process grow with the number of contacts.
struct GrowthBenchmarks {
  /// Numbers of contacts, ascending, so that the greatest memory of the process is that of the last.
  let rowCounts: [Int]
  let rounds: Int
  let folder: URL

  private static let names = ["aht-by-tag", "aht-by-tag-month", "quantiles-by-tag"]

  /// Each table is written to a file and mapped, as a store's is.
  func run() throws {
    let questions = BenchmarkQuestion.all.filter { Self.names.contains($0.name) }
    print(
      "| contacts | " + questions.map { "\($0.title), ms | ns a row" }.joined(separator: " | ")
        + " | resident MB |")
    print("|---|" + questions.map { _ in "---|---|" }.joined() + "---|")
    for rowCount in rowCounts {
      let room = QuestionRoom(rowCount: rowCount, folder: folder)
      let figures = try questions.map { question in
        _ = try room.answer(question)
        let times = try (0..<rounds).map { _ in try room.answer(question).time.wall }.sorted()
        let median = times[rounds / 2]
        return String(format: "%.2f | %.3f", median * 1e3, median * 1e9 / Double(rowCount))
      }
      print("| \(rowCount) | " + figures.joined(separator: " | ") + " | \(Self.greatestResidentMegabytes) |")
    }
  }

  private static var greatestResidentMegabytes: Int {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_024
  }
}
