internal import Foundation
internal import HandlingAnalytics

/// Times questions in memory, each interleaved with the bare reading of the bytes it needs.
struct QuestionBenchmarks {
  let room: QuestionRoom
  let rounds: Int
  let filter: String
  /// What no question may fall far behind.
  let recorded: RecordedRatios?

  private struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
  }

  /// Times the questions, prints a Markdown table, and returns the results with what is wrong with them.
  func run() throws -> (run: QuestionRun, complaints: [String]) {
    let counter = InstructionCounter()
    print(
      "| question | median ms | least | processor | reading alone | its processor | ratio |", terminator: "")
    print(counter == nil ? "" : " instructions a row |")
    print("|---|---:|---:|---:|---:|---:|---:|" + (counter == nil ? "" : "---:|"))
    var results: [QuestionResult] = []
    var complaints: [String] = []
    for question in BenchmarkQuestion.all where isWanted(question) {
      try check(question)
      var result = try measure(question, counter)
      if recorded?.complaint(about: result) != nil {
        // Once may be chance or a neighbour.
        result = try measure(question, counter)
        if let complaint = recorded?.complaint(about: result) { complaints.append(complaint) }
      }
      results.append(result)
      print(Self.line(question.title, result))
    }
    return (QuestionRun(rows: room.rowCount, questions: results), complaints)
  }

  /// A filter that is a question's whole name is that question alone.
  private func isWanted(_ question: BenchmarkQuestion) -> Bool {
    if BenchmarkQuestion.all.contains(where: { $0.name == filter }) { return question.name == filter }
    return filter.isEmpty || question.name.contains(filter) || question.title.contains(filter)
  }

  private func check(_ question: BenchmarkQuestion) throws {
    let expected = NaiveAnswer(question, rowCount: room.rowCount)
    if let difference = expected.difference(from: try room.answer(question).report) {
      throw WrongAnswer(description: "\(question.name): \(difference)")
    }
  }

  private func measure(_ question: BenchmarkQuestion, _ counter: InstructionCounter?) throws -> QuestionResult
  {
    _ = try room.answer(question)
    _ = try room.readLimit(question)
    var times: [Stopwatch.Reading] = []
    var limits: [Stopwatch.Reading] = []
    var instructions: [Double] = []
    for _ in 0..<rounds {
      let before = counter?.read() ?? 0
      times.append(try room.answer(question).time)
      instructions.append(Double((counter?.read() ?? 0) - before))
      limits.append(try room.readLimit(question))
    }
    let processor = Self.median(times.map(\.processor))
    let readProcessor = Self.median(limits.map(\.processor))
    return QuestionResult(
      name: question.name, median: Self.median(times.map(\.wall)) * 1_000,
      minimum: (times.map(\.wall).min() ?? 0) * 1_000, processor: processor * 1_000,
      readMedian: Self.median(limits.map(\.wall)) * 1_000,
      readMinimum: (limits.map(\.wall).min() ?? 0) * 1_000, readProcessor: readProcessor * 1_000,
      ratio: processor / readProcessor,
      instructionsPerRow: counter.map { _ in Self.median(instructions) / Double(room.rowCount) })
  }

  private static func line(_ title: String, _ result: QuestionResult) -> String {
    let figures = [
      result.median, result.minimum, result.processor, result.readMedian, result.readProcessor, result.ratio,
    ]
    return "| \(title) |"
      + (figures + [result.instructionsPerRow].compactMap(\.self)).map { String(format: " %.2f |", $0) }
      .joined()
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
