/// Ended conversations with the agent who had them last: what a ranker learns.
package struct CloseFeed {
  /// One ended conversation.
  package struct Close: Sendable {
    package var conversation: Int64
    package var id: String
    package var endedAt: Int64
    package var category: Int32?
    package var channel: Int32?
    package var tags: [Int32]
    /// The agent of its latest human contact that has one.
    package var agent: Int32?

    package init(
      conversation: Int64, id: String, endedAt: Int64, category: Int32?, channel: Int32?, tags: [Int32],
      agent: Int32? = nil
    ) {
      self.conversation = conversation
      self.id = id
      self.endedAt = endedAt
      self.category = category
      self.channel = channel
      self.tags = tags
      self.agent = agent
    }

    /// The order in which closes are learnt: by ended instant, then id.
    package static func precedes(_ one: Close, _ other: Close) -> Bool {
      one.endedAt == other.endedAt
        ? one.id.utf8.lexicographicallyPrecedes(other.id.utf8) : one.endedAt < other.endedAt
    }
  }

  private let statement: SQLiteStatement

  package init(_ store: Store) throws(SQLiteFault) {
    statement = try store.connection.prepare(
      """
      SELECT c.key, c.id, c.ended_at, c.category, c.channel, c.tags, t.agent, t.started_at, t.is_bot \
      FROM conversation AS c CROSS JOIN contact AS t ON t.conversation = c.key \
      WHERE c.key BETWEEN ?1 AND ?2 AND c.state = 2 AND c.tags <> '[]' ORDER BY c.key
      """)
  }

  /// The tagged closes with keys in the range, by ended instant, then id.
  package func closes(_ keys: Range<Int64>) throws(SQLiteFault) -> [Close] {
    guard !keys.isEmpty else { return [] }
    statement.reset()
    statement.bind(1, keys.lowerBound)
    statement.bind(2, keys.upperBound - 1)
    var closes: [Close] = []
    var agentSince = Int64.min
    while try statement.step() {
      let key = statement.integer(0) ?? 0
      if closes.last?.conversation != key {
        agentSince = .min
        closes.append(Self.close(statement))
      }
      if let agent = statement.integer(6).flatMap(Int32.init(exactly:)), statement.integer(8) == 0,
        let started = statement.integer(7), started >= agentSince
      {
        closes[closes.count - 1].agent = agent
        agentSince = started
      }
    }
    statement.reset()
    return closes.sorted(by: Close.precedes)
  }

  /// Calls `body` with every tagged close in the order in which closes are learnt. O(n log n) in SQLite's sorter, which
  /// spills to disk.
  package static func forEachInOrder(of store: Store, _ body: (Close) throws -> Void) throws {
    let rows = try store.connection.prepare(
      """
      SELECT c.key, c.id, c.ended_at, c.category, c.channel, c.tags, (\
      SELECT t.agent FROM contact AS t WHERE t.conversation = c.key AND t.is_bot = 0 AND t.agent IS NOT NULL \
      ORDER BY t.started_at DESC, t.key DESC LIMIT 1) \
      FROM conversation AS c WHERE c.state = 2 AND c.tags <> '[]' \
      AND c.key < \(UnfinishedImport.conversationBorder) ORDER BY c.ended_at, c.id
      """)
    while try rows.step() {
      var close = close(rows)
      close.agent = rows.integer(6).flatMap(Int32.init(exactly:))
      try body(close)
    }
  }

  /// How many tagged closes there are. O(conversations).
  package static func count(in store: Store) throws(SQLiteFault) -> Int {
    let sql = """
      SELECT count(*) FROM conversation \
      WHERE state = 2 AND tags <> '[]' AND key < \(UnfinishedImport.conversationBorder)
      """
    return Int(try store.connection.integer(sql))
  }

  private static func close(_ row: SQLiteStatement) -> Close {
    Close(
      conversation: row.integer(0) ?? 0, id: row.text(1) ?? "", endedAt: row.integer(2) ?? 0,
      category: row.integer(3).flatMap(Int32.init(exactly:)),
      channel: row.integer(4).flatMap(Int32.init(exactly:)), tags: row.text(5).map(TagList.tags) ?? [])
  }
}
