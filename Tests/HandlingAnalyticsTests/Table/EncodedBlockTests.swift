import Columnar
import Testing

@testable import HandlingAnalytics

struct EncodedBlockTests {
  private static func cutSizes(conversationSizes: [Int]) -> [Int] {
    var rows = ContactRows()
    for (conversation, size) in conversationSizes.enumerated() {
      for _ in 0..<size {
        var contact = Contact.simple(Int64(conversation), seconds: 1)
        contact.key = Int64(rows.count)
        rows.append(contact.row)
      }
    }
    return EncodedBlock.cuts(of: rows).map(\.count)
  }

  @Test func blocksAreCutBetweenConversations() {
    #expect(Self.cutSizes(conversationSizes: []) == [])
    #expect(Self.cutSizes(conversationSizes: [5]) == [5])
    #expect(Self.cutSizes(conversationSizes: [65_536]) == [65_536])
    #expect(Self.cutSizes(conversationSizes: [65_535, 1, 1]) == [65_536, 1])
    #expect(Self.cutSizes(conversationSizes: [65_535, 2]) == [65_535, 2])
    #expect(Self.cutSizes(conversationSizes: [1, 65_535, 3]) == [65_536, 3])
  }

  @Test func aSoleContactIsMarked() throws {
    var contacts = [1, 2, 2, 3, 4, 4, 4].map { Contact.simple($0, seconds: 1) }
    for index in contacts.indices { contacts[index].key = Int64(index) }
    let marks = try contacts.table().base[0].marks()
    let isSole = marks.span.indices.map { marks.span[$0] & ContactMarks.sole != 0 }
    #expect(isSole == [true, false, false, true, false, false, false])
  }

  @Test func rowsAreOrderedByTheEndOfTheirConversationThenByStart() {
    var generator = ContactGenerator(seed: 6)
    let contacts = generator.contacts(conversations: 1...100, openShare: 30)
    let rows = contacts.rows
    let ordered = rows.order().map { contacts[$0] }
    let expected = contacts.sorted { one, other in
      if one.reportedAt != other.reportedAt {
        guard let first = one.reportedAt else { return true }
        guard let second = other.reportedAt else { return false }
        return first < second
      }
      if one.conversation != other.conversation { return one.conversation < other.conversation }
      if one.startedAt != other.startedAt { return one.startedAt < other.startedAt }
      return one.key < other.key
    }
    #expect(ordered == expected)
    #expect(ordered.rows.order() == Array(ordered.indices))
  }

  @Test func theRangeOfAColumnLeavesMissingValuesOut() throws {
    var contacts = [Contact.simple(1, seconds: 1, at: 50), .simple(2, seconds: 1, at: -20)]
    contacts[0].endedAt = nil
    let block = contacts.table().base[0]
    #expect(try block.range(of: .startedAt) == -20...50)
    #expect(try block.range(of: .endedAt) == -20...(-20))
    contacts[1].endedAt = nil
    #expect(try contacts.table().base[0].range(of: .endedAt) == nil)
  }
}
