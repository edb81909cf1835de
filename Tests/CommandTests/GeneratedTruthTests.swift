import Foundation
import TestSupport
import Testing

/// `Fixtures/generated.csv` against the tables that DuckDB computed for it (`Tests/Referee/generated_truth.py`).
struct GeneratedTruthTests {
  private static let measures =
    "contacts,handled,unhandled,conversations,n,missing,total,mean,sd,sd_pop,min,max,p50,p90,p95,p99,"
    + "n_conversation,mean_conversation"

  @Test("every cell of every table equals DuckDB's, with 1, 2 and 7 slices")
  func everyCellAgrees() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
      let truths = URL(filePath: Tool.fixture("generated.truth"))
      let queries = try CSVTable(contentsOf: truths.appending(path: "queries.csv"))
      #expect(queries.rows.count >= 22)
      var cells = 0
      for query in queries.rows {
        let truth = try CSVTable(contentsOf: truths.appending(path: "\(query["name"]!).csv"))
        cells += try Self.compare(truth, query, in: folder)
      }
      #expect(cells > 80_000)
    }
  }

  private static func compare(_ truth: CSVTable, _ query: [String: String], in folder: URL) throws -> Int {
    var words = [
      "stats", "--format", "csv", "--by", query["by"]!, "--attribute", query["attribute"]!, "--measures",
      measures,
    ]
    if let zone = query["zone"], !zone.isEmpty { words += ["--zone", zone] }
    if query["open"] == "1" { words.append("--open") }
    if query["bots"] == "1" { words.append("--bots") }
    let text = try Tool.succeed(words, in: folder)
    for slices in ["1", "2", "7"] {
      #expect(try Tool.succeed(words + ["--slices", slices], in: folder) == text)
    }
    let dimensions = query["by"]!.split(separator: ",").map(String.init)
    let linear = CSVTable(text).rows(by: dimensions)
    let nearest = CSVTable(try Tool.succeed(words + ["--quantiles", "nearest"], in: folder)).rows(
      by: dimensions)
    #expect(linear.count == truth.rows.count, "\(query["name"]!)")
    var cells = 0
    for row in truth.rows {
      let key = dimensions.map { row[$0]! }
      for (column, value) in row where !dimensions.contains(column) {
        let isNearest = column.hasSuffix("_nearest")
        let found = isNearest ? nearest[key]?[String(column.dropLast(8))] : linear[key]?[column]
        #expect(
          CSVTable.agree(found, value),
          "\(query["name"]!) \(key) \(column): \(found ?? "no row"), not \(value)")
        cells += 1
      }
    }
    return cells
  }

  @Test("the rows of a file in any order make the same answers")
  func shufflingChangesNothing() throws {
    try Tool.inFolder { folder in
      let text = try String(contentsOf: URL(filePath: Tool.fixture("generated.csv")), encoding: .utf8)
      var lines = text.split(separator: "\n")
      let header = lines.removeFirst()
      let words = [
        "stats", "--by", "tag,category,month", "--format", "csv", "--measures", Self.measures, "--open",
      ]
      var answers: Set<String> = []
      for seed in 0..<3 {
        var generator = SeededGenerator(seed: UInt64(seed))
        let shuffled = seed == 0 ? lines : lines.shuffled(using: &generator)
        let input = Data(([header] + shuffled).joined(separator: "\n").utf8)
        _ = try Tool.succeed(["import", "-", "--store", "s\(seed).sqlite"], in: folder, input: input)
        answers.insert(try Tool.succeed(words + ["--store", "s\(seed).sqlite"], in: folder))
      }
      #expect(answers.count == 1)
    }
  }

  @Test("importing a file twice changes nothing")
  func importingTwiceChangesNothing() throws {
    try Tool.inFolder { folder in
      let words = ["stats", "--by", "tag,agent", "--format", "json", "--open", "--bots"]
      _ = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
      let before = try Tool.succeed(words, in: folder)
      let again = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
      #expect(again.contains("0 added, 0 updated, 2,000 unchanged, 0 rejected"))
      #expect(try Tool.succeed(words, in: folder) == before, "even the change seq stays")
    }
  }
}
