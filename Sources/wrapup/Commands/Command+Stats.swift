internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let stats = Command(
    name: "stats", summary: "exact handling times by tag, category, agent, month …",
    operands: "[@QUERY] [FILE...]", operandCount: 0...Int.max, operandValues: [.files],
    options: questionOptions + StatsFilters.options + answerOptions + StatsFiles.options,
    examples: [
      ("wrapup stats --by tag", "handling time by tag"),
      ("wrapup stats march.csv april.csv --by tag", "the same straight from files, without a store"),
      (
        "wrapup stats --by tag --period last-month --channel chat --sort total --limit 10",
        "the ten tags that took most of last month's time in chat"
      ),
      ("wrapup stats --by tag,month --measures n,mean,p50,p90 --format csv", "for a spreadsheet, in seconds"),
      (
        "wrapup stats --by weekday,hour --attribute started --zone Europe/Paris",
        "when work comes in, on the clocks of Paris"
      ),
      ("wrapup stats --chart --period last-month", "how handling times are spread, with median and 90%"),
      ("wrapup stats @weekly --limit 3", "a query that the configuration file has; see 'wrapup help config'"),
      (
        "wrapup stats --by agent --where 'channel in (chat, email) and not flag = long' --measures n,mean,ci95",
        "agents with the 95% interval of their mean"
      ),
    ],
    notes: [
      "DIMENSIONS  \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))",
      """
      MEASURES
        contacts, handled, unhandled, conversations    how many; reopens
        n, missing                                     handled with a handling time, and without
        total, hours, mean, sd, sd_pop, min, max       of the n; share, share_contacts of the total row's
        pNN, pNN.N, median, trimmed_mean, within       quantiles; --trim, --target
        ci95, pNN_ci95, histogram                      two columns low and high; one column a range
        n_conversation, mean_conversation              the same per conversation instead of per contact
        mean_talk, mean_hold, mean_wrapup              over contacts that had them, with n_talk …
        first_reply_pNN, n_first_reply                 how long visitors waited
        csat, rating, network_quality, product_quality surveys, each with its n_csat …
        engaged, concurrency                           time with a contact open; handling time over it
        Tables show durations as h:mm:ss, CSV and JSON seconds in full precision.
      """,
      """
      PERIODS  today, yesterday, this-week, last-week, … -month, -quarter, -year; 30d (whole days before today);
        2016, 2016-Q1, 2016-02, 2016-W09, 2016-02-29, 2016-02-01..2016-03-15
      """,
      """
      CONDITIONS  FIELD = VALUE, !=, <, <=, >, >=, in (A, B), between A and B, is missing, with and, or, not, ( ).
        Fields are the dimensions, handling, talk, hold, wrapup (seconds), basis, flag, bot and visitor.
        Filters on tag, category, channel, closing, rating and visitor keep whole conversations; the rest, contacts.
      """,
      """
      FILES  are CSV or JSON Lines as 'wrapup help import' describes them; - is standard input. Answers are those of a
        fresh store that has imported them in this order; nothing is kept. Refused rows are named on standard error.
      """,
    ],
    takesSavedQueries: true,
    run: { try StatsAnswer($0).give() })

  private static let periodNames =
    ["today", "yesterday", "7d", "30d", "90d"]
    + ["this", "last"].flatMap { which in ["week", "month", "quarter", "year"].map { "\(which)-\($0)" } }

  /// What is asked.
  private static let questionOptions: [Option] = [
    Option(
      name: "--by", value: "DIMENSIONS", values: .list(Dimension.allCases.map(\.rawValue)),
      summary: "up to three, by commas; without it, the total alone"),
    Option(
      name: "--measures", value: "MEASURES", values: .list(Measure.names + ["p50", "p90", "p95"]),
      summary: "by commas; see below"),
    Option(
      name: "--period", value: "PERIOD", values: .words(periodNames),
      summary: "such as last-month, 2016-Q1 or 30d; see below"),
    Option(name: "--from", value: "WHEN", summary: "a date (included) or an instant"),
    Option(name: "--to", value: "WHEN", summary: "a date (that day included) or an instant (excluded)"),
    Option(
      name: "--zone", value: "ZONE", values: .zones, isSetting: true,
      summary: "IANA zone of calendar buckets and periods; else the store's"),
    Option(
      name: "--attribute", value: "WHEN", values: .words(of: HandlingQuery.Attribution.self), isSetting: true,
      summary: "reported (default: when its conversation ended), ended or started (its own)"),
    Option(name: "--open", summary: "count conversations that have not ended too"),
    Option(name: "--bots", summary: "count contacts of bots too"),
    Option(
      name: "--per", value: "UNIT", values: .words(["contact", "conversation"]),
      summary: "a handling time is one of a contact (default) or of a conversation"),
    Option(
      name: "--tags", value: "HOW", values: .words(["each", "split", "primary"]),
      summary: "several of a conversation: it counts in each (default), is split, or in the primary"),
    Option(
      name: "--as-of", value: "TIME", values: .words(["today", "tagged"]),
      summary: "tags that were merged count as what they are today (default), or as tagged"),
    Option(name: "--target", value: "SECONDS", summary: "adds within: the share of values at or below it"),
    Option(name: "--trim", value: "PERCENT", summary: "adds trimmed_mean: without so many at either end"),
    Option(
      name: "--quantiles", value: "METHOD", values: .words(["type7", "nearest"]), isSetting: true,
      summary: "type7 (default: interpolated) or nearest (nearest rank)"),
  ]

  /// How it is answered.
  private static let answerOptions: [Option] = [
    Option(
      name: "--sort", value: "COLUMN", summary: "greatest first (dimensions: in order), or COLUMN:asc, :desc"),
    Option(name: "--limit", value: "ROWS", summary: "at most so many rows, after sorting"),
    Option(
      name: "--compare", value: "OTHER", values: .words(["previous"]),
      summary: "beside another period: previous, or one such as 2016-01-01..2016-01-31"),
    Option(
      name: "--rows",
      summary: "list the contacts behind the figures; --sort handling, started, ended or reported"),
    Option(name: "--chart", summary: "a picture instead of the table: bars, a heat map, or a histogram"),
    Option(
      name: "--format", value: "FORMAT", values: .words(of: ReportFormat.self),
      summary: "table (default), csv, json, markdown or svg; --rows: table, csv or jsonl"),
    Option(name: "--no-total", summary: "leave the total row out"),
    Option(
      name: "--explain", summary: "instead of the answer: what is counted and read, and the same in SQL"),
    Option(
      name: "--slices", value: "COUNT", isSetting: true,
      summary: "parts to scan at once; the answer does not depend on it"),
    .store,
  ]
}
