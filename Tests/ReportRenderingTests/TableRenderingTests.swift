import HandlingAnalytics
import Testing

@testable import ReportRendering

struct TableRenderingTests {
  @Test func aReportAsATable() throws {
    let lines = """
      tag        hour   contacts     mean       sd        p99.5
      *             *  1,234,567  1:01:02        –      0:01:30
      a,"b"\u{FFFD}c       7          1  0:00:59  0:00:00            –
      (none)   (none)          0        –        –  1,000:00:00

      Handling time per contact, as the source gives it; n = 2, missing 0; 12,343 never handled; \
      12,345 contacts looked at, none left out; \
      zone Europe/Paris; all time, a contact counts when its conversation ended.

      """
    #expect(try ReportSample.report().rendered(as: .table) == lines)
    let rest = lines.split(separator: "\n", omittingEmptySubsequences: false)
    let withoutTotal = try ReportSample.report().rendered(as: .table, showsTotal: false)
    #expect(!withoutTotal.contains("*"))
    #expect(withoutTotal.split(separator: "\n").count == rest.count - 3)
    let styled = try ReportSample.report().rendered(as: .table, on: Screen(isStyled: true))
    #expect(styled.split(separator: "\u{1B}[1m").count == 2)
  }
}
