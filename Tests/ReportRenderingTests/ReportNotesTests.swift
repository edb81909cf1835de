import Conversations
import HandlingAnalytics
import Testing

@testable import ReportRendering

struct ReportNotesTests {
  private func lines(_ report: HandlingReport) -> [String] { ReportNotes(report).lines }

  @Test func theFirstSaysWhatAValueIs() {
    func unit(_ bases: [HandlingBasis: Int], per unit: HandlingQuery.Unit = .contact) -> Substring? {
      lines(ReportSample.report(basis: ReportSample.basis(bases)) { $0.unit = unit }).first?
        .split(separator: ";").first
    }
    #expect(unit([.given: 1]) == "Handling time per contact, as the source gives it")
    #expect(unit([.parts: 1]) == "Handling time per contact, talk + hold + wrap-up")
    #expect(unit([.derived: 1]) == "Derived, elapsed time from start to end per contact, not handling time")
    #expect(unit([.given: 1, .parts: 1]) == "Handling time per contact")
    #expect(unit([:]) == "No contact here has a handling time")
    #expect(
      unit([.given: 1], per: .conversation) == "Handling time per conversation, as the source gives it")
  }

  @Test func theFirstSaysWhatWasLeftOutAndWhen() {
    var period = HandlingReport.PeriodText()
    period.from = "A"
    let basis = ReportSample.basis {
      ($0.leftOut.open, $0.leftOut.bots, $0.leftOut.period, $0.leftOut.filter) = (1_500, 2, 3, 4)
      $0.missing = 1_000
    }
    #expect(
      lines(ReportSample.report(basis: basis, periodText: period) { $0.attribution = .ended }) == [
        """
        Handling time per contact, as the source gives it; n = 2, missing 1,000; 9,834 never handled; \
        12,345 contacts looked at, \
        left out 1,500 of conversations not yet ended (--open counts them), 2 of bots (--bots counts them), \
        3 outside the period, 4 by the filter; zone Europe/Paris; from A, a contact counts when it ended.
        """
      ])
    (period.from, period.to) = (nil, "B")
    let until = lines(ReportSample.report(periodText: period) { $0.attribution = .started })[0]
    #expect(until.hasSuffix("; before B, a contact counts when it started."))
    period.from = "A"
    let between = lines(ReportSample.report(periodText: period))[0]
    #expect(between.hasSuffix("; from A to before B, a contact counts when its conversation ended."))
  }

  @Test func furtherOnesStandWhereTheyApply() {
    let basis = ReportSample.basis([.derived: 3, .given: 1_000, .parts: 2]) {
      ($0.provisional, $0.severalTags, $0.requalified) = (4, 1_000, 1)
    }
    #expect(
      Array(lines(ReportSample.report(rowCount: 5_000, basis: basis)).dropFirst()) == [
        "1,000 conversations with several tags count in each of them, in the total once.",
        "2 of 5,000 rows are shown; the total is of all.",
        "provisional: 4 contacts of conversations not yet ended fall in this period",
        "1 conversation had its tags changed after its end.",
        """
        Handling times come from several sources: given (n = 1,000), talk + hold + wrap-up (n = 2), \
        elapsed from start to end (n = 3).
        """,
      ])
    func tags(_ counting: HandlingQuery.TagCounting) -> String {
      lines(ReportSample.report(basis: basis) { $0.tagCounting = counting })[1]
    }
    #expect(tags(.split).contains("are divided evenly among them"))
    #expect(tags(.primary).contains("count in the one chosen first"))
    // Several tags matter to a grouping by tag only.
    let byAgent = ReportSample.report(
      by: [.agent, .hour], basis: ReportSample.basis { ($0.provisional, $0.severalTags) = (0, 9) })
    #expect(lines(byAgent).count == 1)
  }
}
