internal import FoundationEssentials
internal import ReportRendering
internal import WrapUpEngine

/// Answers contexts line by line: JSON in, JSON out, one line each, in order.
///
/// A line that can't be understood is answered with `{"error": …}`, so that answers and questions stay in step.
struct RecommendationBatch {
  /// Longest line taken, bytes.
  private static let lineLimit = 4 * Bounds.textBytes
  /// Most tags a line can ask for.
  private static let limitBound = 65_534

  private struct Question: Decodable {
    var category: String?
    var channel: String?
    var agent: String?
    var chosen: [String]?
    var text: String?
    var limit: Int?
  }

  let wrapup: WrapUp
  let limit: Int

  func run() throws {
    var lines = LineSource(ByteSource.standardInput, limit: Self.lineLimit)
    let decoder = JSONDecoder()
    var failed = 0
    while let line = try Self.next(&lines) {
      if line.isEmpty { continue }
      guard line.count <= Self.lineLimit,
        let question = try? decoder.decode(Question.self, from: Data(line)),
        question.limit.map({ (1...Self.limitBound).contains($0) }) ?? true,
        (question.text?.utf8.count ?? 0) <= Bounds.textBytes
      else {
        failed += 1
        let message =
          "line \(lines.line) is no context; write {\"category\":\"…\",\"channel\":\"…\",\"chosen\":[\"…\"]}"
        Terminal.say(JSONText.object([("error", JSONText.string(message))]) + "\n")
        continue
      }
      let context = DialogContext(
        category: question.category, channel: question.channel, agent: question.agent,
        chosen: question.chosen ?? [], text: question.text)
      Terminal.say(try wrapup.recommend(context, limit: question.limit ?? limit).json + "\n")
    }
    if failed > 0 { throw Failure(message: "\(Phrase.count(failed, "line")) could not be answered") }
  }

  private static func next(_ lines: inout LineSource) throws -> [UInt8]? {
    do {
      return try lines.next()
    } catch {
      throw WrapUpError(unreadable: "-", error)
    }
  }
}
