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

  /// A line; keys that say nothing here are passed over, and a lone surrogate becomes U+FFFD.
  private struct Question {
    var context = DialogContext()
    var limit: Int?

    /// `nil` for a line that is no context.
    init?(_ line: [UInt8]) {
      guard let members = try? JSONParser.object(line) else { return nil }
      for (key, value) in members {
        switch (key, value) {
        case (_, .null): continue
        case ("category", .string(let text)): context.category = text
        case ("channel", .string(let text)): context.channel = text
        case ("agent", .string(let text)): context.agent = text
        case ("text", .string(let text)) where text.utf8.count <= Bounds.textBytes: context.text = text
        case ("limit", .number(let text)):
          guard let number = Int(text) ?? Double(text).flatMap(Int.init(exactly:)),
            (1...limitBound).contains(number)
          else { return nil }
          limit = number
        case ("chosen", .array(let values)), ("exclude", .array(let values)):
          for value in values {
            guard case .string(let tag) = value else { return nil }
            if key == "chosen" { context.chosen.append(tag) } else { context.excluded.append(tag) }
          }
        case ("category", _), ("channel", _), ("agent", _), ("text", _), ("limit", _), ("chosen", _),
          ("exclude", _):
          return nil
        default: continue
        }
      }
    }
  }

  let wrapup: WrapUp
  let limit: Int

  func run() throws {
    var lines = LineSource(ByteSource.standardInput, limit: Self.lineLimit)
    var failed = 0
    while let line = try Self.next(&lines) {
      if line.isEmpty { continue }
      guard line.count <= Self.lineLimit, let question = Question(line) else {
        failed += 1
        let message =
          "line \(lines.line) is no context; write {\"category\":\"…\",\"channel\":\"…\",\"chosen\":[\"…\"]}"
        Terminal.say(JSONText.object([("error", JSONText.string(message))]) + "\n")
        continue
      }
      Terminal.say(try wrapup.recommend(question.context, limit: question.limit ?? limit).json + "\n")
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
