import Testing

@testable import Columnar

struct ConversationEntriesTests {
  private typealias Whole = ConversationBlock.Whole

  /// The entries in the words of the reference; the sum of a missing value is not looked at.
  private static func wholes(_ entries: ConversationEntries, of block: ConversationBlock) -> [Whole] {
    entries.trimmed.rows.indices.map { entry in
      let row = Int(entries.trimmed.rows[entry])
      let value = entries.trimmed.values[entry]
      let isHandled = entries.trimmed.marks[entry] & ConversationEntries.handled != 0
      return Whole(
        conversation: block.conversations[row], group: entries.trimmed.groups[entry], code: block.codes[row],
        isHandled: isHandled,
        isHumanHandled: entries.trimmed.marks[entry] & ConversationEntries.humanHandled != 0,
        isMissing: isHandled && value == missingValue, sum: value == missingValue ? 0 : value)
    }.sorted { ($0.conversation, $0.group) < ($1.conversation, $1.group) }
  }

  private static func expected(_ block: ConversationBlock) -> [Whole] {
    block.wholes.map { whole in
      var whole = whole
      if whole.value == nil { whole.sum = 0 }
      return whole
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func everyConversationIsAnEntryInEachOfItsGroups(seed: UInt64) {
    let block = ConversationBlock(conversations: 60, contacts: Int(seed % 7) + 1, seed: seed)
    let expected = Self.expected(block)
    #expect(Self.wholes(block.filled(.narrow(block.conversations)), of: block) == expected)
    #expect(Self.wholes(block.filled(.wide(Column(block.conversations))), of: block) == expected)
  }

  @Test func keysFarApartAreToldApart() {
    let block = ConversationBlock(conversations: 40, contacts: 3, spread: 1 << 40, seed: 77)
    #expect(Self.wholes(block.filled(.wide(Column(block.conversations))), of: block) == Self.expected(block))
  }

  @Test func oneLongConversationOverManyGroupsIsOneEntryInEach() {
    let block = ConversationBlock(conversations: 1, contacts: 2_000, seed: 3)
    let entries = block.filled(.narrow(block.conversations))
    #expect(Self.wholes(entries, of: block) == Self.expected(block))
    #expect(Set(entries.trimmed.groups).count == entries.trimmed.groups.count)
    #expect(entries.trimmed.groups.count > 1)
  }

  @Test func anEntryNamesTheFirstOfItsRows() {
    var block = ConversationBlock()
    block.conversations = [4, 4, 4]
    block.seconds = [1, 2, 3]
    block.marks = [2, 2, 2]
    (block.rows, block.groups) = ([0, 1, 2], [1, 0, 1])
    let entries = block.filled(.wide(Column(block.conversations)))
    #expect(entries.trimmed.rows == [1, 0])
    #expect(entries.trimmed.groups == [0, 1])
    #expect(entries.trimmed.values == [2, 4])
  }

  /// Groups by what is a conversation's own, as tags and categories are.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func conversationsOfOneGroupAreWhole(seed: UInt64) {
    var block = ConversationBlock(conversations: 900, contacts: Int(seed % 4) + 1, seed: seed)
    block.rows = block.conversations.indices.map { UInt32($0) }
    if seed % 2 == 0 { block.rows.removeAll { $0 % 3 == 0 } }
    block.groups = block.rows.map { UInt32(truncatingIfNeeded: block.conversations[Int($0)] % 5) }
    for conversations in [.narrow(block.conversations), .wide(Column(block.conversations))] as [OffsetColumn]
    {
      let entries = block.filled(conversations)
      #expect(entries.areWhole)
      #expect(Self.wholes(entries, of: block) == Self.expected(block))
    }
    // One contact of the last conversation in another group: nothing is whole any more.
    guard let last = block.groups.indices.last,
      block.groups.indices.contains(where: {
        $0 < last && block.conversations[Int(block.rows[$0])] == block.conversations[Int(block.rows[last])]
      })
    else { return }
    block.groups[last] += 1
    let entries = block.filled(.wide(Column(block.conversations)))
    #expect(!entries.areWhole)
    #expect(Self.wholes(entries, of: block) == Self.expected(block))
  }

  @Test func soleContactsAreSeenUnderEachOfTheirTags() {
    var block = ConversationBlock()
    block.conversations = [7, 8, 9]
    block.seconds = [5, 6, .max]
    block.marks = [ConversationBlock.sole | 2, ConversationBlock.sole | 2 | 1, ConversationBlock.sole]
    (block.rows, block.groups) = ([0, 1, 2], [0, 0, 0])
    let alone = block.filled(.wide(Column(block.conversations)))
    #expect(alone.values == [5, 6, missingValue])
    #expect(alone.marks == [3, 1, 0])
    // A sole contact with three tags is three entries, not one of three times its value.
    block.conversations = [7, 8]
    block.seconds = [5, 6]
    block.marks = [ConversationBlock.sole | 2, ConversationBlock.sole | 2]
    (block.rows, block.groups) = ([0, 0, 0, 1], [4, 2, 3, 2])
    let tagged = block.filled(.wide(Column(block.conversations)))
    #expect(tagged.trimmed.rows == [0, 0, 0, 1])
    #expect(tagged.trimmed.groups == [4, 2, 3, 2])
    #expect(tagged.trimmed.values == [5, 5, 5, 6])
  }

  @Test func aSumIsMissingWhenOneHandledContactHasNoValue() {
    var block = ConversationBlock()
    let handled = ConversationBlock.handled
    block.conversations = [1, 2, 2, 3, 3, 3, 4]
    block.marks = [handled, handled, handled, 0, handled, 0, 0]
    block.seconds = [10, 20, .max, .max, 40, 50, 60]
    (block.rows, block.groups) = (Array(0..<7), Array(repeating: 0, count: 7))
    // 1: 10; 2: 20 and a missing one; 3: 40, the others not handled; 4: nobody handled it.
    let entries = block.filled(.wide(Column(block.conversations)))
    #expect(entries.trimmed.values == [10, missingValue, 40, missingValue])
    #expect(entries.trimmed.marks == [3, 3, 3, 0])
  }

  @Test func aConversationThatOnlyABotHandledIsNotHandledByAHuman() {
    var block = ConversationBlock()
    block.conversations = [1, 1, 2, 2]
    // Of the first the human contact was not handled, of the second it was.
    block.marks = [3, 0, 3, 2]
    block.seconds = [1, 2, 3, 4]
    (block.rows, block.groups) = ([0, 1, 2, 3], [0, 0, 0, 0])
    let entries = block.filled(.narrow(block.conversations))
    #expect(entries.trimmed.marks == [ConversationEntries.handled, ConversationEntries.handled | 2])
    #expect(entries.trimmed.values == [1, 7])
  }

  @Test func aWholeBlockOfOneConversationAddsUpExactly() {
    var block = ConversationBlock()
    let count = 65_536
    block.conversations = Array(repeating: 3, count: count)
    block.marks = Array(repeating: ConversationBlock.handled, count: count)
    block.seconds = Array(repeating: .max - 1, count: count)
    (block.rows, block.groups) = (Array(0..<UInt32(count)), Array(repeating: 0, count: count))
    let entries = block.filled(.narrow(block.conversations))
    #expect(entries.trimmed.values == [UInt64(count) * UInt64(UInt32.max - 1)])
  }

  @Test func anotherBlockReplacesTheEntries() {
    let first = ConversationBlock(conversations: 50, contacts: 4, seed: 1)
    let second = ConversationBlock(conversations: 20, contacts: 2, seed: 2)
    var entries = ConversationEntries()
    first.fill(&entries, .narrow(first.conversations))
    second.fill(&entries, .narrow(second.conversations))
    #expect(Self.wholes(entries, of: second) == Self.expected(second))
    ConversationBlock().fill(&entries, .wide(Column([])))
    #expect(
      entries.trimmed.rows.isEmpty && entries.trimmed.groups.isEmpty && entries.trimmed.values.isEmpty
        && entries.trimmed.marks.isEmpty)
  }
}
