import Conversations
import Testing

struct RatingTests {
  @Test(
    arguments: [
      (1, "1", 1, false), (2, "2", 2, false), (3, "3", 3, false), (4, "4", 4, true), (5, "5", 5, true),
      (6, "bad", nil, false), (7, "good", nil, true),
    ] as [(UInt8, String, Int?, Bool)])
  func everyRating(code: UInt8, name: String, score: Int?, isSatisfied: Bool) throws {
    let rating = try #require(Rating(code: code))
    #expect(rating.code == code && rating.name == name)
    #expect(rating.score == score && rating.isSatisfied == isSatisfied)
    #expect(Rating(name: name) == rating)
    #expect(Rating.allCases[Int(code) - 1] == rating)
  }

  @Test func noRating() {
    for code in [0, 8, 255] as [UInt8] { #expect(Rating(code: code) == nil) }
    for name in ["", "0", "6", "7", "Good", "BAD", "+4", "04", "4.0", " 4", "٤"] {
      #expect(Rating(name: name) == nil, "\(name)")
    }
  }
}
