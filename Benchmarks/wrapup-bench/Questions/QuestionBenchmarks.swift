internal import Foundation

/// Times questions in memory, each interleaved with the bare reading of the bytes it touches.
struct QuestionBenchmarks {
  let room: QuestionRoom
  let rounds: Int
  let filter: String

  private struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
  }

  func run() throws {
    print("| question | median ms | least | processor | reading alone | its processor | ratio |")
    print("|---|---|---|---|---|---|---|")
    for question in BenchmarkQuestion.all where filter.isEmpty || question.name.contains(filter) {
      if let difference = NaiveAnswer(question, rowCount: room.rowCount).difference(
        from: try room.answer(question).report)
      {
        throw WrongAnswer(description: "\(question.name): \(difference)")
      }
      _ = try room.answer(question)
      var times: [Stopwatch.Reading] = []
      var limits: [Stopwatch.Reading] = []
      for _ in 0..<rounds {
        times.append(try room.answer(question).time)
        limits.append(try room.readLimit(question))
      }
      let figures = [
        median(times.map(\.wall)), times.map(\.wall).min() ?? 0, median(times.map(\.processor)),
        median(limits.map(\.wall)), median(limits.map(\.processor)),
      ]
      let ratio = figures[2] / figures[4]
      print(
        "| \(question.title) | " + figures.map { String(format: "%.2f | ", $0 * 1000) }.joined()
          + String(format: "%.2f |", ratio))
    }
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
