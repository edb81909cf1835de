import TestSupport
import Testing

@testable import Columnar

struct GroupedValuesTests {
  @Test(arguments: [0, 1, 65, 3_000]) func everyGroupHoldsItsValuesAndNoOthers(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let groupCount = 9
    var expected = [[UInt32]](repeating: [], count: groupCount)
    let seconds = (0..<size).map { _ in
      Bool.random(using: &generator) ? UInt32.max : UInt32.random(in: 0...50, using: &generator)
    }
    let marks = (0..<size).map { _ in UInt8.random(in: 0...3, using: &generator) }
    var rows: [UInt32] = []
    var groups: [UInt32] = []
    for row in 0..<size {
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        // Group 4 stays empty.
        let group = [0, 1, 2, 3, 5, 6, 7, 8].randomElement(using: &generator)!
        rows.append(UInt32(row))
        groups.append(UInt32(group))
        if marks[row] & 2 != 0, seconds[row] != .max { expected[group].append(seconds[row]) }
      }
    }
    var values = GroupedValues<UInt32>(counts: expected.map(\.count))
    // In two parts, as blocks come.
    let half = rows.count / 2
    for part in [0..<half, half..<rows.count] {
      values.add(
        rows: Array(rows[part]), groups: Array(groups[part]), seconds: seconds.span, marks: marks.span,
        handledBit: 2)
    }
    for group in 0..<groupCount {
      #expect(values.values(of: group).sorted() == expected[group].sorted(), "group \(group)")
    }
    #expect(values.values.count == expected.reduce(0) { $0 + $1.count })
  }

  @Test func aGroupShowsOnlyWhatWasFiledSoFar() {
    var values = GroupedValues<UInt32>(counts: [2, 3])
    #expect(values.values(of: 1).isEmpty)
    let seconds: [UInt32] = [8, 9]
    let marks: [UInt8] = [1, 1]
    values.add(rows: [1], groups: [1], seconds: seconds.span, marks: marks.span, handledBit: 1)
    #expect(Array(values.values(of: 1)) == [9])
    #expect(values.values(of: 0).isEmpty)
  }

  @Test(arguments: [0, 1, 65, 3_000]) func everyGroupHoldsItsDurations(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) + 1)
    let durations = (0..<size).map { _ in
      Bool.random(using: &generator) ? UInt32.max : UInt32.random(in: 0...50, using: &generator)
    }
    let rows = (0..<size).flatMap { [UInt32($0), UInt32($0)] }
    let groups = rows.map { _ in UInt32.random(in: 0..<4, using: &generator) }
    let expected = (0..<4).map { group in
      rows.indices.filter { groups[$0] == group }.map { durations[Int(rows[$0])] }.filter { $0 != .max }
    }
    var values = GroupedValues<UInt32>(counts: expected.map(\.count))
    values.add(rows: rows, groups: groups, durations: durations)
    for group in 0..<4 { #expect(values.values(of: group).sorted() == expected[group].sorted()) }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func everyGroupHoldsTheSumsOfItsConversations(seed: UInt64) {
    // In two parts, as blocks come.
    let blocks = [
      ConversationBlock(conversations: 40, contacts: 3, seed: seed),
      ConversationBlock(conversations: 40, contacts: 4, seed: seed + 10),
    ]
    let wholes = blocks.flatMap(\.wholes)
    let expected = (0..<UInt32(ConversationBlock.groupCount)).map { group in
      wholes.filter { $0.group == group }.compactMap(\.value).sorted()
    }
    var values = GroupedValues<UInt64>(counts: expected.map(\.count))
    for block in blocks { values.add(block.filled(.narrow(block.conversations))) }
    #expect((0..<ConversationBlock.groupCount).map { values.values(of: $0).sorted() } == expected)
  }

  @Test func sumsBeyondThirtyTwoBitsAreKept() {
    var values = GroupedValues<UInt64>(counts: [0, 2])
    values.add(1 << 48, to: 1)
    values.add(.max - 1, to: 1)
    #expect(values.values(of: 1).sorted() == [1 << 48, UInt64.max - 1])
    #expect(values.values(of: 0).isEmpty)
  }
}
