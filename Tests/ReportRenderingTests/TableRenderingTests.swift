import Conversations
import HandlingAnalytics
import Testing

@testable import ReportRendering

struct TableRenderingTests {
  @Test(
    arguments: [
      (0, "0:00:00"), (0.4, "0:00:00"), (0.5, "0:00:01"), (59.5, "0:01:00"), (3599.4, "0:59:59"),
      (3661, "1:01:01"),
      (35_999, "9:59:59"), (3_600_000, "1,000:00:00"), (4_294_967_294, "1,193,046:28:14"),
    ] as [(Double, String)])
  func durationsAsAClock(seconds: Double, text: String) {
    #expect(TableRendering.clock(seconds) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_345, "12,345"), (999_999, "999,999"),
      (1_234_567, "1,234,567"), (-999, "-999"), (-1000, "-1,000"), (.max, "9,223,372,036,854,775,807"),
      (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int, String)])
  func countsInGroupsOfThree(number: Int, text: String) {
    #expect(TableRendering.grouped(number) == text)
  }

  @Test func aReportAsATable() {
    let lines = """
      tag        hour   contacts     mean       sd        p99.5
      *             *  1,234,567  1:01:02        –      0:01:30
      a,"b"\u{FFFD}c       7          1  0:00:59  0:00:00            –
      (none)   (none)          0        –        –  1,000:00:00

      Durations in h:mm:ss per contact: handling time as the source gives it.
      12,345 contacts looked at; zone Europe/Paris; a contact counts when its conversation ended.
      A conversation with several tags counts in each of them; the total counts it once.

      """
    #expect(ReportSample.report().rendered(as: .table) == lines)
    let rest = lines.split(separator: "\n", omittingEmptySubsequences: false)
    let withoutTotal = ReportSample.report().rendered(as: .table, showsTotal: false)
    #expect(!withoutTotal.contains("*"))
    #expect(withoutTotal.split(separator: "\n").count == rest.count - 3)
    let styled = ReportSample.report().rendered(as: .table, isStyled: true)
    #expect(styled.split(separator: "\u{1B}[1m").count == 2 + (styled.hasPrefix("\u{1B}") ? 0 : 1))
  }

  @Test func theNotesSayWhatTheFiguresRestOn() {
    func notes(_ report: HandlingReport) -> String { report.rendered(as: .table) }
    #expect(notes(ReportSample.report(bases: [:])).contains("no contact has a handling time."))
    #expect(notes(ReportSample.report(bases: [.parts: 1])).contains("per contact: talk + hold + wrap-up."))
    let mixed = ReportSample.report(bases: [.derived: 3, .given: 1_000, .parts: 2])
    #expect(
      notes(mixed).contains(
        """
        over several bases: handling time as the source gives it (n = 1,000), talk + hold + wrap-up (n = 2), \
        elapsed from start to end (n = 3).
        """))
    let left = ReportSample.report(leftOutOpen: 1_500, leftOutBots: 2, provisional: 4) {
      $0.attribution = .ended
    }
    #expect(
      notes(left).contains(
        """
        12,345 contacts looked at, 1,500 left out as their conversation has not ended (--open), 2 of bots left \
        out (--bots); zone Europe/Paris; a contact counts when it ended.
        provisional: 4 contacts of conversations not yet ended fall in this period
        """))
    let started = ReportSample.report(by: [.agent, .hour], provisional: 0) { $0.attribution = .started }
    #expect(notes(started).contains("a contact counts when it started."))
    #expect(!notes(started).contains("provisional") && !notes(started).contains("several tags"))
  }
}
