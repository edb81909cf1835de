import HandlingAnalytics
import Testing

@testable import ReportRendering

struct ReportPictureTests {
  private func fault(_ report: HandlingReport, of measure: Measure? = nil) -> ChartFault? {
    do {
      _ = try ReportPicture(report, of: measure)
      return nil
    } catch {
      return error
    }
  }

  @Test func whatCannotBeDrawnSaysWhy() {
    let rows = (0..<10_001).map { (HandlingReport.Label.name("\($0)"), HandlingReport.Figure.whole($0)) }
    #expect(
      fault(ReportSample.bars(by: .tag, .n, rows)) == .rows(count: 10_001, limit: 10_000))
    #expect(fault(ReportSample.bars(by: .tag, .n, Array(rows.dropLast()))) == nil)
    #expect(fault(ReportSample.bars(by: .tag, .n, [])) == .noRows)
    #expect(
      fault(ReportSample.report(by: [.tag, .hour, .day])) == .dimensions(count: 3, limit: 2))
    #expect(fault(ReportSample.report(by: [], rows: [])) == .noDimension)
    #expect(
      fault(ReportSample.report(by: [], rows: [], basis: ReportSample.basis([:]))) == .noRows)
    #expect(fault(ReportSample.report(), of: .max) == .notInAnswer(.max))
    let wide = (0...40).map { place in
      (HandlingReport.Label.name("a"), HandlingReport.Label.name("\(place)"), HandlingReport.Figure.whole(1))
    }
    #expect(
      fault(ReportSample.field(by: [.agent, .tag], .n, wide)) == .columns(.tag, count: 41, limit: 40))
    #expect(fault(ReportSample.field(by: [.agent, .tag], .n, Array(wide.dropLast()))) == nil)
  }

  @Test func theFaultIsThrownByEveryWayToDraw() {
    let report = ReportSample.bars(by: .tag, .n, [])
    #expect(throws: ChartFault.noRows) { try report.rendered(as: .svg) }
    #expect(throws: ChartFault.noRows) { try report.svg() }
    #expect(throws: ChartFault.noRows) { try report.chart(width: 80, isStyled: false) }
  }

  @Test func theFirstMeasureThatIsNoCountIsDrawn() throws {
    func drawn(_ measures: [Measure], of measure: Measure? = nil) throws -> Measure? {
      let figures = measures.map { _ in HandlingReport.Figure.whole(1) }
      let report = ReportSample.report(
        by: [.tag], measures: measures, total: figures, rows: [.init(labels: [.name("a")], figures: figures)])
      guard case .bars(let picture) = try ReportPicture(report, of: measure) else { return nil }
      return picture.measure
    }
    #expect(try drawn([.contacts, .n, .mean, .total]) == .mean)
    #expect(try drawn([.contacts, .n]) == .contacts)
    #expect(try drawn([.share, .n]) == .share)
    #expect(try drawn([.contacts, .n, .mean], of: .n) == .n)
  }

  @Test func fieldsWithoutARowAreNothingForSumsAndUndefinedForAverages() throws {
    func figures(_ measure: Measure, rowCount: Int? = nil) throws -> [[HandlingReport.Figure]] {
      let report = ReportSample.field(
        by: [.tag, .channel], measure,
        [(.name("a"), .name("chat"), .whole(1)), (.name("b"), .name("call"), .whole(2))], rowCount: rowCount)
      return try HeatPicture(report, of: measure).figures
    }
    #expect(try figures(.contacts) == [[.whole(0), .whole(1)], [.whole(2), .whole(0)]])
    #expect(try figures(.mean) == [[.none, .whole(1)], [.whole(2), .none]])
    // The rows of an answer that was cut are not all there are.
    #expect(try figures(.contacts, rowCount: 3) == [[.none, .whole(1)], [.whole(2), .none]])
  }

  @Test func aSideOfTheCalendarIsCompleteWhereItFits() throws {
    func columns(_ dimension: Dimension, _ labels: [HandlingReport.Label]) throws -> HeatPicture {
      try HeatPicture(
        ReportSample.field(by: [.tag, dimension], .mean, labels.map { (.name("a"), $0, .whole(1)) }),
        of: .mean)
    }
    #expect(try columns(.hour, [.number(9)]).columns == (0..<24).map(String.init))
    #expect(try columns(.weekday, [.number(2)]).columns == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    #expect(
      try columns(.month, [.name("2016-02"), .name("2015-12"), .missing]).columns == [
        "2015-12", "2016-01", "2016-02", "(none)",
      ])
    let far = try columns(.year, [.name("2016"), .name("2100")])
    #expect(far.columns == ["2016", "2100"])
    #expect(!far.isRuled)
    #expect(
      try columns(.channel, [.name("sms"), .missing, .name("Chat")]).columns == ["Chat", "sms", "(none)"])
  }

  @Test func aSequenceIsInTheOrderOfTheCalendar() {
    func isSequence(_ dimension: Dimension, _ labels: [HandlingReport.Label]) -> Bool {
      BarPicture(ReportSample.bars(by: dimension, .n, labels.map { ($0, .whole(1)) }), of: .n).isSequence
    }
    #expect(isSequence(.month, [.name("2015-12"), .name("2016-02"), .missing]))
    #expect(!isSequence(.month, [.name("2016-02"), .name("2015-12")]))
    #expect(isSequence(.hour, [.number(0), .number(23)]))
    #expect(!isSequence(.tag, [.name("2015"), .name("2016")]))
    #expect(!isSequence(.month, [.missing]))
  }

  @Test func aQuantileLiesWhereItsRangeIs() {
    let picture = HistogramPicture(
      ReportSample.histogram([1, 2, 3], median: .whole(90), p90: .whole(500)),
      ReportSample.histogram([1, 2, 3], median: .none, p90: .none).query.measures.filter(\.isBin))
    #expect(picture.marks.map(\.text) == ["median 0:01:30", "p90 0:08:20"])
    #expect(picture.place(of: 0) == (0, 0))
    #expect(picture.place(of: 90) == (1, 0.5))
    #expect(picture.place(of: 119.99).bin == 1)
    #expect(picture.place(of: 120) == (2, 0.5))
    #expect(picture.bins.map(\.span) == ["0:00:00 to 0:00:59", "0:01:00 to 0:01:59", "≥ 0:02:00"])
    #expect(picture.openBin == 2)
  }
}
