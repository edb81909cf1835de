internal import Foundation
internal import TagRanking

/// Times ranking and learning of single closes, with the hits asserted: what is fast must still be right.
struct RankingBenchmarks {
  /// Closes learnt before anything is timed.
  let closes: Int
  /// Closes ranked and learnt with the clock running.
  let timed = 2000

  private struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
  }

  private struct Setting {
    let title: String
    let tags: Int
    let categories: Int
    let words: Int
  }

  private static let settings = [
    Setting(title: "150 tags of one category, 30 words", tags: 150, categories: 1, words: 30),
    Setting(title: "40 tags of one category, 30 words", tags: 40, categories: 1, words: 30),
    Setting(title: "300 tags in 20 categories, 30 words", tags: 300, categories: 20, words: 30),
    Setting(title: "1,000 tags in 20 categories, 330 words", tags: 1000, categories: 20, words: 330),
  ]

  func run() throws {
    print("ranking and learning after \(closes) closes, microseconds\n")
    print(
      "| candidates, text | rank median | p99 | five with reasons | without text | learn median | p99 | hit@1 | model MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for setting in Self.settings { try run(setting) }
  }

  private func run(_ setting: Setting) throws {
    var texts = SyntheticCloses(
      tags: setting.tags, categories: setting.categories, words: setting.words)
    let learner = TagLearner(mapping: texts.mapping)
    let ranker = TagRanker(names: texts.names, mapping: texts.mapping)
    func learn(_ close: SyntheticCloses.Close) {
      learner.learn(
        UsageModel.Close(tags: [close.tag], category: close.category, channel: 1, agent: 1, endedAt: 0),
        text: close.text)
    }
    for _ in 0..<(setting.words > 100 ? closes / 4 : closes) { learn(texts.next()) }
    var reader = TextScorer.Reader()
    let model = learner.model
    guard let scorer = model.scorer else { throw WrongAnswer(description: "nothing was learnt") }
    var times: (rank: [Double], list: [Double], plain: [Double], learn: [Double]) = ([], [], [], [])
    var hits = 0
    for _ in 0..<timed {
      let close = texts.next()
      let candidates = texts.candidates[Int(close.category) - 1]
      let context = RankingContext(category: close.category, channel: 1, agent: 1)
      var watch = Stopwatch()
      let text = scorer.scores(of: close.text, category: close.category, tags: candidates, reader: &reader)
      let ranked = ranker.rank(candidates, context, by: model.usage, text: text)
      times.rank.append(watch.read().wall * 1e6)
      hits += ranked.first?.tag == close.tag ? 1 : 0
      watch = Stopwatch()
      let list = ranker.rank(context, text: close.text, by: model, reader: &reader, limit: 5)
      times.list.append(watch.read().wall * 1e6)
      watch = Stopwatch()
      let plain = ranker.rank(context, by: model.usage, limit: 5)
      times.plain.append(watch.read().wall * 1e6)
      guard ranked.count == candidates.count, plain.count == 5, list.map(\.tag) == ranked.prefix(5).map(\.tag)
      else { throw WrongAnswer(description: "tags are missing") }
      watch = Stopwatch()
      learn(close)
      times.learn.append(watch.read().wall * 1e6)
    }
    let share = Double(hits) / Double(timed)
    guard share > 0.25 else { throw WrongAnswer(description: "\(setting.title): hit@1 is only \(share)") }
    let figures = [
      Self.quantile(times.rank, 0.5), Self.quantile(times.rank, 0.99), Self.quantile(times.list, 0.5),
      Self.quantile(times.plain, 0.5), Self.quantile(times.learn, 0.5), Self.quantile(times.learn, 0.99),
    ]
    print(
      "| \(setting.title) | " + figures.map { String(format: "%.1f", $0) }.joined(separator: " | ")
        + String(format: " | %.3f | %.1f |", share, Double(learner.texts?.byteCount ?? 0) / 1e6))
  }

  private static func quantile(_ times: [Double], _ share: Double) -> Double {
    times.sorted()[Int(Double(times.count - 1) * share)]
  }
}
