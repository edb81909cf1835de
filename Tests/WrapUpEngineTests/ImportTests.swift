import Foundation
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// What an import takes, refuses, updates and flags.
struct ImportTests {
  private static let header = "id,contactId,startedAt,endedAt,handlingSeconds,tags,agent\n"

  @Test("a key twice in one file: the same values are one contact, other values are refused with the line")
  func repeatsWithinAFile() throws {
    try Scratch.withStore { wrapup in
      let row = "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X,Ann\n"
      let other = "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,61,X,Ann\n"
      let ledger = try Scratch.importCSV(Self.header + row + row + other, into: wrapup)
      #expect(ledger.added == 1 && ledger.unchanged == 1 && ledger.rejected == 1)
      #expect(ledger.rejections.first?.line == 4)
      #expect(ledger.rejections.first?.reason == .conflictsWithLine(2))
      let later = try Scratch.importCSV(Self.header + other, into: wrapup)
      #expect(later.updated == 1 && later.rejected == 0)
      #expect(try wrapup.conversation("a")?.contacts.first?.handlingSeconds == 61)
    }
  }

  @Test("without a contact id, start and agent tell contacts apart")
  func keyWithoutContactID() throws {
    try Scratch.withStore { wrapup in
      let ledger = try Scratch.importCSV(
        Self.header
          + "a,,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X,Ann\n"
          + "a,,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X,Ben\n", into: wrapup)
      #expect(ledger.added == 2 && ledger.conversations == 1)
      #expect(try wrapup.conversation("a")?.contacts.map(\.agent) == ["Ann", "Ben"])
    }
  }

  @Test("a conversation is summed up over files: tags in the order of start, end of the latest contact")
  func acrossFiles() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        Self.header + "a,2,2026-01-05T11:00:00Z,2026-01-05T11:10:00Z,60,Late;Shared,Ben\n", into: wrapup)
      _ = try Scratch.importCSV(
        Self.header + "a,1,2026-01-05T10:00:00Z,2026-01-05T11:05:00Z,60,Early;shared,Ann\n", into: wrapup)
      let details = try #require(try wrapup.conversation("a"))
      #expect(details.tags == ["Early", "Shared", "Late"])
      #expect(details.endedAt.map(WrapUp.text(ofInstant:)) == "2026-01-05T11:10:00Z")
      #expect(details.contacts.map { $0.flags.contains(.overlap) } == [false, true])
    }
  }

  @Test("no more than 64 tags of a conversation, whatever number of rows they come in")
  func tagBound() throws {
    try Scratch.withStore { wrapup in
      func tags(_ range: Range<Int>) -> String { range.map { "t\($0)" }.joined(separator: ";") }
      let ledger = try Scratch.importCSV(
        Self.header
          + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,\(tags(0..<40)),Ann\n"
          + "a,2,2026-01-05T11:00:00Z,2026-01-05T11:10:00Z,60,\(tags(40..<65)),Ann\n"
          + "b,1,2026-01-05T11:00:00Z,2026-01-05T11:10:00Z,60,\(tags(0..<65)),Ann\n", into: wrapup)
      #expect(ledger.added == 1 && ledger.rejected == 2)
      #expect(ledger.rejections.map(\.reason) == [.tooManyTags(limit: 64), .tooManyTags(limit: 64)])
    }
  }

  @Test("a file that breaks off inside a quote leaves nothing behind, not even names")
  func brokenFile() throws {
    try Scratch.withStore { wrapup in
      let text = Self.header + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,\"X,Ann\n"
      #expect(throws: WrapUpError.input(path: wrapup.path + ".csv", .unterminatedQuote(line: 2))) {
        try Scratch.importCSV(text, into: wrapup)
      }
      #expect(try wrapup.report(HandlingQuery(by: [])).basis.scanned == 0)
      #expect(try wrapup.withState { try $0.names(.agent).names() }.isEmpty)
      let again = try Scratch.importCSV(
        Self.header + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X,Ann\n", into: wrapup)
      #expect(again.added == 1, "the index that a first import puts off is there again")
    }
  }

  @Test("a refused row leaves no names behind")
  func refusedNames() throws {
    try Scratch.withStore { wrapup in
      let ledger = try Scratch.importCSV(
        Self.header
          + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X,Ann\n"
          + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,X;Phantom,Ghost\n"
          + "b,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,60,Next;Phantom,Ben\n", into: wrapup)
      #expect(ledger.added == 2 && ledger.rejected == 1)
      #expect(try wrapup.withState { try $0.names(.tag).names() } == ["X", "Next", "Phantom"])
      #expect(try wrapup.withState { try $0.names(.agent).names() } == ["Ann", "Ben"])
    }
  }

  @Test("ten thousand contacts of one conversation cost what ten thousand of others cost")
  func longConversation() throws {
    try Scratch.withStore { wrapup in
      var text = Self.header
      for row in 0..<10_000 {
        text += "a,\(row),\(WrapUp.text(ofInstant: 1_767_600_000 + Int64(row) * 60)),,60,X\(row % 50),Ann\n"
      }
      #expect(try Scratch.importCSV(text, into: wrapup).added == 10_000)
      #expect(try Scratch.importCSV(text, into: wrapup).unchanged == 10_000)
      var question = HandlingQuery(by: [.tag], measures: [.contacts, .conversations, .meanConversation])
      question.includesOpen = true
      let report = try wrapup.report(question)
      #expect(report.total == [.whole(10_000), .whole(1), .real(600_000)])
    }
  }
}
