import Foundation
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// Where imports and live closes meet.
struct LiveAndImportedTests {
  private static let noon: Int64 = 1_767_614_400

  /// An engine whose clock stands still until told.
  private static func withClock(_ body: (WrapUp, Guarded<Int64>) throws -> Void) throws {
    let clock = Guarded<Int64>(noon)
    var settings = WrapUp.Settings()
    settings.now = { clock.withLock { $0 } }
    try Scratch.withStore(settings: settings) { try body($0, clock) }
  }

  @Test("what was closed here stands against a file that knows less")
  func importKeepsLiveCloses() throws {
    try Self.withClock { wrapup, _ in
      let export = "id,contactId,startedAt,tags,agent\nop,1,2026-01-05T10:00:00Z,Early,Ann\n"
      _ = try Scratch.importCSV(export, into: wrapup)
      _ = try wrapup.close("op", tags: ["Late"], note: "hello")
      let before = try wrapup.conversation("op")
      let ledger = try Scratch.importCSV(export, into: wrapup)
      #expect(ledger.updated == 0 && ledger.keptLive == 1)
      #expect(try wrapup.conversation("op") == before)
      #expect(before?.state == .ended && before?.tags == ["Late"] && before?.note == "hello")
    }
  }

  @Test("a column that a later file lacks says nothing; an empty cell clears")
  func absentColumnsKeep() throws {
    try Self.withClock { wrapup, _ in
      _ = try Scratch.importCSV(
        "id,contactId,startedAt,endedAt,handlingSeconds,tags,agent,satisfaction,category\n"
          + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,Old,Ann,5,Billing\n", into: wrapup)
      let later = try Scratch.importCSV(
        "id,contactId,startedAt,tags,category\na,1,2026-01-05T10:00:00Z,New,\n", into: wrapup)
      #expect(later.updated == 1)
      let details = try #require(try wrapup.conversation("a"))
      #expect(
        details.state == .ended && details.tags == ["New"] && details.category == nil
          && details.rating?.score == 5)
      #expect(details.contacts[0].agent == "Ann" && details.contacts[0].handlingSeconds == 60)
    }
  }

  @Test("closing without tags keeps those there are")
  func closingWithoutTags() throws {
    try Self.withClock { wrapup, _ in
      try wrapup.open("f", channel: "facebook", agent: "Ann")
      _ = try wrapup.close("f", tags: ["T"])
      _ = try wrapup.close("f", tags: [], ending: true)
      #expect(try wrapup.conversation("f")?.tags == ["T"])
    }
  }

  @Test("close and end on a social channel ends it then, and leaves the contact's own time alone")
  func endingLater() throws {
    try Self.withClock { wrapup, clock in
      try wrapup.open("f", channel: "facebook", agent: "Ann")
      clock.withLock { $0 += 300 }
      _ = try wrapup.close("f", tags: ["T"])
      clock.withLock { $0 += 86_400 }
      _ = try wrapup.close("f", tags: [], ending: true)
      let details = try #require(try wrapup.conversation("f"))
      #expect(details.endedAt == Self.noon + 300 + 86_400)
      #expect(details.contacts[0].endedAt == Self.noon + 300 && details.contacts[0].handlingSeconds == 300)
    }
  }

  @Test("a conversation whose last contact was snoozed can be closed, and the snooze stays what it was")
  func closingSnoozed() throws {
    try Self.withClock { wrapup, _ in
      _ = try Scratch.importCSV(
        "id,contactId,startedAt,endedAt,endReason,handlingSeconds,channel\n"
          + "sn,1,2026-01-01T10:00:00Z,2026-01-01T10:10:00Z,snoozed,60,chat\n", into: wrapup)
      _ = try wrapup.close("sn", tags: ["T"])
      let details = try #require(try wrapup.conversation("sn"))
      #expect(details.state == .ended && details.endedAt == Self.noon && details.tags == ["T"])
      #expect(details.contacts[0].endReason == .snoozed && details.contacts[0].handlingSeconds == 60)
    }
  }

  @Test("names are taken without blanks around them, as an import takes them")
  func namesAreTrimmed() throws {
    try Self.withClock { wrapup, _ in
      try wrapup.open(" a ", channel: "  WhatsApp ", category: "Billing ", agent: " Ann")
      #expect(try wrapup.close("a", tags: [" Refund"]).state == .closed, "still a social channel")
      #expect(try wrapup.close("a", tags: ["Refund "], ending: true).created.isEmpty)
      let details = try #require(try wrapup.conversation("a"))
      #expect(details.channel == "whatsapp" && details.category == "Billing" && details.tags == ["Refund"])
    }
  }

  @Test("of several spellings in one file the same is kept, whatever the order of rows")
  func spellings() throws {
    var kept: Set<[String]> = []
    let rows = [
      "a,2026-01-05T10:00:00Z,late parcel", "b,2026-01-05T11:00:00Z,Late Parcel",
      "c,2026-01-05T12:00:00Z,LATE parcel",
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      try Self.withClock { wrapup, _ in
        let text = "id,startedAt,tags\n" + order.map { rows[$0] + "\n" }.joined()
        _ = try Scratch.importCSV(text, into: wrapup)
        kept.insert(try wrapup.conversation("a")?.tags ?? [])
      }
    }
    #expect(kept == [["LATE parcel"]])
  }

  @Test("updates can't carry a conversation past 64 tags")
  func tagBoundOnUpdates() throws {
    try Self.withClock { wrapup, _ in
      func file(_ first: Range<Int>, _ second: Range<Int>) -> String {
        func tags(_ range: Range<Int>) -> String { range.map { "t\($0)" }.joined(separator: ";") }
        return
          "id,contactId,startedAt,tags\na,1,2026-01-05T10:00:00Z,\(tags(first))\na,2,2026-01-05T11:00:00Z,\(tags(second))\n"
      }
      #expect(try Scratch.importCSV(file(0..<40, 0..<40), into: wrapup).added == 2)
      let later = try Scratch.importCSV(file(0..<40, 40..<80), into: wrapup)
      #expect(later.unchanged == 1 && later.rejected == 1)
      let moved = try Scratch.importCSV(file(100..<160, 0..<4), into: wrapup)
      #expect(moved.rejected == 1, "the first would make 100 tags while the second is still as it was")
      #expect(try wrapup.conversation("a")?.tags.count == 40)
    }
  }

  @Test("more changes than can be followed are rebuilt for, not cut off")
  func manyChanges() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.importContacts(from: Scratch.fixture("sample.csv"))
      let before = try wrapup.report(HandlingQuery(by: [])).basis.scanned
      let writer = try WrapUp(store: wrapup.path)
      try writer.withState { state in
        try state.store.write {
          for _ in 0..<5_000 { try state.changes.append(.opened, conversations: 1..<2) }
        }
      }
      try writer.open("new", channel: "chat", agent: "Ann")
      _ = try writer.close("new", tags: ["Refund"])
      #expect(try wrapup.report(HandlingQuery(by: [])).basis.scanned == before + 1)
    }
  }

  @Test("closes that slip in behind the first import's commit are in every later answer", arguments: 0..<4)
  func closesDuringTheFirstImport(round: Int) throws {
    try Scratch.withStore { wrapup in
      var text = "id,startedAt,endedAt,handlingSeconds,tags,category\n"
      for row in 0..<8_000 {
        text += "\(row),2026-01-05T10:00:00Z,2026-01-05T10:30:00Z,\(row % 900),T\(row % 9),Billing\n"
      }
      let isDone = Guarded(false)
      let closed = Guarded(0)
      let file = wrapup.path + ".csv"
      try Data(text.utf8).write(to: URL(filePath: file))
      let closer = try WorkerThread {
        guard let other = try? WrapUp(store: wrapup.path) else { return }
        var number = 0
        while !isDone.withLock({ $0 }) || number == 0 {
          number += 1
          guard
            (try? other.open("live-\(number)", channel: "chat", category: "Billing", agent: "Ann")) != nil,
            (try? other.close("live-\(number)", tags: ["Live"])) != nil
          else { continue }
          closed.withLock { $0 += 1 }
          // Without a pause the import may wait for its turn until it gives up.
          usleep(2_000)
        }
      }
      let ledger = try wrapup.importContacts(from: file)
      isDone.withLock { $0 = true }
      closer.join()
      let report = try wrapup.report(HandlingQuery(by: [.tag], measures: [.contacts]))
      let live = report.rows.first { $0.labels == [.name("Live")] }
      #expect(live?.figures == [.whole(closed.withLock { $0 })])
      #expect(report.total == [.whole(ledger.added + closed.withLock { $0 })])
      let fresh = try WrapUp(store: wrapup.path)
      #expect(try fresh.report(HandlingQuery(by: [.tag], measures: [.contacts])) == report)
    }
  }
}
