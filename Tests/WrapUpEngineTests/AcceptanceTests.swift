import TestSupport
import Testing

@testable import WrapUpEngine

/// Lists handed to closes, and how they were taken up.
struct AcceptanceTests {
  private static let tags = ["Refund", "Voucher", "Late", "Lost", "Damaged", "Address", "Invoice", "Other"]
  private static let categories = ["Delivery", "Billing", nil]

  /// One close as the test remembers it.
  private struct Closed {
    var category: String?
    var shown: [String]
    var before: [String]
    var chosen: [String]
    var month: String
  }

  @Test("every share equals a count by hand, in total and by category, tag and month")
  func sharesByHand() throws {
    let now = Guarded<Int64>(1_767_600_000)
    var settings = WrapUp.Settings()
    settings.now = { now.withLock { $0 } }
    var random = SeededGenerator(seed: 11)
    try Scratch.withStore(settings: settings) { wrapup in
      var closes: [Closed] = []
      for number in 0..<120 {
        now.withLock { $0 += Int64.random(in: 0...100_000, using: &random) }
        let category = Self.categories.randomElement(using: &random)!
        try wrapup.open("c\(number)", channel: "chat", category: category)
        let before = number % 7 == 3 ? ["Refund"] : []
        let ranked = try wrapup.recommend(
          DialogContext(category: category, channel: "chat", chosen: before),
          limit: Int.random(in: 1...6, using: &random))
        let chosen = Array(Self.tags.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)))
        let handsList = number % 4 != 1
        _ = try wrapup.close(
          "c\(number)", tags: before + chosen, shown: handsList ? ranked.shown : nil)
        if handsList {
          closes.append(
            Closed(
              category: category, shown: ranked.list.map(\.tag), before: before,
              chosen: before + chosen.filter { !before.contains($0) },
              month: String(WrapUp.text(ofInstant: now.withLock { $0 }).prefix(7))))
        }
      }
      #expect(closes.contains { $0.shown.count == 6 } && Set(closes.map(\.month)).count > 1)
      let total = try wrapup.acceptance()
      #expect(total.rows.isEmpty && total.seq > 200 && total.medianRankingMicroseconds != nil)
      try Self.expect(total.total, closes) { _ in true }
      let byCategory = try wrapup.acceptance(by: .category)
      #expect(byCategory.rows.map(\.name) == [nil, "Billing", "Delivery"] && byCategory.total == total.total)
      for row in byCategory.rows {
        try Self.expect(row, closes.filter { $0.category == row.name }) { _ in true }
      }
      let byMonth = try wrapup.acceptance(by: .month)
      #expect(byMonth.rows.map(\.name) == Set(closes.map(\.month)).sorted())
      for row in byMonth.rows { try Self.expect(row, closes.filter { $0.month == row.name }) { _ in true } }
      let byTag = try wrapup.acceptance(by: .tag)
      for row in byTag.rows {
        let name = try #require(row.name)
        let concerned = closes.filter {
          $0.shown.contains(name) || $0.chosen.contains(name) && !$0.before.contains(name)
        }
        try Self.expect(row, concerned) { $0 == name }
      }
      #expect(Set(byTag.rows.map(\.name)) == Set(Self.tags))
    }
  }

  private static func expect(
    _ row: AcceptanceReport.Row, _ closes: [Closed], where isWanted: (String) -> Bool
  ) throws {
    var (chosen, unshown, shown, unchosen) = (0, 0, 0, 0)
    var first = [1: 0, 3: 0, 5: 0]
    for close in closes {
      for tag in close.chosen where isWanted(tag) && !close.before.contains(tag) {
        chosen += 1
        if !close.shown.contains(tag) { unshown += 1 }
        for limit in [1, 3, 5] where close.shown.prefix(limit).contains(tag) { first[limit]! += 1 }
      }
      for tag in close.shown where isWanted(tag) {
        shown += 1
        if !close.chosen.contains(tag) { unchosen += 1 }
      }
    }
    #expect(row.closes == closes.count && row.chosen == chosen && row.shown == shown, "\(row.name ?? "-")")
    for (limit, hits) in first { #expect(row.fromFirst(limit) == .init(hits: hits, n: chosen)) }
    #expect(row.chosenUnshown == .init(hits: unshown, n: chosen))
    #expect(row.unchosen == .init(hits: unchosen, n: shown))
  }

  @Test("a list that can't be kept refuses the whole close")
  func refusedLists() throws {
    try Scratch.withStore { wrapup in
      try wrapup.open("c1", channel: "chat")
      func list(_ tag: String, _ score: Double) -> ShownList {
        ShownList(
          context: DialogContext(), entries: [.init(tag: tag, score: score)], modelSeq: 0,
          rankingMicroseconds: 0, shownAt: 0)
      }
      #expect(throws: WrapUpError.unknownName(field: "tag", name: "Nobody's", nearest: [])) {
        try wrapup.close("c1", tags: ["Refund"], shown: list("Nobody's", 1))
      }
      #expect(throws: WrapUpError.notFinite(field: "score")) {
        try wrapup.close("c1", tags: ["Refund"], shown: list("Refund", .nan))
      }
      #expect(throws: WrapUpError.valueTooLong(field: "text", limit: 1 << 20)) {
        try wrapup.close("c1", tags: [], text: String(repeating: "x", count: 1 << 20 + 1))
      }
      #expect(try wrapup.conversation("c1")?.state == .open)
      _ = try wrapup.close("c1", tags: ["Refund"], text: "money back", shown: list("refund", 0.5))
      #expect(try wrapup.acceptance().total.fromFirst(1).hits == 1)
    }
  }
}
