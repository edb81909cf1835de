import Foundation
import TestSupport
import Testing

@testable import WrapUpEngine

/// A store whose tags were merged answers as one whose files had the merged tags from the beginning.
struct MergedHistoryTests {
  private static let names = (1...12).map { "Tag \($0)" }
  private static let categories = ["Delivery", "Billing", "Account"]

  /// Rows of closes with up to four tags each, some of them with a text.
  private static func rows(_ random: inout SeededGenerator, _ numbers: Range<Int>) -> [[String]] {
    numbers.map { number in
      let start = 1_767_600_000 + Int64(number) * 3_600
      let tags = names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
      return [
        "c\(number)", WrapUp.text(ofInstant: start), WrapUp.text(ofInstant: start + 60),
        categories.randomElement(using: &random)!, tags.joined(separator: ";"),
        "\(Int.random(in: 1...900, using: &random))", "Agent \(number % 4)",
        number % 3 == 0 ? "" : "about \(tags.joined(separator: " ")) and \(number % 7)",
      ]
    }
  }

  private static func csv(_ rows: [[String]], _ now: (String) -> String = { $0 }) -> String {
    "id,startedAt,endedAt,category,tags,handlingSeconds,agent,text\n"
      + rows.map { row in
        var (row, found) = (row, [String]())
        for tag in row[4].split(separator: ";").map({ now(String($0)) }) where !found.contains(tag) {
          found.append(tag)
        }
        row[4] = found.joined(separator: ";")
        return row.joined(separator: ",") + "\n"
      }.joined()
  }

  private static let questions: [HandlingQuery] = {
    var questions: [HandlingQuery] = []
    for counting in HandlingQuery.TagCounting.allCases {
      for dimensions in [[Dimension.tag], [.tag, .category], [.agent, .tag], [.category]] {
        for unit in HandlingQuery.Unit.allCases {
          var query = HandlingQuery(
            by: dimensions,
            measures: counting == .split && dimensions.contains(.tag)
              ? HandlingQuery.splitMeasures
              : [.conversations, .n, .mean, .meanConversation, .quantile(permille: 900), .sd])
          (query.tagCounting, query.unit) = (counting, unit)
          questions.append(query)
          query.filter = .any([.oneOf(.tag, ["Tag 3", "Tag 7"]), .missing(.tag)])
          questions.append(query)
          query.filter = .not(.oneOf(.tag, ["Tag 3"]))
          questions.append(query)
        }
      }
    }
    return questions
  }()

  private static func answers(_ wrapup: WrapUp) throws -> [[HandlingReport.Row]] {
    try questions.map {
      try Array(wrapup.report($0).rows) + [wrapup.report($0)].map { .init(labels: [], figures: $0.total) }
    }
  }

  private static func lists(_ wrapup: WrapUp) throws -> [[Recommendation]] {
    try (categories + ["Nothing"]).flatMap { category in
      try [nil, "about Tag 5 and Tag 3"].map { text in
        try wrapup.recommend(
          DialogContext(category: category, agent: "Agent 1", chosen: ["Tag 9"], text: text), limit: 20
        ).list
      }
    }
  }

  @Test("reports, lists and what history says of the mapping", arguments: [1, 2, 3] as [UInt64])
  func sameAnswers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (first, later) = (Self.rows(&random, 0..<120), Self.rows(&random, 120..<160))
    // Chains and a star; what is left are tags 3, 5, 7 to 12.
    let merges = [("Tag 1", "Tag 2"), ("Tag 2", "Tag 3"), ("Tag 4", "Tag 3"), ("Tag 6", "Tag 7")]
    func now(_ tag: String) -> String {
      merges.first { $0.0 == tag }.map { now($0.1) } ?? tag
    }
    let links = [("Delivery", "Tag 1"), ("Delivery", "Tag 5"), ("Billing", "Tag 6"), ("Billing", "Tag 7")]
    try Scratch.withStore { merged in
      try Scratch.withStore { plain in
        // Both know all names, in one order.
        for wrapup in [merged, plain] { _ = try wrapup.add(Self.names, to: .tag) }
        _ = try Scratch.importCSV(Self.csv(first), into: merged)
        _ = try Scratch.importCSV(Self.csv(first, now), into: plain)
        _ = try Self.lists(merged)
        for (category, tag) in links {
          _ = try merged.map([tag], to: category)
          _ = try plain.map([now(tag)], to: category)
        }
        for (tag, target) in merges { _ = try merged.merge([tag], into: target) }
        _ = try merged.switchTags(["Tag 12"], on: false)
        // In the other store nothing was ever filed under what has been merged here.
        _ = try plain.switchTags(Array(Set(merges.map(\.0))) + ["Tag 12"], on: false)
        for round in 0..<2 {
          #expect(try Self.answers(merged) == Self.answers(plain))
          let lists = try Self.lists(merged)
          #expect(try lists == Self.lists(plain))
          for list in lists {
            #expect(Set(list.map(\.tag)).isDisjoint(with: merges.map(\.0) + ["Tag 12", "Tag 9"]))
            #expect(list.count == 6)
          }
          #expect(try merged.reviewMapping().missing == plain.reviewMapping().missing)
          #expect(try merged.reviewMapping().unused == plain.reviewMapping().unused)
          if round == 0 {
            _ = try Scratch.importCSV(Self.csv(later), into: merged)
            _ = try Scratch.importCSV(Self.csv(later, now), into: plain)
          }
        }
        #expect(try merged.unmap(["Tag 3"], from: "Delivery") == plain.unmap(["Tag 3"], from: "Delivery"))
        #expect(try Self.lists(merged) == Self.lists(plain))
        #expect(try merged.evaluate().total.qualities == plain.evaluate().total.qualities)
        // Learnt step by step or at once: the same.
        let before = try Self.lists(merged)
        _ = try merged.train()
        #expect(try Self.lists(WrapUp(store: merged.path)) == before)
      }
    }
  }
}
