import Foundation
import Testing

/// `--rows` against the figures it stands behind, and `--compare` against the two answers it is made of.
struct ContactListingTests {
  @Test("the rows add up to the figure, are the cohort's and no others, and come slowest first")
  func rowsAddUp() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
      for words in [
        ["--tag", "Refund"], ["--period", "2016-02", "--bots"],
        ["--where", "channel = chat and handling > 300"],
        ["--open", "--attribute", "started", "--from", "2016-03-01"],
      ] {
        let figures = CSVTable(
          try Tool.succeed(
            ["stats", "--measures", "contacts,handled,n,total", "--format", "csv"] + words, in: folder)
        ).rows[0]
        let rows = CSVTable(
          try Tool.succeed(["stats", "--rows", "--sort", "handling"] + words, in: folder)
        ).rows
        let values = rows.compactMap { $0["handled"] == "true" ? Int($0["handlingSeconds"]!) : nil }
        #expect(rows.count == Int(figures["contacts"]!) && rows.count > 20, "\(words)")
        #expect(rows.count { $0["handled"] == "true" } == Int(figures["handled"]!))
        #expect(values.count == Int(figures["n"]!) && values.reduce(0, +) == Int(figures["total"]!))
        let all = rows.map { Int($0["handlingSeconds"]!) ?? -1 }
        #expect(all == all.sorted(by: >), "slowest first, missing last")
        let lines = try Tool.succeed(
          ["stats", "--rows", "--sort", "handling", "--format", "jsonl"] + words, in: folder
        ).split(separator: "\n")
        #expect(lines.count == rows.count)
        for line in lines {
          #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
      }
    }
  }

  @Test("a comparison holds both answers, row by row")
  func comparisonHoldsBoth() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
      let question = ["stats", "--by", "tag", "--measures", "n,mean,p50,ci95,p50_ci95", "--format", "csv"]
      func rows(_ words: [String]) throws -> [[String]: [String: String]] {
        CSVTable(try Tool.succeed(question + words, in: folder)).rows(by: ["tag"])
      }
      let both = try rows(["--period", "2016-Q2", "--compare", "previous"])
      let current = try rows(["--period", "2016-Q2"])
      let before = try rows(["--period", "2016-Q1"])
      #expect(Set(both.keys) == Set(current.keys).union(before.keys))
      for (key, row) in both {
        for column in ["n", "mean", "p50", "ci95_low", "ci95_high", "p50_ci95_low", "p50_ci95_high"] {
          #expect(row[column] == current[key]?[column] ?? "", "\(key) \(column)")
          #expect(row["\(column)_before"] == before[key]?[column] ?? "", "\(key) \(column)")
        }
        if let now = current[key]?["n"].flatMap(Int.init), let then = before[key]?["n"].flatMap(Int.init) {
          #expect(row["n_change"] == "\(now - then)")
        }
      }
    }
  }
}
