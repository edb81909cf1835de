internal import CivilTime
internal import SQLiteStore

extension WrapUp {
  /// How well the lists that close dialogs have shown were taken up: see ``AcceptanceReport``.
  ///
  /// - Complexity: O(lists × their length).
  public func acceptance(by dimension: AcceptanceReport.Dimension? = nil) throws(WrapUpError)
    -> AcceptanceReport
  {
    let zone = try Self.zoneRules(zone)
    return try withState { state in
      try state.store.read {
        var count = AcceptanceCount(
          by: dimension, tags: try state.names(.tag).names(), categories: try state.names(.category).names(),
          states: try TagStates(state.store), zone: zone)
        try ShownListLedger(state.store).forEach { _, entry in count.add(entry) }
        return count.report(seq: try state.changes.position().seq)
      }
    }
  }
}

/// Counts lists row by row of the answer.
private struct AcceptanceCount {
  private let dimension: AcceptanceReport.Dimension?
  private let tags: [String]
  private let categories: [String]
  private let states: TagStates
  private let zone: TimeZoneRules
  private var total = AcceptanceReport.Row()
  private var rows: [String?: AcceptanceReport.Row] = [:]
  private var rankingTimes: [Int64] = []

  init(
    by dimension: AcceptanceReport.Dimension?, tags: [String], categories: [String], states: TagStates,
    zone: TimeZoneRules
  ) {
    self.states = states
    self.dimension = dimension
    self.tags = tags
    self.categories = categories
    self.zone = zone
  }

  mutating func add(_ entry: ShownListLedger.Entry) {
    rankingTimes.append(entry.rankingMicroseconds)
    // Tags that were merged since then count as what they have come to.
    let shown = entry.shown.map { states.resolved($0.tag) }
    // What was chosen before could not be chosen from the list.
    let chosen = states.resolved(entry.chosen.filter { !entry.before.contains($0) })
    total.count(shown: shown, chosen: chosen) { _ in true }
    switch dimension {
    case nil: break
    case .category:
      rows[name(entry.category, categories), default: .init()].count(shown: shown, chosen: chosen) { _ in true
      }
    case .month:
      rows[month(entry.closedAt), default: .init()].count(shown: shown, chosen: chosen) { _ in true }
    case .tag:
      for tag in Set(shown).union(chosen) {
        rows[name(tag, tags), default: .init()].count(shown: shown, chosen: chosen) { $0 == tag }
      }
    }
  }

  func report(seq: Int64) -> AcceptanceReport {
    var report = AcceptanceReport(by: dimension)
    report.total = total
    report.rows = rows.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { name, row in
      var row = row
      row.name = name
      return row
    }
    report.medianRankingMicroseconds =
      rankingTimes.isEmpty ? nil : Int(rankingTimes.sorted()[(rankingTimes.count - 1) / 2])
    report.seq = seq
    return report
  }

  private func name(_ id: Int32?, _ names: [String]) -> String? {
    guard let id, names.indices.contains(Int(id) - 1) else { return nil }
    return names[Int(id) - 1]
  }

  private func month(_ instant: Int64) -> String {
    let offset = zone.offset(at: Instant(instant))
    let date = LocalDateTime(secondsSinceEpochAsIfUTC: instant + Int64(offset)).date
    return "\(date.year)-\(date.month < 10 ? "0" : "")\(date.month)"
  }
}

extension AcceptanceReport.Row {
  /// Counts one list as far as its tags are wanted.
  fileprivate mutating func count(shown: [Int32], chosen: [Int32], isWanted: (Int32) -> Bool) {
    closes += 1
    for tag in chosen where isWanted(tag) {
      self.chosen += 1
      guard let place = shown.firstIndex(of: tag) else {
        neverShown += 1
        continue
      }
      for limit in [1, 3, 5] where place < limit { chosenFromFirst[limit, default: 0] += 1 }
    }
    // A list may have shown two tags that are one now, at two places.
    for (place, tag) in shown.enumerated() where isWanted(tag) && shown.firstIndex(of: tag) == place {
      self.shown += 1
      if !chosen.contains(tag) { shownUnchosen += 1 }
    }
  }
}
