internal import Foundation

/// What timing one question has given.
struct QuestionResult: Encodable {
  let name: String
  /// Milliseconds on the wall's clock.
  let median: Double
  let minimum: Double
  /// Milliseconds of processor time, over all threads.
  let processor: Double
  /// The same for the bare reading of the columns that the question needs.
  let readMedian: Double
  let readMinimum: Double
  let readProcessor: Double
  /// Processor time of the question in times of that of the reading: what later runs are compared by.
  let ratio: Double
  /// `nil` where the machine does not count them.
  let instructionsPerRow: Double?
}

/// A run of the questions, as `--json` writes it.
struct QuestionRun: Encodable {
  let rows: Int
  let processors: Int
  let questions: [QuestionResult]

  init(rows: Int, questions: [QuestionResult]) {
    self.rows = rows
    self.questions = questions
    processors = ProcessInfo.processInfo.activeProcessorCount
  }

  func write(to file: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (encoder.encode(self) + Data("\n".utf8)).write(to: URL(filePath: file))
  }
}

/// What `--compare` holds a run to: what another one has written, of which only the ratios and counts matter.
struct RecordedRatios: Decodable {
  private struct Question: Decodable {
    let name: String
    let ratio: Double
    let instructionsPerRow: Double?
  }

  private let questions: [Question]

  init(file: String) throws {
    self = try JSONDecoder().decode(RecordedRatios.self, from: Data(contentsOf: URL(filePath: file)))
  }

  /// In what a result is worse than what was recorded; `nil` where it isn't, or where there is nothing to compare.
  ///
  /// A ratio may be half as large again, as machines and their neighbours differ; instructions a tenth.
  func complaint(about result: QuestionResult) -> String? {
    guard let recorded = questions.first(where: { $0.name == result.name }) else { return nil }
    if result.ratio > 1.5 * recorded.ratio {
      return String(
        format: "%@ takes %.2f times the reading of its bytes, recorded were %.2f", result.name, result.ratio,
        recorded.ratio)
    }
    if let found = result.instructionsPerRow, let known = recorded.instructionsPerRow, found > 1.1 * known {
      return String(
        format: "%@ takes %.1f instructions a row, recorded were %.1f", result.name, found, known)
    }
    return nil
  }
}
