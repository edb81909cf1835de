import Conversations
import TestSupport
import Testing

@testable import WrapUpEngine

struct SimilarNamesTests {
  private static func similar(_ one: String, _ other: String) -> Bool {
    !SimilarNames.pairs(in: [one, other]).isEmpty
  }

  @Test(arguments: [
    ("e-mail", "Email"), ("late parcel", "Late_Parcel"), ("Refund", "Refnd"), ("Refund", "Refunds"),
    ("Adress", "Address"), ("Parcle", "Parcel"), ("Kündigung", "Kundigumg"), ("возврат", "возвратт"),
  ])
  func slips(pair: (String, String)) { #expect(Self.similar(pair.0, pair.1), "\(pair)") }

  @Test(arguments: [
    ("Tag 21", "Tag 22"), ("Level 1", "Level 11"), ("Cat", "Car"), ("Refund", "Return"),
    ("Phone", "Telephone"),
    ("-", "!"), ("Quality", "Quantify"),
  ])
  func others(pair: (String, String)) { #expect(!Self.similar(pair.0, pair.1), "\(pair)") }

  /// Words over few letters, so that many are close.
  @Test(arguments: 0..<5 as Range<UInt64>)
  func agreesWithLookingAtEveryPair(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<150).map { _ in
      String((0..<Int.random(in: 3...8, using: &random)).map { _ in "ab 1".randomElement(using: &random)! })
    }
    func letters(_ name: String) -> [Unicode.Scalar] { name.unicodeScalars.filter { $0 != " " } }
    func isSimilar(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
      if one.isEmpty || other.isEmpty { return false }
      return one == other
        || min(one.count, other.count) >= 4 && max(one.count, other.count) >= 5
          && one.count { $0 == "1" } == other.count { $0 == "1" } && NearestNames.edits(one, other) <= 1
    }
    var naive: [[Int]] = []
    for first in names.indices {
      for second in names.indices where second > first {
        if isSimilar(letters(names[first]), letters(names[second])) { naive.append([first, second]) }
      }
    }
    #expect(naive.count > 20)
    #expect(SimilarNames.pairs(in: names).map { [$0.0, $0.1] } == naive)
  }
}
