internal import HandlingAnalytics

/// The tables that figures are taken from, each one part of the statement's `WITH` clause, in the order in which they
/// rest on each other.
extension SQLFigures {
  /// The tables in use, with `lines` and `grouped` before them.
  var tables: [String] {
    var tables: [String] = []
    if needsConversations { tables.append(conversationValues) }
    if needsValues { tables.append(handlingValues) }
    tables += Self.sums(contactSums, from: "grouped")
    tables += Self.sums(conversationSums, from: conversations.table)
    tables += Self.sums(valueSums, from: "handling_values")
    tables += Self.sums(deviationSums, from: Self.distances)
    tables += Self.ranks(valueRanks, of: "value", "ranked_values", from: "handling_values")
    tables += Self.ranks(replyRanks, of: "first_reply_seconds", "ranked_replies", from: "grouped")
    if !engagement.isEmpty { tables += [Self.stretches] + Self.sums(engagement, from: "stretches") }
    tables += Self.sums(
      contactShares,
      from: "(SELECT line, share, count(*) AS contacts FROM grouped GROUP BY line, share)")
    tables += Self.sums(
      valueShares,
      from:
        "(SELECT line, share, count(*) AS n, sum(value) AS total FROM handling_values GROUP BY line, share)")
    return tables
  }

  /// The tables with figures of a line, to be joined to the lines.
  var joined: [String] {
    [
      contactSums, conversationSums, valueSums, deviationSums, valueRanks, replyRanks, engagement,
      contactShares,
      valueShares,
    ].filter { !$0.isEmpty }.map(\.table)
  }

  /// Whether contacts must say which conversation they belong to.
  var needsConversations: Bool {
    !conversationSums.isEmpty || needsValues && query.unit == .conversation
  }

  private var needsValues: Bool {
    !(valueSums.isEmpty && deviationSums.isEmpty && valueRanks.isEmpty && valueShares.isEmpty)
  }

  /// A part of the `WITH` clause.
  static func table(_ name: String, _ definition: String) -> String {
    "\(name) AS (\n\(SQLText.indented(definition))\n)"
  }

  private static func sums(_ sums: SQLColumns, from source: String) -> [String] {
    guard !sums.isEmpty else { return [] }
    return [
      table(
        sums.table, "SELECT line,\n\(SQLText.indented(sums.list))\nFROM \(source)\nGROUP BY line")
    ]
  }

  /// A conversation's value is the sum over its handled contacts in the line, missing if any of them is missing.
  private var conversationValues: String {
    var columns = SQLColumns(conversations.table)
    if query.countsShares { _ = columns.take("share", "max(share)") }
    _ = columns.take("is_handled", "max(is_handled)")
    _ = columns.take(
      "value", "CASE WHEN count(*) FILTER (WHERE is_handled AND seconds IS NULL) = 0 THEN sum(seconds) END")
    for column in conversations.columns { _ = columns.take(column.name, column.expression) }
    return Self.table(
      columns.table,
      "SELECT line, conversation,\n\(SQLText.indented(columns.list))\nFROM grouped\nGROUP BY line, conversation"
    )
  }

  private var handlingValues: String {
    let share = query.countsShares ? "share, " : ""
    return Self.table(
      "handling_values",
      query.unit == .conversation
        ? "SELECT line, \(share)value FROM \(conversations.table) WHERE value IS NOT NULL"
        : "SELECT line, \(share)seconds AS value FROM grouped WHERE seconds IS NOT NULL")
  }

  /// Distances are taken from a whole number near the mean, so that little cancels and whole numbers stay small.
  private static let distances = """
    (
      SELECT handling_values.line, value - total / n AS distance
      FROM handling_values JOIN value_sums ON value_sums.line = handling_values.line
    )
    """

  /// The values of a line with their places from 0, and what is taken from these.
  private static func ranks(
    _ ranks: SQLColumns, of value: String, _ name: String, from source: String
  ) -> [String] {
    guard !ranks.isEmpty else { return [] }
    let ranked = """
      SELECT line, \(value) AS value,
        row_number() OVER (PARTITION BY line ORDER BY \(value)) - 1 AS place,
        count(*) OVER (PARTITION BY line) AS n
      FROM \(source)
      WHERE \(value) IS NOT NULL
      """
    return [
      table(name, ranked),
      table(
        ranks.table, "SELECT line, n,\n\(SQLText.indented(ranks.list))\nFROM \(name)\nGROUP BY line, n"),
    ]
  }

  /// Each stretch of an agent with the latest end of those that began before it.
  private static let stretches = table(
    "stretches",
    """
    SELECT line, started_at, ended_at,
      max(ended_at) OVER (
        PARTITION BY line, agent ORDER BY started_at, ended_at
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS covered_until
    FROM grouped
    WHERE agent IS NOT NULL AND ended_at > started_at
    """)
}
