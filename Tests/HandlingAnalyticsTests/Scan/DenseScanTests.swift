import CivilTime
import Conversations
import Testing

@testable import HandlingAnalytics

struct DenseScanTests {
  /// Two blocks of the greatest values that packed sums take, each under four tags: more rows under further tags than
  /// one filling holds if they were of one place.
  @Test(arguments: [[Dimension.tag], [.tag, .channel], [.tag, .month]], [1, 3])
  func manyTagsOfGreatValuesAddUp(dimensions: [Dimension], slices: Int) throws {
    let count = 130_000
    let greatest: UInt32 = (1 << 24) - 1
    var rows = ContactRows()
    for key in 1...Int64(count) {
      var row = ContactRows.Row(
        conversation: key, contact: key, startedAt: 0, endedAt: 100, reportedAt: 100,
        marks: ContactMarks(isBot: false, isHandled: true, conversationHasEnded: true, basis: .given))
      row.seconds = greatest
      row.channel = 1
      row.tags = [1, 2, 3, 4]
      rows.append(row)
    }
    var names = NameDictionaries()
    names[.tag] = ["a", "b", "c", "d"]
    names[.channel] = ["chat"]
    let table = ContactTable(
      ended: rows, open: ContactRows(), names: names, position: TablePosition(seq: 1, nonce: 1))
    let measures: [Measure] = [.n, .total, .min, .max, .sd, .quantile(permille: 990)]
    let report = try table.report(
      HandlingQuery(by: dimensions, measures: measures), QuerySetting(zone: .utc, now: Instant(0)),
      on: .serial(slices: slices))
    let figures: [HandlingReport.Figure] = [
      .whole(count), .whole(count * Int(greatest)), .whole(Int(greatest)), .whole(Int(greatest)), .real(0),
      .whole(Int(greatest)),
    ]
    #expect(report.total == figures)
    #expect(report.rows.count == 4)
    for row in report.rows { #expect(row.figures == figures) }
  }
}
