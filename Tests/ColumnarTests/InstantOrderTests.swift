import TestSupport
import Testing

@testable import Columnar

@Suite("Order of instants")
struct InstantOrderTests {
  @Test(
    "rows are ordered by instant and then as asked, those without an instant first",
    arguments: [
      0...0, 5...5, 0...40, -90_000...90_000, 1_400_000_000...1_500_000_000, -7_000_000_000...7_000_000_000,
      Int64.min + 1...Int64.max,
    ])
  func order(range: ClosedRange<Int64>) {
    var generator = SeededGenerator(seed: 5)
    for count in [0, 1, 2, 100, 3_000] {
      let instants = (0..<count).map { _ in
        Int.random(in: 0..<10, using: &generator) == 0
          ? OffsetColumn.missing : Int64.random(in: range, using: &generator)
      }
      let ranks = (0..<count).shuffled(using: &generator)
      let expected = (0..<count).sorted { (instants[$0], ranks[$0]) < (instants[$1], ranks[$1]) }
      #expect(
        InstantOrder.rows(count, instant: { instants[$0] }, precedes: { ranks[$0] < ranks[$1] }) == expected)
      let again = expected.map { instants[$0] }
      #expect(InstantOrder.rows(count, instant: { again[$0] }, precedes: <) == Array(0..<count))
    }
  }

  @Test("without any instant the order is what was asked for")
  func missing() {
    #expect(InstantOrder.rows(4, instant: { _ in OffsetColumn.missing }, precedes: >) == [3, 2, 1, 0])
  }
}
