internal import Glibc
internal import ReportRendering
internal import WrapUpEngine

/// Reasons as words.
enum RecommendationPhrases {
  static func phrase(for reason: Recommendation.Reason) -> String {
    switch reason {
    case .mapped(let category): "mapped to \(category)"
    case .used(let count, let total, let category): "\(count) of the last \(total) in \(category)"
    case .usedOverall(let share): "\(percent(share)) of all tags chosen"
    case .words(let words): "words: \(words.joined(separator: ", "))"
    case .goesWith(let tag): "goes with \(tag)"
    }
  }

  /// A score with three decimals.
  static func score(_ score: Double) -> String {
    let thousandths = Int((score.magnitude * 1000).rounded())
    let decimals = String(1000 + thousandths % 1000).dropFirst()
    return "\(score < 0 && thousandths > 0 ? "-" : "")\(thousandths / 1000).\(decimals)"
  }

  /// A share in percent, without decimals.
  static func percent(_ share: Double) -> String {
    share < 0.01 ? "under 1%" : "\(Int((share * 100).rounded()))%"
  }
}

extension Recommendations {
  /// `{"recommendations":[{"tag","score","chance","reasons"}],"context","model_seq","ranking_micros","shown_at"}`
  var json: String {
    let objects = list.map { ranked in
      JSONText.object([
        ("tag", JSONText.string(ranked.tag)), ("score", JSONText.number(ranked.score)),
        ("chance", JSONText.number(ranked.chance)),
        (
          "reasons",
          JSONText.array(ranked.reasons.map { JSONText.string(RecommendationPhrases.phrase(for: $0)) })
        ),
      ])
    }
    return JSONText.object([("recommendations", JSONText.array(objects))] + shown.members)
  }
}
