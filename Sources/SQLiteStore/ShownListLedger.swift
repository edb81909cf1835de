/// The lists that close dialogs have shown, each with what was chosen at the close it led to.
package struct ShownListLedger {
  /// One list with its close.
  package struct Entry: Equatable, Sendable {
    package var conversation: Int64
    /// What was known when it was ranked.
    package var category: Int32?
    package var channel: Int32?
    package var agent: Int32?
    /// Tags chosen before it was shown.
    package var before: [Int32]
    /// Best first.
    package var shown: [(tag: Int32, score: Double)]
    /// The tags of the close.
    package var chosen: [Int32]
    /// The change up to which the model had learnt.
    package var modelSeq: Int64
    package var rankingMicroseconds: Int64
    /// Unix seconds.
    package var shownAt: Int64
    package var closedAt: Int64

    package init(
      conversation: Int64, category: Int32?, channel: Int32?, agent: Int32?, before: [Int32],
      shown: [(tag: Int32, score: Double)], chosen: [Int32], modelSeq: Int64, rankingMicroseconds: Int64,
      shownAt: Int64, closedAt: Int64
    ) {
      self.conversation = conversation
      self.category = category
      self.channel = channel
      self.agent = agent
      self.before = before
      self.shown = shown
      self.chosen = chosen
      self.modelSeq = modelSeq
      self.rankingMicroseconds = rankingMicroseconds
      self.shownAt = shownAt
      self.closedAt = closedAt
    }

    /// Equal in every part, scores to the bit.
    package static func == (one: Entry, other: Entry) -> Bool {
      one.conversation == other.conversation && one.category == other.category && one.channel == other.channel
        && one.agent == other.agent && one.before == other.before
        && one.shown.map(\.tag) == other.shown.map(\.tag)
        && one.shown.map(\.score.bitPattern) == other.shown.map(\.score.bitPattern)
        && one.chosen == other.chosen && one.modelSeq == other.modelSeq
        && one.rankingMicroseconds == other.rankingMicroseconds && one.shownAt == other.shownAt
        && one.closedAt == other.closedAt
    }
  }

  private static let columns =
    "conversation, category, channel, agent, before, shown, chosen, model_seq, ranking_micros, shown_at, closed_at"

  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Keeps a list with its close. Part of the close's transaction.
  ///
  /// - Parameter change: the seq of the close.
  package func append(_ entry: Entry, change: Int64) throws(SQLiteFault) {
    let insert = try connection.prepare(
      "INSERT INTO shown_list (change, \(Self.columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    )
    insert.bind(1, change)
    insert.bind(2, entry.conversation)
    insert.bind(3, entry.category.map(Int64.init))
    insert.bind(4, entry.channel.map(Int64.init))
    insert.bind(5, entry.agent.map(Int64.init))
    insert.bind(6, TagList.text(entry.before))
    insert.bind(7, ScoredTagList.text(entry.shown))
    insert.bind(8, TagList.text(entry.chosen))
    insert.bind(9, entry.modelSeq)
    insert.bind(10, entry.rankingMicroseconds)
    insert.bind(11, entry.shownAt)
    insert.bind(12, entry.closedAt)
    try insert.run()
  }

  /// Calls `body` with every list, in the order of the closes, each with its close's seq.
  package func forEach(_ body: (_ change: Int64, Entry) throws -> Void) throws {
    let rows = try connection.prepare("SELECT change, \(Self.columns) FROM shown_list ORDER BY change")
    func id(_ column: Int32) -> Int32? { rows.integer(column).flatMap(Int32.init(exactly:)) }
    func tags(_ column: Int32) -> [Int32] { rows.text(column).map(TagList.tags) ?? [] }
    while try rows.step() {
      try body(
        rows.integer(0) ?? 0,
        Entry(
          conversation: rows.integer(1) ?? 0, category: id(2), channel: id(3), agent: id(4), before: tags(5),
          shown: rows.text(6).map(ScoredTagList.tags) ?? [], chosen: tags(7), modelSeq: rows.integer(8) ?? 0,
          rankingMicroseconds: rows.integer(9) ?? 0, shownAt: rows.integer(10) ?? 0,
          closedAt: rows.integer(11) ?? 0))
    }
  }
}

/// Tags with their scores as the JSON text of a row: `[[3,-0.25],[17,-1.5]]`.
enum ScoredTagList {
  /// The text of a list; scores by the shortest text that reads back as the same number.
  static func text(_ list: [(tag: Int32, score: Double)]) -> String {
    "[" + list.map { "[\($0.tag),\($0.score.description)]" }.joined(separator: ",") + "]"
  }

  /// The list in a text; what is no pair of a tag and a number is passed over.
  static func tags(_ text: String) -> [(tag: Int32, score: Double)] {
    text.split(whereSeparator: { "[] ".contains($0) }).compactMap { pair in
      let parts = pair.split(separator: ",")
      guard parts.count == 2, let tag = Int32(parts[0]), let score = Double(parts[1]), score.isFinite else {
        return nil
      }
      return (tag, score)
    }
  }
}
