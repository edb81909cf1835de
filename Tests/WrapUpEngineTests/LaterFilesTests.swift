import Conversations
import Foundation
import Testing

@testable import WrapUpEngine

/// A later file with fewer columns is checked together with what the store has already.
struct LaterFilesTests {
  private static func contact(_ wrapup: WrapUp) throws -> ConversationDetails.Contact {
    try #require(try wrapup.conversation("a")?.contacts.first)
  }

  @Test("an elapsed time follows the end that a later file brings or moves")
  func elapsedFollowsTheEnd() throws {
    try Scratch.withStore { wrapup in
      var settings = ImportSettings()
      settings.derivesHandling = true
      func take(_ end: String) throws -> ImportLedger {
        try Scratch.importCSV(
          "id,contactId,startedAt,endedAt\na,1,2026-01-05T10:00:00Z,\(end)\n", into: wrapup, settings)
      }
      _ = try take("")
      #expect(try Self.contact(wrapup).handlingSeconds == nil)
      _ = try take("2026-01-05T10:05:00Z")
      #expect(try Self.contact(wrapup).handlingSeconds == 300)
      #expect(try Self.contact(wrapup).basis == .derived)
      _ = try take("2026-01-05T10:06:00Z")
      #expect(try Self.contact(wrapup).handlingSeconds == 360)
      #expect(try take("2026-01-05T10:06:00Z").unchanged == 1)
    }
  }

  @Test("a start that a later file moves behind the stored end is refused")
  func startBehindTheEnd() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        "id,contactId,startedAt,endedAt\na,1,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z\n", into: wrapup)
      let ledger = try Scratch.importCSV(
        "id,contactId,startedAt\na,1,2026-01-05T11:00:00Z\n", into: wrapup)
      #expect(ledger.rejected == 1 && ledger.rejections[0].reason == .endBeforeStart)
      #expect(try Self.contact(wrapup).startedAt == 1_767_607_200)
    }
  }

  @Test("a given time is held against the end and the parts of earlier files")
  func givenAgainstEarlierFiles() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        """
        id,contactId,startedAt,endedAt,talkSeconds,holdSeconds,wrapUpSeconds
        a,1,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,100,20,30

        """, into: wrapup)
      #expect(try Self.contact(wrapup).handlingSeconds == 150)
      let given = "id,contactId,startedAt,handlingSeconds\na,1,2026-01-05T10:00:00Z,"
      _ = try Scratch.importCSV(given + "301\n", into: wrapup)
      #expect(try Self.contact(wrapup).flags == [.exceedsElapsed, .partsDiffer])
      _ = try Scratch.importCSV(given + "150\n", into: wrapup)
      #expect(try Self.contact(wrapup).flags == [])
      #expect(try Scratch.importCSV(given + "150\n", into: wrapup).unchanged == 1)
    }
  }

  @Test("a reply behind an end that a later file moves forward is dropped and flagged")
  func replyBehindTheEnd() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        """
        id,contactId,startedAt,firstReplyAt,endedAt
        a,1,2026-01-05T10:00:00Z,2026-01-05T10:04:00Z,2026-01-05T10:05:00Z

        """, into: wrapup)
      _ = try Scratch.importCSV(
        "id,contactId,startedAt,endedAt\na,1,2026-01-05T10:00:00Z,2026-01-05T10:03:00Z\n", into: wrapup)
      #expect(try Self.contact(wrapup).firstReplyAt == nil)
      #expect(try Self.contact(wrapup).flags == [.replyOutOfRange])
    }
  }

  @Test("conversations whose rows lie far apart in a file are known again, however many lie between")
  func rowsFarApart() throws {
    try Scratch.withStore { wrapup in
      // Not the first file, so that there is an index to find them by.
      _ = try Scratch.importCSV("id,startedAt\na,2026-01-05T10:00:00Z\n", into: wrapup)
      let count = 20_000
      func rows(_ contact: Int, _ hour: Int, agent: (Int) -> String) -> String {
        (0..<count).map { "c\($0),\(contact),2026-01-05T\(hour):00:00Z,\(agent($0)),t\(contact)\n" }.joined()
      }
      let header = "id,contactId,startedAt,agent,tags\n"
      let first = rows(1, 10) { _ in "Ann" }
      let ledger = try Scratch.importCSV(
        header + first + rows(2, 11) { _ in "Ben" } + first + rows(2, 11) { $0 < 5 ? "Eve" : "Ben" },
        into: wrapup)
      #expect(ledger.conversations == count && ledger.added == 2 * count)
      #expect(ledger.unchanged == 2 * count - 5 && ledger.rejected == 5)
      #expect(ledger.rejections.first?.reason == .conflictsWithLine(count + 2))
      let last = try #require(try wrapup.conversation("c\(count - 1)"))
      #expect(last.contacts.count == 2 && last.tags == ["t1", "t2"])
    }
  }
}
