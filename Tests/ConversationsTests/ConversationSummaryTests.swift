import Conversations
import TestSupport
import Testing

struct ConversationSummaryTests {
  static func contact(_ start: Int64, _ end: Int64?, _ change: (inout ContactRecord) -> Void = { _ in })
    -> ContactRecord
  {
    var contact = ContactRecord(startedAt: start)
    contact.endedAt = end
    contact.endReason = end == nil ? nil : .closed
    change(&contact)
    return contact
  }

  @Test func theCategoryIsThatOfTheFirstHumanContactThatHasOne() {
    let bot = Self.contact(1, 2) { ($0.isBot, $0.category) = (true, 7) }
    let bare = Self.contact(3, 4)
    let first = Self.contact(5, 6) { $0.category = 8 }
    let transferred = Self.contact(7, 8) { $0.category = 9 }
    #expect(ConversationSummary(of: [bot, bare, first, transferred]).category == 8)
    #expect(ConversationSummary(of: [bot, bare]).category == 7)
    #expect(ConversationSummary(of: [bare]).category == nil)
  }

  @Test func otherFieldsComeFromTheLatestContactThatHasThem() {
    let first = Self.contact(1, 2) {
      ($0.channel, $0.rating, $0.note, $0.closing, $0.tags) = (1, Rating(code: 2), "first", .visitor, [5, 3])
      ($0.visitor, $0.networkQuality, $0.productQuality, $0.firstMessageAt) = ("Eve", 1, 2, -3)
    }
    let second = Self.contact(3, 4) {
      ($0.channel, $0.note, $0.tags) = (4, "second", [3, 9, 5, 1])
      ($0.visitor, $0.productQuality, $0.firstMessageAt) = ("Eva", 5, 2)
    }
    let summary = ConversationSummary(of: [first, second, Self.contact(5, 60)])
    #expect(summary.channel == 4)
    #expect(summary.rating?.score == 2)
    #expect(summary.visitor == "Eva")
    #expect(summary.networkQuality == 1 && summary.productQuality == 5)
    #expect(summary.firstMessageAt == -3, "of first messages the earliest is the first")
    #expect(summary.note == "second")
    #expect(summary.tags == [5, 3, 9, 1])
    #expect(summary.closing == .visitor)
    #expect(summary.endedAt == 60)
  }

  @Test(
    arguments: [
      // The latest contact alone decides, unless a row states it.
      ([contact(1, 2)], .ended, 2),
      ([contact(1, nil)], .open, nil),
      ([contact(1, 2) { $0.endReason = .transferred }], .open, nil),
      ([contact(1, 2) { $0.endReason = .snoozed }], .open, nil),
      ([contact(1, 2), contact(3, nil)], .open, nil),
      ([contact(1, 2) { $0.endReason = .transferred }, contact(3, 9)], .ended, 9),
      // Reopened: the end is the last close, though an earlier contact lasted longer.
      ([contact(1, 50), contact(3, 9)], .ended, 9),
      ([contact(1, 2) { $0.state = .open }], .open, nil),
      ([contact(1, 2) { $0.state = .closed }], .closed, nil),
      ([contact(1, 2) { ($0.state, $0.endReason) = (.ended, .transferred) }], .ended, 2),
      ([contact(1, 2) { $0.state = .open }, contact(3, 4) { $0.state = .ended }], .ended, 4),
      ([contact(1, 2) { $0.state = .ended }, contact(3, 4) { $0.state = .open }], .open, nil),
      ([contact(1, 2) { $0.state = .ended }, contact(3, nil)], .ended, 2),
      ([contact(1, nil) { $0.state = .ended }], .open, nil),
      ([], .open, nil),
    ] as [([ContactRecord], ConversationState, Int64?)])
  func stateAndEnd(contacts: [ContactRecord], state: ConversationState, endedAt: Int64?) {
    let summary = ConversationSummary(of: contacts)
    #expect(summary.state == state)
    #expect(summary.endedAt == endedAt)
    #expect(summary.closing == (state == .ended ? .agent : nil))
  }

  @Test func aClosingIsMissingUntilTheConversationHasEnded() {
    let open = Self.contact(1, nil) { $0.closing = .bot }
    #expect(ConversationSummary(of: [open]).closing == nil)
    #expect(ConversationSummary(of: [open, Self.contact(2, 3)]).closing == .bot)
  }

  @Test(
    arguments: [
      ("nothing follows", [contact(1, 2)], 0),
      ("closed, then another", [contact(1, 2), contact(2, 3)], 1),
      ("closed twice", [contact(1, 2), contact(3, 4), contact(9, nil)], 2),
      ("transferred", [contact(1, 2) { $0.endReason = .transferred }, contact(2, 3)], 0),
      ("snoozed", [contact(1, 2) { $0.endReason = .snoozed }, contact(9, 10)], 0),
      ("a bot hands over", [contact(1, 2) { $0.isBot = true }, contact(2, 3)], 0),
      ("taken up by a bot", [contact(1, 2), contact(2, 3) { $0.isBot = true }], 1),
      ("not over yet when the next starts", [contact(1, 5), contact(4, 6)], 0),
      ("only the direct predecessor counts", [contact(1, 2), contact(3, 9), contact(4, 5)], 1),
      ("equal starts, the first over at once", [contact(1, 1), contact(1, 5)], 1),
      ("equal starts", [contact(1, 2), contact(1, 5)], 0),
      ("without an end", [contact(1, nil) { $0.endReason = .closed }, contact(4, 5)], 0),
    ] as [(Comment, [ContactRecord], Int)])
  func reopenings(what: Comment, contacts: [ContactRecord], count: Int) {
    #expect(ConversationSummary(of: contacts).reopens == count, what)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func overlapsAgreeWithEveryPair(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let contacts = (0..<12).map { _ in
      let start = Int64.random(in: 0...40, using: &random)
      let end = Bool.random(using: &random) ? start + Int64.random(in: 0...6, using: &random) : nil
      return Self.contact(start, end)
    }.sorted { $0.startedAt < $1.startedAt }
    let expected = contacts.indices.map { later in
      contacts[..<later].contains { $0.endedAt.map { $0 > contacts[later].startedAt } ?? false }
    }
    #expect(ConversationSummary.overlaps(in: contacts) == expected)
  }
}
