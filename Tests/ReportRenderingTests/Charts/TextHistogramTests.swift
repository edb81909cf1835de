import HandlingAnalytics
import Testing

@testable import ReportRendering

struct TextHistogramTests {
  private let counts = [4, 18, 25, 12, 0, 3, 1]

  @Test func barsWithTheQuantilesMarkedBelow() throws {
    let report = ReportSample.histogram(counts, median: .whole(130), p90: .real(301.5))
    #expect(
      try report.chart(width: 60, isStyled: false) == """
        n by handling time per contact
        25 ┤              ███████
           │              ███████
           │       ▆▆▆▆▆▆▆███████
           │       ██████████████
           │       ██████████████▇▇▇▇▇▇▇
           │       █████████████████████
           │▂▂▂▂▂▂▂█████████████████████
           │████████████████████████████       ███████ ▃▃▃▃▃▃▃
         0 └──────────────────────────────────────────────────
            0:00:00       0:02:00       0:04:00        ≥ 0:06:00
                           ▲ median 0:02:10
                                               ▲ p90 0:05:02

        """)
  }

  @Test func aMarkAtTheEdgeHasItsNameOnTheOtherSide() throws {
    let report = ReportSample.histogram(counts, median: .none, p90: .whole(3_600_000))
    let lines = try report.chart(width: 60, isStyled: false).split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[11] == "                                  p90 1,000:00:00 ▲")
  }

  @Test func nothingAtAllAndVeryMuch() throws {
    let none = ReportSample.histogram([0, 0], median: .none, p90: .none)
    let lines = try none.chart(width: 48, isStyled: true).split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines[1] == "0 ┤")
    let many = ReportSample.histogram([.max, 1], median: .whole(.max), p90: .real(.infinity))
    #expect(try many.chart(width: 48, isStyled: false).contains("9,223,372,036… ┤███"))
  }
}
