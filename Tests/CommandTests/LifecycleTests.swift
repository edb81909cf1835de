import Foundation
import Testing

/// Opening, closing and showing conversations, and what follows from a close.
struct LifecycleTests {
  @Test("a close is counted by the next report and speaks in the next recommendation")
  func closeIsKnownAtOnce() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(
        ["import", Tool.fixture("sample.csv"), "--mapping", Tool.fixture("sample.mapping.csv")], in: folder)
      let asking = ["recommend", "--category", "Billing", "--chosen", "Refund", "--format", "json"]
      let words = ["stats", "--by", "tag", "--format", "csv", "--measures", "contacts,n,missing"]
      let before = CSVTable(try Tool.succeed(words, in: folder)).rows(by: ["tag"])
      let advice = Tool.recommendations(try Tool.succeed(asking, in: folder))
      #expect(
        try Tool.succeed(
          ["open", "live-1", "--channel", "chat", "--category", "Billing", "--agent", "Ann"], in: folder)
          == "live-1 open in wrapup.sqlite\n")
      #expect(
        CSVTable(try Tool.succeed(words, in: folder)).rows(by: ["tag"]) == before, "open ones do not count")
      #expect(
        try Tool.succeed(
          ["close", "live-1", "--tag", "Voucher", "--tag", "refund", "--note", "Gave a voucher"], in: folder)
          == "live-1 ended in wrapup.sqlite\n")
      let after = CSVTable(try Tool.succeed(words, in: folder)).rows(by: ["tag"])
      for tag in ["*", "Voucher", "Refund"] {
        #expect(Int(after[[tag]]!["n"]!)! == Int(before[[tag]]!["n"]!)! + 1, "\(tag)")
      }
      #expect(Tool.recommendations(try Tool.succeed(asking, in: folder)) != advice)
      let shown = try Tool.succeed(["show", "live-1"], in: folder)
      for fact in ["ended, by agent", "Voucher; Refund", "Gave a voucher", "Ann", "Billing"] {
        #expect(shown.contains(fact), "\(fact) in \(shown)")
      }
    }
  }

  @Test("on a social channel a close leaves the conversation closed, and --end ends it")
  func socialChannels() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["open", "w1", "--channel", "WhatsApp"], in: folder)
      _ = try Tool.run(["close", "w1", "--tag", "Refund"], in: folder)
      #expect(
        try Tool.succeed(["show", "w1", "--format", "json"], in: folder).contains(#""state":"closed""#))
      let words = ["stats", "--format", "csv", "--measures", "contacts"]
      #expect(try Tool.succeed(words, in: folder) == "contacts\n0\n")
      let again = try Tool.run(["close", "w1", "--tag", "Refund"], in: folder)
      #expect(again.code == 1 && again.complaints.contains("--end"))
      _ = try Tool.succeed(["close", "w1", "--tag", "Refund", "--end"], in: folder)
      #expect(try Tool.succeed(words, in: folder) == "contacts\n1\n")
    }
  }

  @Test("what can't be done says why and changes nothing")
  func refusals() throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["open", "c1", "--channel", "chat"], in: folder)
      let twice = try Tool.run(["open", "c1", "--channel", "chat"], in: folder)
      #expect(twice.code == 1 && twice.complaints.contains("exists already"))
      let unknown = try Tool.run(["close", "c2", "--tag", "X"], in: folder)
      #expect(unknown.code == 1 && unknown.complaints.contains(#"no conversation "c2""#))
      let long = try Tool.run(["close", "c1", "--tag", String(repeating: "x", count: 257)], in: folder)
      #expect(long.code == 1 && long.complaints.contains("256 bytes"))
      let note = try Tool.run(["close", "c1", "--note", String(repeating: "x", count: 10_001)], in: folder)
      #expect(note.code == 1 && note.complaints.contains("10,000 characters"))
      let blank = try Tool.run(["open", " ", "--channel", "chat"], in: folder)
      #expect(blank.code == 1 && blank.complaints.contains("id is empty"))
      #expect(try Tool.succeed(["show", "c1", "--format", "json"], in: folder).contains(#""state":"open""#))
    }
  }

  @Test("a tag nobody knew is made and named together with its neighbours")
  func newTags() throws {
    try Tool.inFolder { folder in
      for (id, tag) in [("c1", "Refund"), ("c2", "Refnud")] {
        _ = try Tool.succeed(["open", id, "--channel", "chat"], in: folder)
        let result = try Tool.run(["close", id, "--tag", tag], in: folder)
        #expect(result.code == 0 && result.complaints.contains("new tag \"\(tag)\""))
        #expect(result.complaints.contains("did you mean \"Refund\"") == (id == "c2"))
      }
    }
  }

  @Test("an SQL text as a tag is a tag")
  func tagsAreData() throws {
    try Tool.inFolder { folder in
      let nasty = "x'); DROP TABLE tag; --"
      _ = try Tool.succeed(["open", nasty, "--channel", nasty], in: folder)
      _ = try Tool.run(["close", nasty, "--tag", nasty], in: folder)
      let table = CSVTable(try Tool.succeed(["stats", "--by", "tag", "--format", "csv"], in: folder))
      #expect(table.rows(by: ["tag"])[[nasty]]?["n"] == "1")
    }
  }
}
