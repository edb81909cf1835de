import Conversations
import TestSupport
import Testing

struct NearestNamesTests {
  @Test(arguments: [
    ("refund", ["Refund", "refnud", "refunds", "rebound"], 3, ["Refund", "refnud", "refunds"]),
    ("refund", ["billing", "complaint"], 3, []),
    ("résiliation", ["Resiliation", "réclamation"], 3, ["Resiliation"]),
    ("ab", ["ba", "a", "abc", "cd"], 9, ["a", "abc", "ba"]),
    ("abcdef", ["abxdef", "abcdef"], 1, ["abcdef"]),
    ("", ["x", "xy"], 3, ["x"]),
    ("x", [], 3, []),
  ])
  func namesWithinAThirdOfTheLength(name: String, candidates: [String], limit: Int, expected: [String]) {
    #expect(NearestNames.of(name, among: candidates, limit: limit) == expected)
    #expect(NearestNames.of(name, among: candidates.reversed(), limit: limit) == expected)
  }

  /// Optimal string alignment straight from its recursion.
  static func distance(_ one: ArraySlice<Character>, _ other: ArraySlice<Character>) -> Int {
    guard let last = one.last, let otherLast = other.last else { return max(one.count, other.count) }
    var best = min(
      distance(one.dropLast(), other) + 1, distance(one, other.dropLast()) + 1,
      distance(one.dropLast(), other.dropLast()) + (last == otherLast ? 0 : 1))
    if one.count > 1, other.count > 1, last == other.dropLast().last, one.dropLast().last == otherLast {
      best = min(best, distance(one.dropLast(2), other.dropLast(2)) + 1)
    }
    return best
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func agreesWithTheRecursion(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func word() -> String {
      String((0..<Int.random(in: 0...5, using: &random)).map { _ in "abc".randomElement(using: &random)! })
    }
    let name = word()
    let candidates = (0..<20).map { _ in word() }
    let ranked = candidates.map { (Self.distance(Array(name)[...], Array($0)[...]), $0) }
      .filter { $0.0 <= max(1, name.count / 3) && !$0.1.isEmpty }.sorted { $0 < $1 }
    #expect(NearestNames.of(name, among: candidates, limit: 4) == ranked.prefix(4).map(\.1))
  }
}
