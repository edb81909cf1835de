import Foundation
import Testing

/// `wrapup stats` with `--chart` and `--format svg`.
struct PictureTests {
  private func withSample(_ body: (URL) throws -> Void) throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      try body(folder)
    }
  }

  @Test("a chart is as wide as COLUMNS says, 80 where nobody does, and has its notes below")
  func chart() throws {
    try withSample { folder in
      for (columns, width) in [("100", 100), ("60", 60), ("", 80), ("none", 80)] {
        let result = try Tool.run(
          ["stats", "--by", "tag", "--chart"], in: folder, environment: ["COLUMNS": columns])
        #expect(result.code == 0 && result.complaints.isEmpty)
        let parts = result.output.components(separatedBy: "\n\n")
        let lines = parts[0].split(separator: "\n")
        #expect(lines.count == 22)
        #expect(lines[0] == "mean by tag")
        #expect(lines.dropFirst().allSatisfy { $0.count == width })
        #expect(lines[21].hasPrefix("all ") && lines[21].hasSuffix(" 0:06:35"))
        #expect(parts[1].hasPrefix("Handling time per contact, as the source gives it; n = 183, missing 11;"))
        #expect(!result.output.contains("\u{1B}"), "a pipe is no terminal")
      }
    }
  }

  @Test("without a dimension, a picture is a histogram with its median and p90")
  func histogram() throws {
    try withSample { folder in
      let chart = try Tool.succeed(["stats", "--chart"], in: folder)
      #expect(chart.contains("▲ median 0:05:31\n") && chart.contains("▲ p90 0:13:31\n"))
      #expect(try Tool.succeed(["stats", "--chart", "--measures", "histogram"], in: folder) == chart)
      let svg = try Tool.succeed(["stats", "--format", "svg"], in: folder)
      #expect(svg.hasPrefix("<svg ") && svg.contains(">median 0:05:31</text>"))
      #expect(
        try Tool.succeed(["stats", "--format", "SVG", "--chart", "--measures", "histogram"], in: folder)
          == svg)
      // A table of the same question keeps the columns that were asked for.
      #expect(try Tool.succeed(["stats", "--measures", "histogram"], in: folder).hasPrefix("from_0 "))
    }
  }

  @Test(
    "what can't be drawn says why",
    arguments: [
      (["--chart", "--by", "tag,agent,day"], 2, "at most 2 dimensions, not 3"),
      (["--format", "svg", "--measures", "mean"], 2, "add --by"),
      (["--chart", "--format", "csv", "--by", "tag"], 2, "--format svg makes a file"),
      (["--chart", "--by", "channel,day"], 1, "try --by day,channel"),
      (["--chart", "--by", "tag", "--period", "2001"], 1, "nothing to draw"),
      (["--format", "svg", "--period", "2001"], 1, "nothing to draw"),
    ])
  func faults(words: [String], code: Int32, part: String) throws {
    try withSample { folder in
      let result = try Tool.run(["stats"] + words, in: folder)
      #expect(result.code == code)
      #expect(result.complaints.contains(part), "\(result.complaints)")
      #expect(result.output.isEmpty)
    }
  }
}
