import ConversationFiles
import TestSupport
import Testing

/// Refused rows, counted by kind.
struct RefusedRowsTests {
  private static func rejection(_ line: Int, _ column: String?, _ reason: RowRejection.Reason) -> RowRejection
  {
    RowRejection(line: line, column: column, value: "v\(line)", reason: reason)
  }

  @Test("kinds come in the order of their first rows, each with the first two")
  func kinds() {
    var refused = RefusedRows()
    refused.add(Self.rejection(9, "endedAt", .endBeforeStart))
    refused.add(Self.rejection(4, nil, .conflictsWithLine(2)))
    refused.add(Self.rejection(7, nil, .conflictsWithLine(3)))
    refused.add(Self.rejection(5, nil, .conflictsWithLine(1)))
    refused.add(Self.rejection(6, "startedAt", .endBeforeStart))
    #expect(refused.count == 5)
    #expect(refused.kinds.map(\.name) == ["key-with-other-values", "end-before-start", "end-before-start"])
    #expect(refused.kinds.map(\.column) == [nil, "startedAt", "endedAt"])
    #expect(refused.kinds[0].examples.map(\.line) == [4, 5] && refused.kinds[0].count == 3)
    #expect(refused.kinds[0].examples[0].reason == .conflictsWithLine(2), "as it was refused")
    #expect(refused.examples.map(\.line) == [4, 5, 6, 9])
  }

  @Test("columns that no field knows do not make kinds of their own")
  func strangeColumns() {
    var refused = RefusedRows()
    for line in 1...10_000 { refused.add(Self.rejection(line, "column \(line)", .nulByte)) }
    #expect(refused.kinds.count == 1 && refused.kinds[0].count == 10_000 && refused.kinds[0].column == nil)
    #expect(refused.kinds[0].examples[0].column == "column 1")
  }

  @Test("parts of a file added in any order say what the whole does")
  func parts() {
    let reasons: [RowRejection.Reason] = [
      .negative, .fractional, .conflictsWithLine(1), .fieldCount(found: 1, expected: 3), .missingValue,
    ]
    for seed in 1...100 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      var whole = RefusedRows()
      var parts: [(start: Int, rows: RefusedRows)] = []
      for start in stride(from: 0, to: 60, by: 20) {
        var part = RefusedRows()
        for line in 1...20 where Bool.random(using: &random) {
          let reason = reasons.randomElement(using: &random)!
          let column = ["id", "startedAt", nil, "strange"].randomElement(using: &random)!
          part.add(Self.rejection(line, column, reason))
          whole.add(Self.rejection(start + line, column, reason))
        }
        parts.append((start, part))
      }
      var sum = RefusedRows()
      for part in parts.shuffled(using: &random) { sum.add(part.rows, movedBy: part.start) }
      #expect(sum.count == whole.count && sum.kinds.map(\.name) == whole.kinds.map(\.name), "seed \(seed)")
      #expect(sum.kinds.map(\.count) == whole.kinds.map(\.count), "seed \(seed)")
      #expect(sum.examples.map(\.line) == whole.examples.map(\.line), "seed \(seed)")
      // Values do not move with their lines.
      #expect(sum.kinds.map(\.column) == whole.kinds.map(\.column), "seed \(seed)")
    }
  }
}
