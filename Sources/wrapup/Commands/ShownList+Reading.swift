internal import FoundationEssentials
internal import ReportRendering
internal import WrapUpEngine

extension ShownList {
  /// Longest answer taken back, bytes: every tag that there may be, with reasons.
  private static let sizeLimit = 1 << 25

  private struct Answer: Decodable {
    struct Ranked: Decodable {
      var tag: String
      var score: Double
    }
    struct Context: Decodable {
      var category: String?
      var channel: String?
      var agent: String?
      var chosen: [String]?
    }
    var recommendations: [Ranked]
    var context: Context
    var modelSeq: Int64
    var rankingMicros: Int
    var shownAt: Int64
  }

  /// A list as `recommend --format json` has printed it.
  static func read(_ path: String) throws -> ShownList {
    let bytes = try InputText.bytes(path, limit: sizeLimit)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let answer = try? decoder.decode(Answer.self, from: Data(bytes)) else {
      throw Failure(
        message:
          "\(InputText.name(path)): is no answer of 'wrapup recommend --format json'; hand it on as it was printed"
      )
    }
    return ShownList(
      context: DialogContext(
        category: answer.context.category, channel: answer.context.channel, agent: answer.context.agent,
        chosen: answer.context.chosen ?? []),
      entries: answer.recommendations.map { Entry(tag: $0.tag, score: $0.score) }, modelSeq: answer.modelSeq,
      rankingMicroseconds: answer.rankingMicros, shownAt: answer.shownAt)
  }

  /// What the list rests on, as members of the answer's JSON.
  var members: [(name: String, json: String)] {
    func text(_ text: String?) -> String { text.map(JSONText.string) ?? "null" }
    return [
      (
        "context",
        JSONText.object([
          ("category", text(context.category)), ("channel", text(context.channel)),
          ("agent", text(context.agent)),
          ("chosen", JSONText.array(context.chosen.map(JSONText.string))),
        ])
      ),
      ("model_seq", "\(modelSeq)"), ("ranking_micros", "\(rankingMicroseconds)"), ("shown_at", "\(shownAt)"),
    ]
  }
}
