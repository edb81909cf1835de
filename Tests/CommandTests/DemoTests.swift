import Foundation
import Testing

/// The demo: what it makes is the same every time, and has what makes figures differ often enough to be seen.
struct DemoTests {
  private static let run = Result {
    try Tool.inFolder { folder in
      let result = try Tool.run(["demo", "shop"], in: folder)
      let export = try String(contentsOf: folder.appending(path: "shop/shop.csv"), encoding: .utf8)
      let states = try StoreSQL.answer(
        to: """
          SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1),
            count(*) FILTER (WHERE closing = 1), count(*) FILTER (WHERE closing = 2),
            count(*) FILTER (WHERE closing = 3), sum(reopens > 0), count(*) FILTER (WHERE tags = '[]'),
            count(*) FILTER (WHERE json_array_length(tags) > 2)
          FROM conversation
          """, of: folder.appending(path: "shop/shop.sqlite").path)
      let contacts = try StoreSQL.answer(
        to: """
          SELECT count(*) FILTER (WHERE is_bot), count(*) FILTER (WHERE end_reason = 1),
            count(*) FILTER (WHERE end_reason = 2), count(*) FILTER (WHERE NOT is_handled),
            count(*) FILTER (WHERE is_handled AND handling_seconds IS NULL AND NOT is_bot),
            count(*) FILTER (WHERE handling_basis = 2)
          FROM contact
          """, of: folder.appending(path: "shop/shop.sqlite").path)
      let again = try Tool.run(["demo", "shop"], in: folder)
      let other = try Tool.run(["demo", "other"], in: folder)
      let otherExport = try String(contentsOf: folder.appending(path: "other/shop.csv"), encoding: .utf8)
      return (
        result: result, export: export, states: states.rows[0], contacts: contacts.rows[0], again: again,
        other: other, otherExport: otherExport
      )
    }
  }

  @Test("it shows a ledger, reasons, bars, a heat map, and a figure that the sqlite3 shell agrees with")
  func tour() throws {
    let run = try Self.run.get()
    #expect(run.result.code == 0, "\(run.result.complaints)")
    for part in [
      "50,000 new conversations", "mapped to Delivery", "words: ", "mean by tag",
      "contacts by weekday and hour",
      "$ wrapup stats --by tag", "$ sqlite3 -readonly",
    ] { #expect(run.result.output.contains(part), "\(part)") }
    #expect(
      run.result.output.contains("The same, to the last digit")
        || run.result.output.contains("sqlite3 is not installed"))
  }

  @Test("each trap is there at least 200 times")
  func traps() throws {
    let run = try Self.run.get()
    func count(_ text: String) -> Int { Int(text.replacing(",", with: "")) ?? 0 }
    for line in [
      "flagged reply-out-of-range", "flagged rating-out-of-range", "flagged zero", "flagged long",
      "flagged overlap", "flagged parts-differ", "flagged exceeds-elapsed", "flagged repeated-hour",
      "flagged long-wrapup", "rejected skipped-hour in startedAt", "rejected negative in handlingSeconds",
      "rejected fractional in handlingSeconds", "rejected end-before-start in endedAt",
      "rejected unreadable-time in startedAt", "rejected key-with-other-values",
    ] {
      let found = run.result.output.split(separator: "\n").first { $0.hasPrefix("  \(line): ") }
      #expect(count(String(found?.split(separator: " ").last ?? "")) >= 200, "\(line)")
    }
    let unchanged = run.result.output.firstMatch(of: /([\d,]+) unchanged, [\d,]+ rejected; 50,000 new/)
    #expect(count(String(unchanged?.1 ?? "")) >= 200, "the same row twice")
    for (what, number) in zip(
      [
        "open", "in the picking list", "by visitors", "natural", "by bots", "reopened", "untagged",
        "three tags",
      ],
      run.states)
    { #expect(count(number) >= 200, "\(what): \(number)") }
    for (what, number) in zip(
      ["bots", "transferred", "snoozed", "unhandled", "without a handling time", "by parts"], run.contacts)
    { #expect(count(number) >= 200, "\(what): \(number)") }
    let rows = run.export.split(separator: "\n")
    #expect(rows.count { $0.contains(",good,") || $0.contains(",bad,") } >= 200)
    #expect(rows.count { $0.contains("T00:01:00,") } >= 200, "closed behind midnight")
  }

  @Test("the same seed makes the same shop, and a shop that is there stays")
  func seeds() throws {
    let run = try Self.run.get()
    #expect(run.export == run.otherExport)
    #expect(run.other.code == 0 && run.again.code == 1 && run.again.complaints.contains("is there already"))
    #expect(try Tool.run(["demo", "--seed", "x"]).code == 2)
    try Tool.inFolder { folder in
      try Data("precious".utf8).write(to: folder.appending(path: "mapping.csv"))
      #expect(try Tool.run(["demo", "."], in: folder).code == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mapping.csv"])
    }
  }
}
