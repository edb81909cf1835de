import Foundation
import ReportRendering
import Testing
import WrapUpEngine

/// The same questions through the command line and through the library.
struct LibraryParityTests {
  /// A question as words and as a value.
  private static let questions: [(words: [String], query: HandlingQuery)] = {
    var questions: [(words: [String], query: HandlingQuery)] = [
      (["--by", "tag"], HandlingQuery(by: [.tag])),
      (["--measures", "histogram,mean"], HandlingQuery(by: [], measures: [.histogram, .mean])),
    ]
    func ask(_ words: String, _ change: (inout HandlingQuery) -> Void) {
      var query = HandlingQuery(by: [])
      change(&query)
      questions.append((words.split(separator: " ").map(String.init), query))
    }
    ask("--by tag,channel --measures n,p90,share,ci95 --sort p90 --limit 7") {
      $0.dimensions = [.tag, .channel]
      $0.measures = [.n, .quantile(permille: 900), .share, .meanInterval(.low), .meanInterval(.high)]
      $0.order = .init(by: .measure(.quantile(permille: 900)), isDescending: true)
      $0.limit = 7
    }
    ask("--by agent --measures engaged,concurrency,csat,n_csat,first_reply_p50,reopens --bots --open") {
      $0.dimensions = [.agent]
      $0.measures = [
        .engaged, .concurrency, .satisfaction, .nSatisfaction, .firstReplyQuantile(permille: 500), .reopens,
      ]
      $0.includesBots = true
      $0.includesOpen = true
    }
    ask(
      """
      --by weekday,hour --attribute started --zone Europe/Paris --period 2016-Q1 --per conversation --target 600 \
      --trim 2.5 --quantiles nearest --measures n,missing,mean,p50,within,trimmed_mean
      """
    ) {
      $0.dimensions = [.weekday, .hour]
      $0.measures = [.n, .missing, .mean, .quantile(permille: 500), .within, .trimmedMean]
      $0.attribution = .started
      $0.zone = "Europe/Paris"
      $0.period = .named("2016-Q1")
      $0.unit = .conversation
      $0.target = 600
      $0.trimPermille = 25
      $0.quantiles = .nearest
    }
    ask("--by tag --tags split --from 2016-01-15 --to 2016-03-01T00:00:00Z") {
      $0.dimensions = [.tag]
      $0.measures = HandlingQuery.splitMeasures
      $0.tagCounting = .split
      $0.period = .between(from: "2016-01-15", to: "2016-03-01T00:00:00Z")
    }
    ask("--by category,closing,rating --tag Refund --not-channel chat --min-handling 60 --not-where bot=true")
    {
      query in
      query.dimensions = [.category, .closing, .rating]
      let parts: [Filter] = [
        .oneOf(.tag, ["refund"]), .not(.oneOf(.channel, ["Chat"])),
        .seconds(.handling, from: 60, through: .max - 1), .not(.isBot),
      ]
      query.filter = .all(parts)
    }
    return questions
  }()

  @Test("answers are the same, in every form", arguments: ["csv", "json", "markdown", "table"])
  func answersAreTheSame(format: String) throws {
    try Tool.inFolder { folder in
      let store = folder.appending(path: "wrapup.sqlite").path
      let wrapup = try WrapUp(store: store)
      _ = try wrapup.importContacts(from: Tool.fixture("generated.csv"))
      let form = try #require(ReportFormat(rawValue: format))
      for (words, query) in Self.questions {
        let text = try Tool.succeed(["stats", "--format", format] + words, in: folder)
        let report = try wrapup.report(query)
        // How a filter is written is the caller's choice; what it keeps is not.
        if format == "json", query.filter != nil { continue }
        #expect(try text == report.rendered(as: form), "\(words)")
      }
    }
  }

  @Test("comparisons and lists of contacts are the same")
  func comparisonsAndListsAreTheSame() throws {
    try Tool.inFolder { folder in
      let wrapup = try WrapUp(store: folder.appending(path: "wrapup.sqlite").path)
      _ = try wrapup.importContacts(from: Tool.fixture("generated.csv"))
      var query = HandlingQuery(by: [.channel], measures: [.n, .mean, .quantile(permille: 900)])
      query.period = .named("2016-Q2")
      var comparison = ""
      try wrapup.compare(query, with: .previous).write(as: .csv) { comparison += $0 }
      #expect(
        comparison
          == (try Tool.succeed(
            [
              "stats", "--by", "channel", "--measures", "n,mean,p90", "--period", "2016-Q2", "--compare",
              "previous",
              "--format", "csv",
            ], in: folder)))
      let listing = ContactListing(as: .csv) { WrapUp.text(ofInstant: $0) }
      var rows = listing.header
      query.limit = 40
      let count = try wrapup.forEachContact(
        of: query, sortedBy: ContactOrder(by: .handling, isDescending: true)
      ) {
        rows += listing.line($0)
      }
      #expect(count == 40)
      #expect(
        rows
          == (try Tool.succeed(
            ["stats", "--rows", "--period", "2016-Q2", "--sort", "handling", "--limit", "40"], in: folder)))
    }
  }

  @Test("a store opened twice by one process is not taken for closed by another when the second is let go")
  func locksOutliveAnotherOpening() throws {
    try Tool.inFolder { folder in
      let path = folder.appending(path: "wrapup.sqlite").path
      let first = try WrapUp(store: path)
      try first.open("c1", channel: "chat", agent: "Ann")
      do { _ = try WrapUp(store: path).report(HandlingQuery(by: [])) }
      // The last one to close a store takes its write-ahead log away; this process still has it open.
      _ = try Tool.succeed(["close", "c1"], in: folder)
      #expect(FileManager.default.fileExists(atPath: "\(path)-wal"))
      try first.open("c2", channel: "chat", agent: "Ann")
      #expect(try Tool.succeed(["show", "c2"], in: folder).contains("Ann"))
    }
  }
}
