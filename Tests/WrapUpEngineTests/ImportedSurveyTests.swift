import Conversations
import Foundation
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// What imports make of visitors, surveys, first messages and replies, reopenings and later tags.
struct ImportedSurveyTests {
  private static func summary(_ wrapup: WrapUp, _ id: String = "a") throws -> ConversationSummary {
    try wrapup.withState { state in
      let key = try #require(try state.conversations.key(of: id))
      return try #require(try state.conversations.summary(of: key))
    }
  }

  /// The records of a conversation in the order of (start, key).
  private static func records(_ wrapup: WrapUp, _ id: String = "a") throws -> [ContactRecord] {
    try wrapup.withState { state in
      let key = try #require(try state.conversations.key(of: id))
      return try state.ordered(try state.contacts.contacts(of: key)).map(\.record)
    }
  }

  @Test("a conversation has what its latest contact says; first message and first reply are the earliest")
  func severalContacts() throws {
    let header =
      "id,contactId,startedAt,firstMessageAt,firstReplyAt,endedAt,visitor,satisfaction,networkQuality,productQuality\n"
    let first =
      "a,1,2026-01-05T10:00:00Z,2026-01-05T09:59:00Z,2026-01-05T10:02:00Z,2026-01-05T10:10:00Z,Eve,good,2,1\n"
    let second = "a,2,2026-01-05T11:00:00Z,,2026-01-05T11:02:00Z,2026-01-05T11:10:00Z,,2,,4\n"
    for text in [header + first + second, header + second + first] {
      try Scratch.withStore { wrapup in
        _ = try Scratch.importCSV(text, into: wrapup)
        let summary = try Self.summary(wrapup)
        #expect(summary.visitor == "Eve" && summary.rating?.score == 2)
        #expect(summary.networkQuality == 2 && summary.productQuality == 4)
        #expect(summary.reopens == 1 && !summary.isRequalified)
        #expect(try Self.records(wrapup).map(\.firstReplySeconds) == [180, nil])
        #expect(try wrapup.conversation("a")?.rating?.name == "2")
        #expect(try Scratch.importCSV(text, into: wrapup).unchanged == 2)
      }
    }
  }

  @Test("a first reply moves to the contact that a later file shows to have given it")
  func firstReplyMoves() throws {
    try Scratch.withStore { wrapup in
      let header = "id,contactId,startedAt,endedAt,firstReplyAt\n"
      _ = try Scratch.importCSV(
        header + "a,2,2026-01-05T11:00:00Z,2026-01-05T11:10:00Z,2026-01-05T11:00:30Z\n", into: wrapup)
      #expect(try Self.records(wrapup).map(\.firstReplySeconds) == [30])
      _ = try Scratch.importCSV(
        header + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,\n", into: wrapup)
      #expect(try Self.records(wrapup).map(\.firstReplySeconds) == [nil, 3630])
      let third = header + "a,1,2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,2026-01-05T10:00:00Z\n"
      _ = try Scratch.importCSV(third, into: wrapup)
      #expect(try Self.records(wrapup).map(\.firstReplySeconds) == [0, nil])
      #expect(try Scratch.importCSV(third, into: wrapup).unchanged == 1)
    }
  }

  @Test("a first reply outlives a close made here")
  func firstReplyOfALiveClose() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        "id,startedAt,firstReplyAt,visitor\na,2026-01-05T10:00:00Z,2026-01-05T10:00:20Z,Eve\n", into: wrapup)
      _ = try wrapup.close("a", tags: ["T"])
      #expect(try Self.records(wrapup).map(\.firstReplySeconds) == [20])
      let summary = try Self.summary(wrapup)
      #expect(summary.state == .ended && summary.visitor == "Eve" && !summary.isRequalified)
    }
  }

  @Test("a column that a later file lacks says nothing; an empty cell clears")
  func updates() throws {
    try Scratch.withStore { wrapup in
      let start = "2026-01-05T10:00:00Z"
      _ = try Scratch.importCSV(
        "id,startedAt,visitor,firstMessageAt,firstReplyAt,networkQuality,productQuality,wrapUpSeconds\n"
          + "a,\(start),Eve,\(start),2026-01-05T10:01:00Z,3,9,901\n", into: wrapup)
      let before = try Self.records(wrapup)[0]
      #expect(before.flags == [.ratingOutOfRange, .longWrapUp] && before.firstReplySeconds == 60)
      #expect(try Scratch.importCSV("id,startedAt\na,\(start)\n", into: wrapup).unchanged == 1)
      // What was dropped was the other quality: its flag stays.
      #expect(try Scratch.importCSV("id,startedAt,networkQuality\na,\(start),4\n", into: wrapup).updated == 1)
      #expect(try Self.records(wrapup)[0].flags == [.ratingOutOfRange, .longWrapUp])
      #expect(try Self.records(wrapup)[0].firstReplySeconds == 60)
      let clearing =
        "id,startedAt,visitor,firstMessageAt,networkQuality,productQuality,wrapUpSeconds\na,\(start),,,,,\n"
      #expect(try Scratch.importCSV(clearing, into: wrapup).updated == 1)
      let after = try Self.records(wrapup)[0]
      #expect(after.visitor == nil && after.firstMessageAt == nil && after.networkQuality == nil)
      #expect(after.flags == [] && after.wrapUpSeconds == nil && after.firstReplySeconds == 60)
      #expect(try Self.summary(wrapup).visitor == nil)
      #expect(try Scratch.importCSV(clearing, into: wrapup).unchanged == 1)
    }
  }

  @Test("a reason without a column of ends is kept, so that the file can be imported again")
  func reasonsAlone() throws {
    try Scratch.withStore { wrapup in
      let text = "id,startedAt,endReason\na,2026-01-05T10:00:00Z,transferred\n"
      _ = try Scratch.importCSV(text, into: wrapup)
      #expect(try Scratch.importCSV(text, into: wrapup).unchanged == 1)
    }
  }

  @Test("a conversation is re-qualified once its tags were changed after its end, and ever after")
  func requalified() throws {
    try Scratch.withStore { wrapup in
      func row(_ contact: Int, _ tags: String, end: String = "2026-01-05T10:30:00Z") -> String {
        "id,contactId,startedAt,endedAt,tags\na,\(contact),2026-01-05T10:0\(contact):00Z,\(end),\(tags)\n"
      }
      _ = try Scratch.importCSV(row(1, "X", end: ""), into: wrapup)
      _ = try Scratch.importCSV(row(1, "Y", end: ""), into: wrapup)
      _ = try Scratch.importCSV(row(1, "Z"), into: wrapup)
      #expect(try !Self.summary(wrapup).isRequalified, "it had not ended")
      _ = try Scratch.importCSV(row(2, "Z"), into: wrapup)
      #expect(try !Self.summary(wrapup).isRequalified, "the same tags")
      _ = try Scratch.importCSV(row(2, "Z;X"), into: wrapup)
      #expect(try Self.summary(wrapup).isRequalified)
      _ = try Scratch.importCSV(row(2, "Z"), into: wrapup)
      #expect(try Self.summary(wrapup).isRequalified, "once is enough")
      _ = try Scratch.importCSV(row(3, "Z", end: ""), into: wrapup)
      _ = try wrapup.close("a", tags: ["Z"])
      let summary = try Self.summary(wrapup)
      #expect(summary.state == .ended && summary.isRequalified)
    }
  }

  @Test("a conversation of one file is not re-qualified, however its rows stand")
  func newIsNotRequalified() throws {
    try Scratch.withStore { wrapup in
      let text =
        "id,contactId,startedAt,endedAt,tags\na,1,2026-01-05T10:00:00Z,2026-01-05T10:30:00Z,X\n"
        + "a,2,2026-01-05T11:00:00Z,2026-01-05T11:30:00Z,Y\n"
      _ = try Scratch.importCSV(text, into: wrapup)
      _ = try Scratch.importCSV(text.replacing("\na,", with: "\nb,"), into: wrapup)
      #expect(try !Self.summary(wrapup).isRequalified)
      #expect(try !Self.summary(wrapup, "b").isRequalified)
    }
  }

  @Test("the feed of the columns carries all of it")
  func feed() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        "id,startedAt,endedAt,firstReplyAt,talkSeconds,holdSeconds,wrapUpSeconds,satisfaction,networkQuality,closing\n"
          + "a,2026-01-05T10:00:00Z,2026-01-05T11:30:00Z,2026-01-05T10:00:07Z,10,20,1000,good,9,visitor\n"
          + "b,2026-01-05T10:00:00Z,,,,5,,1,5,bot\n", into: wrapup)
      let rows = try wrapup.withState { state in
        var rows: [ContactFeed.Row] = []
        let feed = try ContactFeed(all: state.store)
        while let row = try feed.next() { rows.append(row) }
        return rows
      }
      #expect(rows.map(\.talkSeconds) == [10, nil] && rows.map(\.holdSeconds) == [20, 5])
      #expect(rows.map(\.wrapUpSeconds) == [1000, nil] && rows.map(\.firstReplySeconds) == [7, nil])
      #expect(rows.map(\.flags) == [[.ratingOutOfRange, .longWrapUp], []])
      #expect(rows.map(\.rating) == [.good, Rating(code: 1)])
      #expect(rows.map(\.networkQuality) == [nil, 5] && rows.map(\.productQuality) == [nil, nil])
      #expect(rows.map(\.closing) == [.visitor, nil], "an open conversation has none")
      #expect(rows.map(\.reopens) == [0, 0] && rows.map(\.isRequalified) == [false, false])
    }
  }
}
