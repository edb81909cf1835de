import Foundation
import TestSupport
import Testing

/// `wrapup stats --explain`: the SQL it prints, run on the store by itself, gives the answer.
struct ExplainTests {
  private static let counts = "contacts,handled,unhandled,conversations,n,missing,total,hours"
  private static let figures = "mean,sd,sd_pop,min,max,p50,p90,p99.9,trimmed_mean,within,share,share_contacts"
  private static let perConversation = "n_conversation,mean_conversation,reopens"
  private static let parts = "n_talk,mean_talk,n_hold,mean_hold,n_wrapup,mean_wrapup"
  private static let surveys =
    "n_rating,rating,n_csat,csat,n_network_quality,network_quality,n_product_quality,product_quality"
  private static let times = "n_first_reply,first_reply_p50,first_reply_p95,engaged,concurrency"
  private static let terms = ["--target", "600", "--trim", "12.5"]

  /// Questions over every dimension, measure, filter, period and order that has a form in SQL.
  private static let questions: [[String]] =
    Dimension.all.map { ["--by", $0, "--measures", "\(counts),\(figures)"] + terms }
    + Dimension.all.map {
      ["--by", $0, "--measures", "\(perConversation),\(parts),\(surveys),\(times)", "--open", "--bots"]
    }
    + [
      ["--measures", "\(counts),\(figures)"] + terms,
      ["--measures", "\(counts),\(figures)", "--per", "conversation", "--quantiles", "nearest"] + terms,
      ["--by", "tag,agent", "--measures", "\(counts),\(figures)", "--per", "conversation"] + terms,
      ["--by", "tag,rating", "--measures", "rating,n,csat"], ["--measures", "histogram"],
      ["--by", "channel", "--measures", "histogram", "--per", "conversation", "--no-total"],
      ["--by", "tag", "--tags", "split"], ["--by", "tag", "--tags", "split", "--per", "conversation"],
      ["--by", "month,tag", "--tags", "split", "--no-total"], ["--by", "agent", "--tags", "split"],
      ["--by", "tag,category", "--tags", "primary"], ["--by", "tag,month,agent"],
      ["--by", "day,hour", "--zone", "Europe/Paris", "--attribute", "started"],
      ["--by", "week,weekday", "--zone", "Australia/Lord_Howe", "--attribute", "ended", "--open"],
      ["--by", "week,quarter", "--zone", "Pacific/Apia"], ["--by", "hour", "--zone", "Asia/Kathmandu"],
      ["--by", "week,year", "--zone", "America/Sao_Paulo", "--bots", "--open"],
      ["--by", "month", "--period", "2016-Q1", "--zone", "Europe/Paris"],
      ["--by", "day", "--from", "2016-02-01", "--to", "2016-02-10T12:00:00+05:45"],
      ["--by", "tag", "--to", "2016-03-01", "--attribute", "ended", "--open"],
      ["--by", "tag", "--period", "1999"],
      ["--period", "1999", "--measures", "\(counts),\(figures)"] + terms,
      ["--by", "tag", "--tag", "refund"], ["--by", "tag", "--not-tag", "REFUND", "--any-tag", "Late parcel"],
      ["--by", "category", "--category", "uberprufung"],
      ["--by", "agent", "--agent", "Bao", "--agent", "émile"],
      ["--by", "tag", "--not-channel", "call", "--group", "Überlauf"],
      ["--by", "rating", "--rating", "good,5"], ["--by", "closing", "--not-closing", "agent"],
      ["--by", "agent", "--min-handling", "60", "--max-handling", "3600"],
      ["--by", "agent", "--not-min-handling", "60"], ["--by", "tag", "--flag", "zero,overlap"],
      ["--by", "tag", "--not-basis", "given", "--bots"], ["--by", "tag", "--sort", "mean", "--limit", "5"],
      ["--by", "agent,month", "--sort", "agent:desc", "--limit", "7"], ["--by", "week", "--sort", "n:asc"],
      ["--by", "group", "--sort", "total", "--limit", "2", "--no-total"],
      ["--by", "tag", "--any-tag", "It's", "--any-tag", "two\nlines", "--category", "l'autre"],
      ["--by", "agent", "--not-group", "-- night", "--measures", "sd", "--sort", "sd", "--limit", "3"],
    ]
    + conditions.map { ["--by", "channel,agent", "--open", "--bots", "--where", $0] }

  private static let conditions = [
    "not (rating = 5 or agent = Bao)", "rating >= 3", "not rating <= 3",
    "rating is missing and tag is not missing",
    "tag in (refund, 'late parcel') and not tag = newsletter", "closing != visitor",
    "closing in (agent, bot)",
    "talk > 30 or hold between 10 and 200 or wrapup is missing", "basis = parts or flag is missing",
    "bot = true or visitor in ('v1', 'it''s', v7)", "not visitor = v1",
    "hour between 9 and 17 and weekday < 6",
    "day >= 2016-02-01 and not week = 2016-W09", "month in (2016-01, 2016-02) or quarter > 2016-Q3",
    "year != 2016",
    "hour is missing or handling < 100", "period = 2016-Q1 or period from 2016-08-01",
    "not period to 2016-06-30",
    "not (not (channel in (chat, email) and (group is missing or not handling in (0, 60))))",
    "true and not false",
  ]

  @Test("each statement gives the header, the rows in their order and the figures of the CSV answer")
  func statementsAgree() throws {
    #expect(Self.questions.count >= 80)
    try Tool.inFolder { folder in
      try Self.fill(folder)
      for question in Self.questions {
        let explained = try Tool.succeed(["stats", "--explain"] + question, in: folder)
        let parts = explained.components(separatedBy: "\nSQL for the sqlite3 shell:\n")
        guard parts.count == 2, explained.hasSuffix(";\n") else {
          Issue.record("\(question): \(explained.prefix(2_000))")
          continue
        }
        let text = try Tool.succeed(["stats", "--format", "csv"] + question, in: folder)
        SQLTruth.expect(
          try StoreSQL.answer(to: parts[1], of: folder.appending(path: "wrapup.sqlite").path),
          agreesWith: text, "\(question)")
      }
    }
  }

  @Test("what plain SQL can't say is not offered, and said so in a phrase")
  func obstacles() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", Tool.fixture("sample.csv")], in: folder)
      let deep =
        String(repeating: "not (channel = chat and ", count: 9) + "true" + String(repeating: ")", count: 9)
      for (question, part) in [
        (["--measures", "n,ci95"], "intervals (ci95) rest on distributions"),
        (["--by", "tag", "--measures", "p50_ci95"], "intervals (ci95) rest on distributions"),
        (
          ["--by", "tag", "--tags", "split", "--sort", "n", "--limit", "3"],
          "--limit keeps can depend on the last bit"
        ),
        (["--where", deep], "conditions lie deeper"),
      ] {
        let text = try Tool.succeed(["stats", "--explain"] + question, in: folder)
        #expect(text.contains("\nNo SQL: ") && text.contains(part), "\(text)")
        #expect(!text.contains("SQL for the sqlite3 shell:"))
      }
      let wrong = try Tool.run(["stats", "--explain", "--format", "csv"], in: folder)
      #expect(wrong.code == 2 && wrong.complaints.contains("--explain has no --format"))
    }
  }

  @Test("the sentences say what counts, what was left out and what was read")
  func sentences() throws {
    try Tool.inFolder { folder in
      try Self.fill(folder)
      let text = try Tool.succeed(
        [
          "stats", "--explain", "--by", "tag,month", "--tag", "Refund", "--not-channel", "call", "--from",
          "2016-01-01", "--zone", "Europe/Paris", "--per", "conversation", "--where", "handling > 60",
        ], in: folder)
      for line in [
        "Contacts of conversations that have ended, handled or not, without bots' contacts;",
        "of conversations tagged Refund;", "not of conversations by call;", "where handling >= 61;",
        "whose conversation ended from 2016-01-01T00:00:00+01:00 on.",
        "Grouped by tag, month: a conversation counts in each of its tags; the total row counts each contact once.",
        "Times are those at which the conversation ended, on clocks of zone Europe/Paris.",
      ] { #expect(text.contains("\(line)\n"), "\(line)\n\(text.prefix(1_200))") }
      #expect(text.contains(/Left out: \d+ outside the period, .+ contacts looked at\.\n/))
      #expect(text.contains(/Columns read: .+ B; \d+ blocks? read, 0 skipped .+ bytes of the columns\.\n/))
    }
  }

  /// The fixture, and contacts that have what it lacks: parts, surveys, visitors, closings and names to trip over.
  private static func fill(_ folder: URL) throws {
    _ = try Tool.succeed(["import", Tool.fixture("generated.csv")], in: folder)
    var generator = SeededGenerator(seed: 7)
    func one(of values: String...) -> String { values.randomElement(using: &generator)! }
    var text =
      "id,contactId,visitor,channel,category,tags,agent,group,bot,startedAt,firstMessageAt,firstReplyAt,endedAt,"
      + "endReason,closing,talkSeconds,holdSeconds,wrapUpSeconds,satisfaction,networkQuality,productQuality\n"
    for number in 0..<600 {
      let start = 1_450_000_000 + Int.random(in: 0..<30_000_000, using: &generator)
      let length = Int.random(in: 0..<4_000, using: &generator)
      func instant(_ offset: Int) -> String { Instants.text(start + offset) }
      let fields = [
        "x\(number / 2)", "k\(number)", one(of: "v1", "it's", "v7", ""), one(of: "chat", "email", "whatsapp"),
        one(of: "Delivery", "L'autre", ""),
        one(of: "Refund;It's; DROP", "\"two\nlines\"", "refund", "ΣΊΣΥΦΟΣ", ""),
        one(of: "Bao", "émile", "Emil", "Ünal", ""), one(of: "-- night", "Überlauf", ""),
        one(of: "0", "0", "1"),
        instant(0), one(of: instant(-90), ""), one(of: instant(length / 2), ""), one(of: instant(length), ""),
        one(of: "closed", "closed", "transferred"), one(of: "agent", "visitor", "natural", "bot", ""),
        one(of: "0", "17", "\(length)"), one(of: "0", "30", ""), one(of: "5", "1000"),
        one(of: "1", "4", "5", "good", "bad", ""), one(of: "1", "3", "5", ""), one(of: "2", "4", ""),
      ]
      text += fields.joined(separator: ",") + "\n"
    }
    let result = try Tool.run(["import", "-"], in: folder, input: Data(text.utf8))
    #expect(result.code == 0 && result.output.contains("600 added"), "\(result)")
  }

  private enum Dimension {
    static let all = [
      "tag", "category", "channel", "agent", "group", "closing", "rating", "hour", "weekday", "day", "week",
      "month",
      "quarter", "year",
    ]
  }

  private enum Instants {
    static func text(_ seconds: Int) -> String {
      Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
    }
  }
}
