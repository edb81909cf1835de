internal import CivilTime
internal import HandlingAnalytics

/// A question as one SQL statement over the store's own tables.
///
///     cohort ──▶ grouped ──▶ contact_sums, handling_values, ranked_values …  ──▶ SELECT … FROM lines
///     contacts   a row for each line of the answer and contact in it; line 1 is the total
struct QuestionSQL {
  private let query: HandlingQuery
  private let showsTotal: Bool
  private let calendar: SQLCalendar
  private let tags: SQLTags
  private let conditions: [String]
  private let dimensions: [SQLDimension]
  private let folds: [SQLFolds]
  private let figures: SQLFigures
  /// The result columns: labels, then figures.
  private let columns: [String]

  /// What a question is put into words for.
  struct Setting {
    let zone: TimeZoneRules
    let now: Instant
    /// Least and greatest of the instants that can count.
    let instants: ClosedRange<Int64>?
    /// See ``SQLFigures/hasSmallSquares``.
    let hasSmallSquares: Bool
    let folds: [Dimension: SQLFolds]
    /// Whether tags count as others.
    let mergesTags: Bool
  }

  /// - Throws: what is wrong with a period.
  /// - Returns: `nil` when a measure has no form in SQL.
  init?(_ query: HandlingQuery, _ limits: PeriodLimits?, _ setting: Setting, showsTotal: Bool)
    throws(PeriodFault)
  {
    self.query = query
    self.showsTotal = showsTotal
    calendar = SQLCalendar(
      query.attribution, includesOpen: query.includesOpen, over: setting.instants, in: setting.zone)
    tags = SQLTags(areMerged: setting.mergesTags)
    let filter = SQLFilter(
      calendar: calendar, includesOpen: query.includesOpen, tags: tags, zone: setting.zone, now: setting.now)
    // What an import that is not finished has written counts for nobody.
    var conditions = ["contact.key < (SELECT contact FROM import_border)"]
    if !query.includesOpen { conditions.append("conversation.state = 2") }
    if !query.includesBots { conditions.append("contact.is_bot = 0") }
    if let limits { conditions += calendar.limits(limits) }
    if let asked = query.filter { conditions += try filter.conditions(asked) }
    self.conditions = conditions
    var dimensions: [SQLDimension] = []
    for dimension in query.dimensions {
      dimensions.append(
        SQLDimension(
          dimension, calendar, includesOpen: query.includesOpen, tags: tags,
          folds: setting.folds[dimension]))
    }
    self.dimensions = dimensions
    folds = query.dimensions.compactMap { setting.folds[$0] }
    var figures = SQLFigures(query, hasSmallSquares: setting.hasSmallSquares)
    var columns = dimensions.map { dimension in
      "CASE WHEN lines.line = 1 THEN '*' ELSE \(dimension.label) END AS "
        + SQLText.name(dimension.dimension.rawValue)
    }
    for measure in query.measures {
      guard let expression = figures.expression(measure) else { return nil }
      columns.append("\(expression) AS \(SQLText.name(measure.name))")
    }
    self.figures = figures
    self.columns = columns
  }

  /// The statement, with its semicolon and a line feed.
  var text: String {
    let tables =
      (calendar.table.map { needsOffsets ? [$0] : [] } ?? []) + folds.map(\.definition) + mergedTags
      + [cohort, grouped, lines] + figures.tables
    var text = "WITH\n\(tables.joined(separator: ",\n"))\nSELECT\n"
    text += SQLText.indented(columns.joined(separator: ",\n"))
    text += "\nFROM lines\n"
    for join in dimensions.flatMap(\.joins) { text += "\(join)\n" }
    for table in figures.joined { text += "LEFT JOIN \(table) ON \(table).line = lines.line\n" }
    if !showsTotal { text += "WHERE lines.line > 1\n" }
    text += "ORDER BY \(order.joined(separator: ", "))"
    if let limit = query.limit { text += "\nLIMIT \(limit + (showsTotal ? 1 : 0))" }
    return text + ";\n"
  }

  /// Whether anything asks for a civil bucket.
  private var needsOffsets: Bool {
    (conditions + dimensions.map(\.code)).contains { $0.contains("zone_offset.") }
  }

  /// What merged tags have come to, where anything asks for it.
  private var mergedTags: [String] {
    guard let table = tags.table else { return [] }
    let isNeeded =
      dimensions.contains { $0.dimension == .tag } || conditions.contains { $0.contains("merged.tag") }
    return isNeeded ? [table] : []
  }

  private var countsEachTag: Bool { query.dimensions.contains(.tag) && query.tagCounting != .primary }

  /// The contacts that count, each once, with what groups and figures need of them.
  private var cohort: String {
    var columns = SQLColumns("cohort")
    _ = columns.take("is_handled", "contact.is_handled")
    _ = columns.take("seconds", "CASE WHEN contact.is_handled = 1 THEN contact.handling_seconds END")
    if figures.needsConversations { _ = columns.take("conversation", "contact.conversation") }
    for dimension in dimensions {
      if dimension.dimension == .tag, countsEachTag {
        _ = columns.take("tags", tags.list)
      } else {
        _ = columns.take(dimension.column, dimension.code)
      }
    }
    for column in figures.contacts.columns { _ = columns.take(column.name, column.expression) }
    var lines = ["SELECT", SQLText.indented(columns.list), "FROM contact"]
    lines.append("JOIN conversation ON conversation.key = contact.conversation")
    if needsOffsets, let join = calendar.join { lines.append(join) }
    if conditions.count > 100 {
      lines.append("WHERE " + SQLText.joined(conditions, by: "AND"))
    } else {
      lines.append("WHERE " + conditions.joined(separator: "\n  AND "))
    }
    return SQLFigures.table("cohort", lines.joined(separator: "\n"))
  }

  /// The contacts of each line of the answer: all of them in the first, then those of each group.
  private var grouped: String {
    guard !dimensions.isEmpty else {
      return SQLFigures.table("grouped", "SELECT 1 AS line, cohort.* FROM cohort")
    }
    var ofTotal = ["1 AS line"]
    let keys = dimensions.map {
      $0.dimension == .tag && countsEachTag ? "chosen.value" : "cohort.\($0.column)"
    }
    var ofGroups = ["1 + dense_rank() OVER (ORDER BY \(keys.joined(separator: ", ")))"]
    var source = "cohort"
    if countsEachTag {
      ofTotal.append("NULL AS tag")
      ofGroups.append("chosen.value")
      source += " LEFT JOIN json_each(cohort.tags) AS chosen"
    }
    if query.countsShares {
      ofTotal.append("1 AS share")
      ofGroups.append("max(json_array_length(cohort.tags), 1)")
    }
    return SQLFigures.table(
      "grouped",
      """
      SELECT \(ofTotal.joined(separator: ", ")), cohort.* FROM cohort
      UNION ALL
      SELECT \(ofGroups.joined(separator: ", ")), cohort.*
      FROM \(source)
      """)
  }

  /// The lines of the answer with their codes; the first, the total, is there even where nothing counts.
  private var lines: String {
    guard !dimensions.isEmpty else { return SQLFigures.table("lines", "SELECT 1 AS line") }
    let columns = dimensions.map(\.column)
    return SQLFigures.table(
      "lines",
      """
      SELECT 1 AS line, \(columns.map { "NULL AS \($0)" }.joined(separator: ", "))
      UNION ALL
      SELECT DISTINCT line, \(columns.joined(separator: ", ")) FROM grouped WHERE line > 1
      """)
  }

  /// The total, then what was asked for, then the labels.
  private var order: [String] {
    var order = ["lines.line > 1"]
    let direction = query.order?.isDescending == true ? " DESC" : ""
    switch query.order?.key {
    case .dimension(let asked)?:
      for dimension in dimensions where dimension.dimension == asked {
        order += dimension.order.map { "\($0)\(direction) NULLS LAST" }
      }
    case .measure(let measure)?:
      if let place = query.measures.firstIndex(of: measure) {
        order.append("\(dimensions.count + place + 1)\(direction) NULLS LAST")
      }
    case nil: break
    }
    return order + dimensions.flatMap(\.order).map { "\($0) NULLS LAST" }
  }
}
