import Conversations
import Foundation
import HandlingAnalytics
import Testing

@testable import ReportRendering

struct HandlingReportJSONTests {
  @Test func aReportAsJSON() throws {
    let report = ReportSample.report(
      leftOutOpen: 3, leftOutBots: 4, provisional: 5, bases: [.derived: 1, .given: 2])
    let json = report.rendered(as: .json)
    #expect(
      json == """
        {"query":{"by":["tag","hour"],"measures":["contacts","mean","sd","p99.5"],"attribute":"reported",\
        "open":false,"bots":false,"quantiles":"type7"},"zone":"Europe/Paris","seq":42,"scanned":12345,\
        "left_out":{"open":3,"bots":4},"provisional":5,"bases":{"given":2,"derived":1},\
        "total":{"contacts":1234567,"mean":3661.5,"sd":null,"p99.5":90},\
        "rows":[{"tag":"a,\\"b\\"\\nc","hour":7,"contacts":1,"mean":59.4,"sd":0.1,"p99.5":null},\
        {"tag":null,"hour":null,"contacts":0,"mean":null,"sd":null,"p99.5":3600000}]}

        """)
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
    let bare = ReportSample.report(by: [], measures: [.n], total: [.whole(0)], rows: [], bases: [:]) {
      ($0.includesOpen, $0.includesBots, $0.attribution, $0.quantiles) = (true, true, .started, .nearest)
    }
    #expect(
      bare.rendered(as: .json, showsTotal: false) == """
        {"query":{"by":[],"measures":["n"],"attribute":"started","open":true,"bots":true,"quantiles":"nearest"},\
        "zone":"Europe/Paris","seq":42,"scanned":12345,"left_out":{"open":0,"bots":0},"provisional":null,\
        "bases":{},"rows":[]}

        """)
  }
}
