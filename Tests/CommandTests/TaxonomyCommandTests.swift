import Foundation
import Testing

/// `tag` and `category` with what belongs to them.
struct TaxonomyCommandTests {
  private static let rows = """
    id,category,tags,startedAt,endedAt,handlingSeconds
    a,Delivery,Refund;Late parcel,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,100
    b,Delivery,Refnd,2026-01-05T11:00:00Z,2026-01-05T11:05:00Z,200
    c,Billing,Invoice,2026-01-05T12:00:00Z,2026-01-05T12:05:00Z,300

    """

  private static func withStore<Value>(_ body: (URL) throws -> Value) throws -> Value {
    try Tool.inFolder { folder in
      try Data(rows.utf8).write(to: folder.appending(path: "in.csv"))
      _ = try Tool.succeed(["import", "in.csv"], in: folder)
      return try body(folder)
    }
  }

  @Test("names are listed, added, changed, merged and given back")
  func journey() throws {
    try Self.withStore { folder in
      func run(_ line: String...) throws -> String { try Tool.succeed(line, in: folder) }
      let added = try Tool.run(["tag", "add", "Fax order", "refund", "Invoices"], in: folder)
      #expect(added.code == 0 && added.output == "2 tags added to wrapup.sqlite; 1 was there\n")
      #expect(added.complaints == "wrapup: new tag \"Invoices\"; did you mean \"Invoice\"?\n")
      #expect(try run("tag", "rename", "late parcel", "Late") == "Late parcel is Late now\n")
      #expect(try run("tag", "merge", "Refnd", "--into", "Refund") == "1 tag merged into Refund\n")
      #expect(try run("tag", "off", "Invoices", "Fax order") == "2 tags switched off\n")
      #expect(try run("type", "on", "Invoices", "Invoice") == "1 tag switched on; 1 was on already\n")
      #expect(try run("category", "map", "Delivery", "Late", "Refnd") == "2 tags mapped to Delivery\n")
      #expect(try run("category", "add", "Account") == "1 category added to wrapup.sqlite\n")
      #expect(
        try run("tag", "list") == """
          tag        state   merged_into  conversations  categories
          Fax order  off     –                        0
          Invoice    on      –                        1
          Invoices   on      –                        0
          Late       on      –                        1  Delivery
          Refnd      merged  Refund                   1
          Refund     on      –                        1  Delivery

          6 tags; conversations are those that were given the tag itself.

          """)
      #expect(
        try run("category", "list", "--format", "csv") == """
          category,conversations,mapped,tags
          Account,0,0,
          Billing,1,0,
          Delivery,2,2,"Late, Refund"

          """)
      let answer = CSVTable(try run("stats", "--by", "tag", "--measures", "total", "--format", "csv"))
        .rows(by: ["tag"]).mapValues { $0["total"] }
      #expect(answer == [["*"]: "600", ["Refund"]: "300", ["Late"]: "100", ["Invoice"]: "300"])
      let given = try run(
        "stats", "--by", "tag", "--as-of", "tagged", "--measures", "total", "--format", "csv")
      #expect(CSVTable(given).rows(by: ["tag"])[["Refnd"]]?["total"] == "200")
      #expect(try run("stats", "--by", "tag").contains("1 tag counts as what it was merged into"))
      #expect(try run("tag", "undo", "Refnd") == "Refnd: parted from \"Refund\" (undo)\n")
      #expect(try run("category", "rename", "Delivery", "Shipping") == "Delivery is Shipping now\n")
      #expect(
        try run("category", "undo", "shipping")
          == "Delivery: renamed from \"Shipping\" to \"Delivery\" (undo)\n")
      let log = CSVTable(try run("tag", "log", "--format", "csv")).rows(by: ["tag", "event"]).keys
      #expect(log.contains(["Refnd", "merged into \"Refund\""]) && log.count == 8)
      #expect(try run("category", "log", "Delivery").split(separator: "\n").count == 3)
    }
  }

  @Test("what can't be done is said, with what would be right")
  func refusals() throws {
    try Self.withStore { folder in
      _ = try Tool.succeed(["tag", "merge", "Refnd", "--into", "Refund"], in: folder)
      _ = try Tool.succeed(["tag", "off", "Invoice"], in: folder)
      _ = try Tool.succeed(["open", "d", "--channel", "chat"], in: folder)
      for (words, code, part) in [
        (["tag", "rename", "Refund", "invoice"], 1, "there is a tag \"Invoice\" already; 'wrapup tag merge"),
        (
          ["tag", "rename", "Refundd", "X"], 1, "the store knows no tag \"Refundd\"; did you mean \"Refund\""
        ),
        (["tag", "merge", "Refnd", "--into", "Invoice"], 1, "was merged into \"Refund\"; 'wrapup tag undo'"),
        (["tag", "merge", "Refund", "--into", "refund"], 1, "can't be merged into itself"),
        (["tag", "merge", "Refund"], 2, "--into is missing"),
        (["tag", "undo", "Late parcel"], 1, "nothing was done to the tag \"Late parcel\""),
        (["tag", "add", " "], 1, "tag is empty"),
        (["close", "d", "--tag", "Invoice"], 1, "the tag \"Invoice\" is switched off; choose another"),
        (["tag", "of", "Refund"], 2, "did you mean \"tag off\" or \"tag on\""),
        (["tag", "health", "--idle-days", "x"], 2, "from 0 to 100000"),
        (["stats", "--as-of", "now"], 2, "--as-of can't be \"now\": it is one of today, tagged"),
      ] as [([String], Int32, String)] {
        let result = try Tool.run(words, in: folder)
        #expect(result.code == code && result.complaints.contains(part), "\(words): \(result.complaints)")
      }
      let closed = try Tool.run(["close", "d", "--tag", "Refnd"], in: folder)
      #expect(closed.code == 0 && closed.complaints.contains("\"Refnd\" was merged: recorded as \"Refund\""))
    }
  }

  @Test("each finding of tag health is found, and its command clears it")
  func health() throws {
    try Tool.inFolder { folder in
      var rows = ["id,category,tags,startedAt,endedAt"]
      func add(_ count: Int, _ category: String, _ tags: String, day: Int = 300) {
        for _ in 0..<count {
          let start = 1_700_000_000 + Int64(rows.count) * 60 + Int64(day) * 86_400
          rows.append("c\(rows.count),\(category),\(tags),\(start),\(start + 50)")
        }
      }
      for category in ["A", "B", "C", "D"] { add(30, category, "Other") }
      add(25, "A", "Parcel;Tracking")
      add(3, "A", "Pacel")
      add(2, "B", "e-mail")
      add(1, "B", "EMail")
      add(1, "C", "Tag 21", day: 0)
      add(1, "C", "Tag 22")
      add(2, "it's", "-odd")
      let instants = rows.map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).map(String.init).enumerated().map {
          $0 < 3 ? $1 : Int64($1).map { Date(timeIntervalSince1970: Double($0)).ISO8601Format() } ?? $1
        }.joined(separator: ",")
      }
      try Data(instants.joined(separator: "\n").utf8).write(to: folder.appending(path: "in.csv"))
      _ = try Tool.succeed(["import", "in.csv"], in: folder)
      for category in ["A", "B", "D"] {
        _ = try Tool.succeed(["category", "map", category, "Other"], in: folder)
      }
      func findings() throws -> [[String]: [String: String]] {
        CSVTable(try Tool.succeed(["tag", "health", "--format", "csv"], in: folder)).rows(by: [
          "finding", "name",
        ])
      }
      let found = try findings()
      #expect(
        Set(found.keys) == [
          ["similar", "Pacel"], ["similar", "EMail"], ["together", "Tracking"], ["unused", "Tag 21"],
          ["catch-all", "Other"], ["unmapped", "C"], ["unmapped", "it's"],
        ])
      #expect(found[["similar", "Pacel"]]?["evidence"] == "Pacel: 3 closes, Parcel: 25 closes")
      #expect(found[["together", "Tracking"]]?["evidence"] == "both in 25 of 25 closes with either")
      #expect(found[["unused", "Tag 21"]]?["evidence"] == "last chosen 300 days before the newest close")
      #expect(
        found[["catch-all", "Other"]]?["evidence"]?.hasSuffix("about as often in 4 of 4 categories") == true)
      #expect(found[["unmapped", "it's"]]?["command"] == "wrapup category map -- 'it'\\''s' -odd")
      for finding in found.values {
        let command = try #require(finding["command"])
        let path = URL(filePath: Tool.path).deletingLastPathComponent().path
        let result = try Tool.launch(
          "/bin/sh", ["-c", command], in: folder, environment: ["PATH": "\(path):/bin:/usr/bin"])
        #expect(result.code == 0, "\(command): \(result.complaints)")
      }
      #expect(Set(try findings().keys) == [["catch-all", "Other"]])
      #expect(try Tool.succeed(["tag", "health", "--idle-days", "0"], in: folder).contains("unused"))
    }
  }
}
