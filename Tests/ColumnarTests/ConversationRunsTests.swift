import TestSupport
import Testing

@testable import Columnar

struct ConversationRunsTests {
  private static let handled: UInt8 = 0b0010
  private static let sole: UInt8 = 0b1000

  /// A block of random conversations of several contacts, grouped by tag (several a conversation) and agent.
  private struct Block {
    var conversations: [Int64] = []
    var seconds: [UInt32] = []
    var marks: [UInt8] = []
    var rows: [UInt32] = []
    var groups: [UInt32] = []
    static let groupCount = 7 * 5

    init(conversations count: Int, contacts most: Int, spread: Int64, seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      for key in (0..<Int64(count)).shuffled(using: &generator) {
        let contacts = Int.random(in: 1...most, using: &generator)
        let tags = Array((1...6).shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)))
        for _ in 0..<contacts {
          let row = UInt32(seconds.count)
          let isMissing = Int.random(in: 0..<6, using: &generator) == 0
          let isHandled = Int.random(in: 0..<5, using: &generator) > 0
          conversations.append(key * spread - 5)
          seconds.append(isMissing ? .max : UInt32.random(in: 0...5_000, using: &generator))
          marks.append(
            (isHandled ? ConversationRunsTests.handled : 0)
              | (contacts == 1 ? ConversationRunsTests.sole : 0) | 0b0100_0001)
          guard Int.random(in: 0..<5, using: &generator) > 0 else { continue }
          let agent = Int.random(in: 0..<5, using: &generator)
          for tag in tags.isEmpty ? [0] : tags {
            rows.append(row)
            groups.append(UInt32(tag * 5 + agent))
          }
        }
      }
    }

    func added(_ column: OffsetColumn) -> [ConversationTally] {
      var tallies = [ConversationTally](repeating: ConversationTally(), count: Self.groupCount)
      var span = tallies.mutableSpan
      var runs = ConversationRuns()
      runs.add(
        rows: rows, groups: groups, seconds: seconds.span, marks: marks.span,
        handledBit: ConversationRunsTests.handled, soleBit: ConversationRunsTests.sole, conversations: column,
        into: &span)
      return tallies
    }

    /// By the definition: every group's conversations in a dictionary.
    var expected: [ConversationTally] {
      var rowsOf: [UInt32: [Int64: [Int]]] = [:]
      for (row, group) in zip(rows, groups) {
        rowsOf[group, default: [:]][conversations[Int(row)], default: []].append(Int(row))
      }
      return (0..<UInt32(Self.groupCount)).map { group in
        var tally = ConversationTally()
        for (_, rows) in rowsOf[group] ?? [:] {
          tally.conversations += 1
          let handled = rows.filter { marks[$0] & ConversationRunsTests.handled != 0 }
          if handled.isEmpty || handled.contains(where: { seconds[$0] == .max }) { continue }
          tally.n += 1
          for row in handled { tally.sum += UInt64(seconds[row]) }
        }
        return tally
      }
    }

    var narrow: OffsetColumn {
      let base = conversations.min() ?? 0
      return .narrow(base: base, Column(conversations.map { UInt32($0 - base) }))
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func randomConversationsAddUpAsADictionaryAddsThem(seed: UInt64) {
    let block = Block(conversations: 60, contacts: Int(seed % 7) + 1, spread: 1, seed: seed)
    let expected = block.expected
    #expect(block.added(block.narrow) == expected)
    #expect(block.added(.wide(Column(block.conversations))) == expected)
  }

  @Test func keysFarApartAreToldApart() {
    let block = Block(conversations: 40, contacts: 3, spread: 1 << 40, seed: 77)
    #expect(block.added(.wide(Column(block.conversations))) == block.expected)
  }

  @Test func oneLongConversationOverManyGroupsIsCountedOnceInEach() {
    let block = Block(conversations: 1, contacts: 2_000, spread: 1, seed: 3)
    let tallies = block.added(block.narrow)
    #expect(tallies == block.expected)
    #expect(tallies.allSatisfy { $0.conversations <= 1 })
    #expect(tallies.contains { $0.conversations == 1 })
  }

  @Test func aSumIsMissingWhenOneHandledContactHasNoValue() {
    var tallies = [ConversationTally()]
    var span = tallies.mutableSpan
    var runs = ConversationRuns()
    let marks: [UInt8] = [Self.handled, Self.handled, Self.handled, 0, Self.handled, 0]
    let seconds: [UInt32] = [10, 20, .max, .max, 40, 50]
    runs.add(
      rows: [0, 1, 2, 3, 4, 5], groups: [0, 0, 0, 0, 0, 0], seconds: seconds.span, marks: marks.span,
      handledBit: Self.handled, soleBit: Self.sole, conversations: .wide(Column([1, 2, 2, 3, 3, 3])),
      into: &span)
    // 1: 10; 2: 20 and a missing one; 3: 40, the others not handled.
    #expect(tallies[0].conversations == 3)
    #expect(tallies[0].n == 2)
    #expect(tallies[0].sum == 50)
  }

  @Test func mergedHalvesAddUp() {
    let block = Block(conversations: 30, contacts: 2, spread: 1, seed: 4)
    let other = Block(conversations: 30, contacts: 2, spread: 1, seed: 5)
    var merged = block.added(block.narrow)
    for (group, tally) in other.added(other.narrow).enumerated() { merged[group].merge(tally) }
    let sums = zip(block.expected, other.expected)
    #expect(merged.map(\.conversations) == sums.map { $0.conversations + $1.conversations })
    #expect(merged.map(\.n) == sums.map { $0.n + $1.n })
    #expect(merged.map(\.sum) == sums.map { $0.sum + $1.sum })
  }
}
