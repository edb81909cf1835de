import TestSupport
import Testing

@testable import WrapUpEngine

/// What the history says of a mapping, against a count by hand.
struct MappingReviewTests {
  private struct Row {
    var category: String
    var tags: [String]
    var end: Int64
  }

  private static func rows(seed: UInt64) -> [Row] {
    var random = SeededGenerator(seed: seed)
    return (0..<900).map { number in
      // Categories of different sizes, each with favourites; the tags of C9 are everybody's.
      let category = min(Int.random(in: 0..<12, using: &random), Int.random(in: 0..<12, using: &random))
      var tags: [String] = []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let isFavourite = Int.random(in: 0..<3, using: &random) > 0
        let tag =
          isFavourite
          ? category * 3 + Int.random(in: 0..<3, using: &random) : Int.random(in: 0..<40, using: &random)
        if !tags.contains("T\(tag)") { tags.append("T\(tag)") }
      }
      return Row(
        category: category == 9 ? "" : "C\(category)", tags: tags, end: 1_700_000_000 + Int64(number / 2) * 60
      )
    }
  }

  @Test("links to add and links never used equal a count by hand", arguments: 1...4 as ClosedRange<UInt64>)
  func countsByHand(seed: UInt64) throws {
    let rows = Self.rows(seed: seed)
    try Scratch.withStore { wrapup in
      let csv = rows.enumerated().map { place, row in
        "c\(place),\(row.category),\(row.tags.joined(separator: ";")),\(WrapUp.text(ofInstant: row.end - 60)),\(WrapUp.text(ofInstant: row.end))"
      }
      _ = try Scratch.importCSV(
        (["id,category,tags,startedAt,endedAt"] + csv).joined(separator: "\n") + "\n", into: wrapup)
      var mapped: Set<[String]> = []
      for category in 0..<12 where category != 9 {
        for tag in ["T\(category * 3)", "T39"] {
          #expect(try wrapup.map([tag], to: "C\(category)") == 1)
          mapped.insert(["C\(category)", tag])
        }
      }
      #expect(try wrapup.map(["t0"], to: "c0") == 0)
      let threshold = MappingReview.Threshold(uses: 4, share: 0.04)
      let review = try wrapup.reviewMapping(threshold)
      let tagged = rows.filter { !$0.tags.isEmpty }
      #expect(review.closes == tagged.count)
      var missing: Set<[String]> = []
      var unused: Set<[String]> = []
      for category in Set(tagged.map(\.category)) where !category.isEmpty {
        let closes = tagged.filter { $0.category == category }
        for tag in Set(tagged.flatMap(\.tags)).union(["T39"]) {
          let hits = closes.count { $0.tags.contains(tag) }
          let overall = Double(tagged.count { $0.tags.contains(tag) }) / Double(tagged.count)
          let uses = Share(hits: hits, n: closes.count)
          if mapped.contains([category, tag]) {
            if hits == 0 { unused.insert([category, tag]) }
          } else if hits >= 4, uses.value! >= 0.04, uses.interval!.lowerBound > overall || uses.value! > 0.5 {
            missing.insert([category, tag])
            let link = try #require(review.missing.first { $0.category == category && $0.tag == tag })
            #expect(link.uses == uses && (link.lift! - uses.value! / overall).magnitude < 1e-12)
            #expect(link.lastUsedAt == closes.last { $0.tags.contains(tag) }?.end)
            let recent = closes.suffix(100)
            #expect(link.recentUses.n == recent.count)
            // Closes that ended at one instant stand in the order of their keys.
            #expect(link.recentUses.hits == recent.count { $0.tags.contains(tag) })
          }
        }
      }
      #expect(Set(review.missing.map { [$0.category, $0.tag] }) == missing && missing.count > 5)
      #expect(Set(review.unused.map { [$0.category, $0.tag] }) == unused)
      #expect(review.missing.map(\.uses.hits) == review.missing.map(\.uses.hits).sorted(by: >))
    }
  }

  @Test("a mapping changes whole or not at all, and the next list knows")
  func mappingAndUnmapping() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(
        "id,category,tags,startedAt,endedAt\na,Delivery,Lost;Late,2026-01-01T00:00:00Z,2026-01-01T00:01:00Z\n",
        into: wrapup)
      #expect(throws: WrapUpError.unknownName(field: "tag", name: "Lots", nearest: ["Lost"])) {
        try wrapup.map(["Late", "Lots"], to: "Delivery")
      }
      #expect(throws: WrapUpError.unknownName(field: "category", name: "Deliver", nearest: ["Delivery"])) {
        try wrapup.map(["Late"], to: "Deliver")
      }
      #expect(try !wrapup.recommend(DialogContext(category: "Delivery")).hasMapping)
      #expect(try wrapup.map(["lost", "Late", "Late"], to: "delivery") == 2)
      #expect(try wrapup.recommend(DialogContext(category: "Delivery")).hasMapping)
      #expect(try wrapup.unmap(["Late", "Lost"], from: "Delivery") == 2)
      #expect(try wrapup.unmap(["Late"], from: "Delivery") == 0)
      #expect(try !wrapup.recommend(DialogContext(category: "Delivery")).hasMapping)
    }
  }
}
