import Foundation
import TestSupport
import Testing

/// Recommendations against `Tests/Referee/naive_ranking.py`, which recomputes the formula with plain dictionaries
/// from the same rows.
@Suite(.enabled(if: SharedData.exists, "there is no ../shared/data"))
struct RecommendationRefereeTests {
  private struct Ranked: Decodable {
    let tag: String
    let score: Double
  }

  private struct Answer: Decodable {
    let recommendations: [Ranked]
  }

  private static let script = Tool.root.appending(path: "Tests/Referee/naive_ranking.py").path

  private static func python(_ words: [String], in folder: URL) throws -> String {
    let result = try Tool.launch("/usr/bin/env", ["python3", script] + words, in: folder)
    #expect(result.code == 0, "\(result.complaints)")
    return result.output
  }

  @Test(
    "after the first 80% of the incidents, every list and score is the naive one", arguments: [false, true])
  func listsAgree(hasThinnedMapping: Bool) throws {
    try Tool.inFolder { folder in
      let data = SharedData.folder.appending(path: "uci_incidents.csv.gz").path
      _ = try Self.python(
        [data, "--share", "0.8", "--write-history", "history.csv", "--write-mapping", "mapping.csv"],
        in: folder)
      if hasThinnedMapping { try Self.thin(folder.appending(path: "mapping.csv")) }
      let contexts = try Self.contexts(of: CSVTable(contentsOf: folder.appending(path: "history.csv")))
      try contexts.write(to: folder.appending(path: "contexts.jsonl"))
      let naive = try Self.python(
        [data, "--share", "0.8", "--mapping", "mapping.csv", "--contexts", "contexts.jsonl", "--limit", "8"],
        in: folder)
      _ = try Tool.succeed(["import", "history.csv", "--mapping", "mapping.csv"], in: folder)
      let ours = try Tool.succeed(["recommend", "--batch", "--limit", "8"], in: folder, input: contexts)
      let decoder = JSONDecoder()
      let expected = try naive.split(separator: "\n").map {
        try decoder.decode(Answer.self, from: Data($0.utf8))
      }
      let found = try ours.split(separator: "\n").map { try decoder.decode(Answer.self, from: Data($0.utf8)) }
      #expect(expected.count == 401 && found.count == expected.count)
      for (one, other) in zip(found, expected) {
        #expect(one.recommendations.map(\.tag) == other.recommendations.map(\.tag))
        for (mine, naive) in zip(one.recommendations, other.recommendations) {
          #expect(abs(mine.score - naive.score) <= 1e-9 * max(1, abs(naive.score)), "\(mine.tag)")
        }
      }
    }
  }

  /// Leaves two of three pairs, so that unmapped tags have to earn their place and lists must be filled up.
  private static func thin(_ mapping: URL) throws {
    let lines = try String(contentsOf: mapping, encoding: .utf8).split(whereSeparator: \.isNewline)
    let kept = lines.enumerated().filter { $0.offset == 0 || !$0.offset.isMultiple(of: 3) }.map(\.element)
    try Data((kept.joined(separator: "\n") + "\n").utf8).write(to: mapping)
  }

  /// 400 seeded contexts out of real rows, with and without channel, agent and chosen tags; one unknown to all.
  private static func contexts(of history: CSVTable) throws -> Data {
    var generator = SeededGenerator(seed: 80)
    var lines: [String] = []
    for _ in 0..<400 {
      let row = history.rows.randomElement(using: &generator)!
      var context: [String: Any] = ["category": row["category"]!]
      if Bool.random(using: &generator) { context["channel"] = row["channel"]! }
      if Bool.random(using: &generator) { context["agent"] = row["agent"]! }
      let tags = row["type"]!.split(separator: ";").map(String.init)
      if Int.random(in: 0..<3, using: &generator) == 0, let chosen = tags.first {
        context["chosen"] = [chosen]
      }
      let kept = context.filter { !(($0.value as? String)?.isEmpty ?? false) }
      lines.append(
        String(
          decoding: try JSONSerialization.data(withJSONObject: kept, options: .sortedKeys), as: UTF8.self))
    }
    lines.append("{}")
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }
}
