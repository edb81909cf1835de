import Conversations
import Foundation
import HandlingAnalytics
import Testing

@testable import ReportRendering

struct HandlingReportJSONTests {
  @Test func aReportAsJSON() throws {
    var period = HandlingReport.PeriodText()
    (period.from, period.to) = ("2016-01-01T00:00:00+01:00", "2016-02-01T00:00:00+01:00")
    let report = ReportSample.report(
      rowCount: 7,
      basis: ReportSample.basis([.derived: 1, .given: 2]) {
        ($0.leftOut.open, $0.leftOut.bots, $0.leftOut.period, $0.leftOut.filter) = (3, 4, 5, 6)
        ($0.missing, $0.provisional, $0.severalTags, $0.requalified) = (8, 9, 10, 11)
      }, periodText: period)
    let json = try report.rendered(as: .json)
    #expect(
      json == """
        {"query":{"by":["tag","hour"],"measures":["contacts","mean","sd","p99.5"],"where":null,\
        "attribute":"reported","per":"contact","tags":"each","open":false,"bots":false,"quantiles":"type7",\
        "target":null,"trim":null},"zone":"Europe/Paris","from":"2016-01-01T00:00:00+01:00",\
        "to":"2016-02-01T00:00:00+01:00","seq":42,"scanned":12345,\
        "left_out":{"open":3,"bots":4,"period":5,"filter":6},"n":3,"missing":8,"provisional":9,\
        "bases":{"given":2,"derived":1},"several_tags":10,"requalified":11,"row_count":7,\
        "total":{"contacts":1234567,"mean":3661.5,"sd":null,"p99.5":90},\
        "rows":[{"tag":"a,\\"b\\"\\nc","hour":7,"contacts":1,"mean":59.4,"sd":0.1,"p99.5":null},\
        {"tag":null,"hour":null,"contacts":0,"mean":null,"sd":null,"p99.5":3600000}]}

        """)
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
  }

  @Test func aQuestionWithEverythingDifferent() throws {
    let bare = ReportSample.report(
      by: [], measures: [.n], total: [.whole(0)], rows: [], basis: ReportSample.basis([:])
    ) {
      ($0.includesOpen, $0.includesBots, $0.attribution, $0.quantiles) = (true, true, .started, .nearest)
      ($0.unit, $0.tagCounting, $0.target, $0.trimPermille) = (.conversation, .primary, 300, 125)
    }
    #expect(
      try bare.rendered(as: .json, showsTotal: false) == """
        {"query":{"by":[],"measures":["n"],"where":null,"attribute":"started","per":"conversation",\
        "tags":"primary","open":true,"bots":true,"quantiles":"nearest","target":300,"trim":12.5},\
        "zone":"Europe/Paris","from":null,"to":null,"seq":42,"scanned":12345,\
        "left_out":{"open":0,"bots":0,"period":0,"filter":0},"n":0,"missing":0,"provisional":null,"bases":{},\
        "several_tags":0,"requalified":0,"row_count":0,"rows":[]}

        """)
  }
}
