import Conversations
import TestSupport
import Testing

struct FirstReplyTests {
  private static func contact(_ start: Int64, reply: Int64?, bot: Bool = false) -> ContactRecord {
    var contact = ContactRecord(startedAt: start)
    (contact.firstReplyAt, contact.isBot) = (reply, bot)
    return contact
  }

  @Test(
    arguments: [
      ("nobody", [], nil, nil, nil),
      ("no reply", [contact(1, reply: nil)], 0, nil, nil),
      ("since the start", [contact(10, reply: 15)], nil, 0, 5),
      ("since the first message", [contact(10, reply: 15)], 7, 0, 8),
      ("at once", [contact(10, reply: 10)], 10, 0, 0),
      ("before the first message", [contact(10, reply: 15)], 16, nil, nil),
      ("a bot's reply is none", [contact(10, reply: 11, bot: true)], nil, nil, nil),
      (
        "a bot's start is the conversation's",
        [contact(10, reply: 11, bot: true), contact(20, reply: 25)], nil, 1, 15
      ),
      ("the earliest, wherever it stands", [contact(10, reply: 40), contact(20, reply: 30)], nil, 1, 20),
      ("equal replies", [contact(10, reply: 30), contact(20, reply: 30)], nil, 0, 20),
      (
        "the earliest decides, even where it has no value",
        [contact(10, reply: 12), contact(20, reply: 30)], 15, nil, nil
      ),
      ("the longest wait", [contact(0, reply: 4_294_967_294)], nil, 0, 4_294_967_294),
      ("a wait without room", [contact(0, reply: 4_294_967_295)], nil, nil, nil),
    ] as [(Comment, [ContactRecord], Int64?, Int?, UInt32?)])
  func whoAndHowLong(
    what: Comment, contacts: [ContactRecord], message: Int64?, contact: Int?, seconds: UInt32?
  ) {
    let reply = FirstReply(in: contacts, firstMessageAt: message)
    #expect(reply?.contact == contact, what)
    #expect(reply?.seconds == seconds, what)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func agreesWithSorting(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let contacts = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      Self.contact(
        Int64.random(in: 0...20, using: &random),
        reply: Bool.random(using: &random) ? Int64.random(in: 0...20, using: &random) : nil,
        bot: Int.random(in: 0..<4, using: &random) == 0)
    }.sorted { $0.startedAt < $1.startedAt }
    let message = Bool.random(using: &random) ? Int64.random(in: -5...10, using: &random) : nil
    let giver = contacts.indices.filter { !contacts[$0].isBot && contacts[$0].firstReplyAt != nil }
      .min { (contacts[$0].firstReplyAt!, $0) < (contacts[$1].firstReplyAt!, $1) }
    let wait = giver.map { contacts[$0].firstReplyAt! - (message ?? contacts[0].startedAt) }
    let reply = FirstReply(in: contacts, firstMessageAt: message)
    #expect(reply?.seconds == wait.flatMap { UInt32(exactly: $0) })
    if let reply { #expect(reply.contact == giver) }
  }
}
