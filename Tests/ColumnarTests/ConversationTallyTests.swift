import Testing

@testable import Columnar

struct ConversationTallyTests {
  private typealias Whole = ConversationBlock.Whole

  private static func tallied(_ block: ConversationBlock) -> [ConversationTally] {
    var tallies = [ConversationTally](repeating: ConversationTally(), count: ConversationBlock.groupCount)
    var span = tallies.mutableSpan
    tally(block.filled(.narrow(block.conversations)), spread: true, into: &span)
    return tallies
  }

  /// By the definitions, group by group.
  private static func byGroup<Sum>(_ block: ConversationBlock, _ sum: ([Whole]) -> Sum) -> [Sum] {
    let wholes = block.wholes
    return (0..<UInt32(ConversationBlock.groupCount)).map { group in sum(wholes.filter { $0.group == group })
    }
  }

  private static func expected(_ block: ConversationBlock) -> [ConversationTally] {
    byGroup(block) { wholes in
      let values = wholes.compactMap(\.value)
      var tally = ConversationTally()
      tally.conversations = UInt64(wholes.count)
      tally.handled = UInt64(wholes.count { $0.isHandled })
      tally.n = UInt64(values.count)
      tally.sum = values.reduce(0, +)
      tally.squares = values.reduce(0) { $0 + UInt128($1) * UInt128($1) }
      tally.min = values.min() ?? .max
      tally.max = values.max() ?? 0
      return tally
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func randomConversationsAddUpAsADictionaryAddsThem(seed: UInt64) {
    let block = ConversationBlock(conversations: 60, contacts: Int(seed % 6) + 1, seed: seed)
    #expect(Self.tallied(block) == Self.expected(block))
  }

  @Test func mergedSlicesAddUp() {
    let one = ConversationBlock(conversations: 30, contacts: 2, seed: 4)
    let other = ConversationBlock(conversations: 30, contacts: 3, seed: 5)
    var both = one
    // Keys of the second that the first does not have.
    both.conversations += other.conversations.map { $0 + 1_000 }
    both.seconds += other.seconds
    both.marks += other.marks
    both.codes += other.codes
    both.rows += other.rows.map { $0 + UInt32(one.seconds.count) }
    both.groups += other.groups
    var merged = Self.tallied(one)
    for (group, tally) in Self.tallied(other).enumerated() { merged[group].merge(tally) }
    #expect(merged == Self.expected(both))
  }

  @Test func theGreatestSumsAreSquaredExactly() {
    var block = ConversationBlock()
    block.conversations = [1, 1, 2]
    block.marks = [2, 2, 2]
    block.seconds = [.max - 1, .max - 1, 0]
    (block.rows, block.groups) = ([0, 1, 2], [3, 3, 3])
    let tally = Self.tallied(block)[3]
    let greatest = 2 * UInt64(UInt32.max - 1)
    #expect(tally.squares == UInt128(greatest) * UInt128(greatest))
    #expect(tally.min == 0)
    #expect(tally.max == greatest)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func anAnswerCountsOncePerConversationThatAHumanHandled(seed: UInt64) {
    let block = ConversationBlock(conversations: 80, contacts: 4, seed: seed + 50)
    let scores: [UInt64?] = [nil, 1, 2, nil, 4, 0, 7, 1 << 40]
    var sums = [CountAndSum](repeating: CountAndSum(), count: ConversationBlock.groupCount)
    var span = sums.mutableSpan
    tallyAnswers(
      block.filled(.narrow(block.conversations)), codes: CodeColumn(block.codes), score: scores, into: &span)
    let expected = Self.byGroup(block) { wholes in
      let answers = wholes.filter(\.isHumanHandled).compactMap { scores[Int($0.code)] }
      var sum = CountAndSum()
      sum.count = UInt64(answers.count)
      sum.sum = answers.reduce(0, +)
      return sum
    }
    #expect(sums == expected)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aConversationsNumberIsAddedOnceToEachOfItsGroups(seed: UInt64) {
    let block = ConversationBlock(conversations: 80, contacts: 4, seed: seed + 90)
    let entries = block.filled(.narrow(block.conversations))
    func added(_ codes: CodeColumn) -> [UInt64] {
      var sums = [UInt64](repeating: 0, count: ConversationBlock.groupCount)
      var span = sums.mutableSpan
      addUp(entries, codes: codes, into: &span)
      return sums
    }
    #expect(
      added(CodeColumn(block.codes)) == Self.byGroup(block) { $0.reduce(0) { $0 + UInt64($1.code) } })
    #expect(added(.constant(3, count: block.codes.count)) == Self.byGroup(block) { UInt64($0.count) * 3 })
    #expect(added(.constant(0, count: block.codes.count)).allSatisfy { $0 == 0 })
  }
}
