internal import HandlingAnalytics

/// A question that is timed: what managers ask, over synthetic contacts.
struct BenchmarkQuestion: Sendable {
  /// As commands and files name it.
  let name: String
  /// As tables show it.
  let title: String
  let table: SyntheticTable.Kind
  let query: HandlingQuery
  /// The columns without which it can't be answered: to read them is the least that it can cost.
  let columns: Set<String>

  static let all: [BenchmarkQuestion] = [
    BenchmarkQuestion("aht-by-tag", "AHT by tag, all rows", by: [.tag], reading: ["firstTag"]),
    BenchmarkQuestion(
      "aht-by-tag-one-month-one-channel", "AHT by tag, one month, one channel", by: [.tag],
      reading: ["firstTag", "channel", "reportedAt"]
    ) {
      $0.period = .named("2023-05")
      $0.filter = .oneOf(.channel, ["0000"])
    },
    BenchmarkQuestion(
      "spread-by-tag", "n, mean, min, max, sd by tag", by: [.tag], [.n, .mean, .min, .max, .sd],
      reading: ["firstTag"]),
    BenchmarkQuestion(
      "quantiles-by-tag", "exact p50, p90, p95, p99 by tag", by: [.tag],
      [500, 900, 950, 990].map { .quantile(permille: $0) }, reading: ["firstTag"]),
    BenchmarkQuestion(
      "aht-by-tag-month", "AHT by tag and month", by: [.tag, .month],
      reading: ["firstTag", "reportedAt"]),
    BenchmarkQuestion(
      "aht-by-tag-weekday-hour-paris", "AHT by tag, weekday and hour, Europe/Paris",
      by: [.tag, .weekday, .hour], reading: ["firstTag", "reportedAt"]
    ) { $0.zone = "Europe/Paris" },
    BenchmarkQuestion(
      "aht-by-tags-list", "AHT by tag, 1-3 tags a conversation", by: [.tag],
      reading: ["firstTag", "furtherTagRows", "furtherTagCodes"], table: .severalTags),
    BenchmarkQuestion(
      "aht-by-agent-tag", "AHT by agent and tag, 500 x 60", by: [.agent, .tag],
      reading: ["agent", "firstTag"]),
    BenchmarkQuestion(
      "aht-by-agent-tag-large", "AHT by agent and tag, 5,000 x 1,000", by: [.agent, .tag],
      reading: ["agent", "firstTag"], table: .wide
    ) {
      $0.order = HandlingQuery.Order(by: .measure(.total), isDescending: true)
      $0.limit = 100
    },
    BenchmarkQuestion(
      "filtered-by-category", "four tags, two channels, no bots, a range, by category", by: [.category],
      reading: ["firstTag", "channel", "category", "marks"]
    ) {
      $0.includesBots = false
      $0.filter = .all([
        .oneOf(.tag, ["0003", "0007", "0012", "0020"]), .oneOf(.channel, ["0000", "0002"]),
        .seconds(.handling, from: 60, through: 1_800),
      ])
    },
    BenchmarkQuestion(
      "conversations-by-tag", "mean per conversation by tag", by: [.tag],
      [.nConversation, .meanConversation],
      reading: ["firstTag", "conversation", "marks"]),
  ]

  private init(
    _ name: String, _ title: String, by dimensions: [Dimension], _ measures: [Measure] = [.n, .total],
    reading columns: Set<String>, table: SyntheticTable.Kind = .oneTag,
    _ change: (inout HandlingQuery) -> Void = { _ in }
  ) {
    self.name = name
    self.title = title
    self.table = table
    self.columns = columns.union(["seconds"])
    var query = HandlingQuery(by: dimensions, measures: measures)
    query.includesBots = true
    change(&query)
    self.query = query
  }
}
