internal import Foundation

/// Times questions in memory, each interleaved with the bare reading of the bytes it touches.
struct QuestionBenchmarks {
  let room: QuestionRoom
  let rounds: Int
  let filter: String

  func run() throws {
    print("| question | median ms | least | reading alone | ratio |")
    print("|---|---|---|---|---|")
    for question in BenchmarkQuestion.all where filter.isEmpty || question.name.contains(filter) {
      for _ in 0..<2 { _ = try room.answer(question) }
      var times: [Double] = []
      var limits: [Double] = []
      for _ in 0..<rounds {
        times.append(try room.answer(question).seconds)
        limits.append(try room.readLimit(question))
      }
      times.sort()
      limits.sort()
      let (time, limit) = (times[rounds / 2], limits[rounds / 2])
      print(
        "| \(question.title) | \(milliseconds(time)) | \(milliseconds(times[0])) | \(milliseconds(limit)) | "
          + String(format: "%.2f |", time / limit))
    }
  }

  private func milliseconds(_ seconds: Double) -> String { String(format: "%.2f", seconds * 1000) }
}
