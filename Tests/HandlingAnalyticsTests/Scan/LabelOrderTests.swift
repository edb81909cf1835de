import TestSupport
import Testing

@testable import HandlingAnalytics

struct LabelOrderTests {
  private static func listed(_ labels: [HandlingReport.Label]) -> [HandlingReport.Label] {
    let ranks = LabelOrder.ranks(of: labels)
    var listed = [HandlingReport.Label](repeating: .missing, count: labels.count)
    for (code, rank) in ranks.enumerated() { listed[rank] = labels[code] }
    return listed
  }

  @Test func namesAreListedWithoutCaseAndAccentsAndMissingLast() {
    let labels: [HandlingReport.Label] =
      [.missing] + ["b", "Zoé", "a", "É", "f", "e", "C", "é", "zoe", "ça"].map { .name($0) }
    let expected: [HandlingReport.Label] =
      ["a", "b", "C", "ça", "e", "É", "é", "f", "zoe", "Zoé"].map { .name($0) } + [.missing]
    // Names that differ in case or accents alone stand by their bytes: e, É (C3 89), é (C3 A9); Z before z.
    var ordered = expected
    ordered.swapAt(8, 9)
    #expect(Self.listed(labels) == ordered)
  }

  @Test func numbersAreListedBySize() {
    let labels: [HandlingReport.Label] = [.missing, .number(10), .number(9), .number(-1), .number(0)]
    #expect(Self.listed(labels) == [.number(-1), .number(0), .number(9), .number(10), .missing])
  }

  @Test func ranksAreAPermutationWhateverTheOrderOfTheCodes() {
    var generator = SeededGenerator(seed: 3)
    let names = (TestNames.listed).map { HandlingReport.Label.name($0) }
    for _ in 0..<20 {
      let labels = ([.missing] + names).shuffled(using: &generator)
      #expect(LabelOrder.ranks(of: labels).sorted() == Array(labels.indices))
      #expect(Self.listed(labels) == names + [.missing])
    }
  }
}
