import Foundation
import Testing

/// What `wrapup stats` makes of questions that are wrong, empty or ask for names that are not there.
struct StatsQuestionTests {
  private static func stats(_ words: [String], in folder: URL) throws -> Tool.Result {
    try Tool.run(["stats"] + words, in: folder)
  }

  @Test("a question that can't be asked exits with 2 and says what would be right")
  func mistakes() throws {
    let mistakes: [(words: [String], part: String)] = [
      (["--measures", "within"], "--target SECONDS"),
      (["--measures", "trimmed_mean"], "--trim PERCENT"),
      (["--trim", "50"], "above 0 and below 50"),
      (["--target", "soon"], "whole number of seconds"),
      (["--by", "tag", "--tags", "split", "--measures", "n,p50"], "p50 has no meaning"),
      (["--by", "tag", "--sort", "meen"], "did you mean \"mean\""),
      (["--by", "tag", "--sort", "mean:up"], "COLUMN:asc"),
      (["--limit", "0"], "nothing to show"),
      (["--period", "lastmonth"], "did you mean \"last-month\""),
      (["--period", "2016-13"], "no such time"),
      (["--period", "2016", "--from", "2016-01-01"], "--from and --to can't say it again"),
      (["--from", "2016-01-01T10:00:00"], "add its offset"),
      (["--from", "1899-12-31"], "1900 to 2200"),
      (["--from", "2017-01-01", "--to", "2016-01-01"], "before it begins"),
      (["--where", "chanel = chat"], "did you mean \"channel\""),
      (["--where", "handling > soon"], "at character 12"),
      (["--where", "tag = (Refund"], "a value"),
      (["--closing", "customer"], "agent, visitor, natural, bot"),
      (["--flag", "zer"], "did you mean \"zero\""),
      (["--compare", "previous"], "--compare needs a period"),
      (["--period", "2016", "--compare", "befor"], "there is no period"),
      (["--rows", "--by", "tag"], "--by has no part in it"),
      (["--rows", "--sort", "mean"], "handling, started, ended, reported"),
    ]
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      for mistake in mistakes {
        let result = try Self.stats(mistake.words, in: folder)
        #expect(result.code == 2, "\(mistake.words)")
        #expect(result.complaints.contains(mistake.part), "\(mistake.words): \(result.complaints)")
        #expect(result.output.isEmpty)
      }
    }
  }

  @Test("a name the store lacks exits with 1 and suggests the nearest")
  func unknownNames() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      for (words, part) in [
        (["--tag", "Refnd"], "did you mean \"Refund\""),
        (["--not-category", "Delivry"], "did you mean \"Delivery\""),
        (["--agent", "ben carter"], "did you mean \"Ben Carter\""),
        (["--where", "tag in (Refund, Parsel)"], "there is no tag \"Parsel\""),
        (["--channel", "chat,email"], "repeat the option"),
        (["--zone", "Europe/Pariss"], "did you mean \"Europe/Paris\""),
      ] {
        let result = try Self.stats(words, in: folder)
        #expect(result.code == 1 && result.output.isEmpty, "\(words)")
        #expect(result.complaints.contains(part), "\(words): \(result.complaints)")
      }
    }
  }

  @Test("an empty store, an empty period and a contradiction are answered with zeros")
  func nothingToCount() throws {
    try Tool.inFolder { folder in
      let header = Data("id,startedAt\n".utf8)
      _ = try Tool.succeed(["import", "-"], in: folder, input: header)
      let measures = "contacts,n,total,mean,p50,csat,engaged,share,histogram,ci95"
      let columns = "contacts,n,total,mean,p50,csat,engaged,share,ci95_low,ci95_high"
      #expect(
        try Tool.succeed(["stats", "--measures", measures, "--format", "csv"], in: folder)
          == "\(columns)\n0,0,0,,,,0,,,\n")
      #expect(try Tool.succeed(["stats", "--by", "tag,hour"], in: folder).contains("No contact here"))
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      for words in [["--period", "1999"], ["--where", "handling > 5 and handling < 3"]] {
        let text = try Tool.succeed(["stats", "--by", "tag", "--format", "csv"] + words, in: folder)
        #expect(text.split(separator: "\n").count == 2 && text.contains("\n*,0,0,0,,0,,0\n"), "\(text)")
      }
    }
  }

  @Test("--type stands for --tag wherever that stands")
  func typeIsTag() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      func csv(_ words: [String]) throws -> String {
        try Tool.succeed(["stats", "--format", "csv"] + words, in: folder)
      }
      #expect(try csv(["--by", "type"]) == csv(["--by", "tag"]))
      #expect(try csv(["--type", "Refund"]) == csv(["--tag", "refund"]))
      #expect(try csv(["--not-type", "Refund"]) == csv(["--where", "type != Refund"]))
      #expect(try csv(["--any-type", "Refund"]) == csv(["--not-where", "tag != Refund"]))
    }
  }
}
