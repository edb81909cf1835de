import HandlingAnalytics
import Testing

@testable import ReportRendering

struct TextPictureTests {
  private func chart(_ report: HandlingReport, width: Int = 60, isStyled: Bool = false) throws -> String {
    try report.chart(width: width, isStyled: isStyled)
  }

  private let tags = ReportSample.bars(
    by: .tag, .mean, total: .real(300),
    [
      (.name("Delivery"), .whole(600)), (.name("日本語 📦"), .real(301)),
      (.name("a \u{1B}[31m very long name of a tag that goes on and on"), .whole(2)),
      (.name("never timed"), .none), (.name("none at all"), .whole(0)), (.missing, .whole(100)),
    ])

  @Test func barsToAnEighthWithTheTotalAsAReference() throws {
    #expect(
      try chart(tags) == """
        mean by tag
        Delivery                  █████████████████████████  0:10:00
        日本語 📦                 ████████████▌              0:05:01
        a \u{FFFD}[31m very long name …  ▏           │              0:00:02
        never timed                           │                    –
        none at all                           │              0:00:00
        (none)                    ████▏       │              0:01:40
        all                                   ▲              0:05:00

        """)
    #expect(
      try chart(tags, width: 0) == """
        mean by tag
        Delivery             ██████████████████  0:10:00
        日本語 📦            █████████│          0:05:01
        a \u{FFFD}[31m very long …  ▏        │          0:00:02
        never timed                   │                –
        none at all                   │          0:00:00
        (none)               ███      │          0:01:40
        all                           ▲          0:05:00

        """)
  }

  @Test func colourStandsOnBarsAndTheHeadingOnly() throws {
    let lines = try chart(tags, isStyled: true).split(separator: "\n")
    #expect(lines[0] == "\u{1B}[1mmean by tag\u{1B}[0m")
    #expect(
      lines[6]
        == "(none)                    \u{1B}[38;5;68m████▏\u{1B}[0m       │              0:01:40")
    #expect(!lines[4].contains("\u{1B}"))
  }

  @Test func aSumBeyondEveryBarIsNotedBelow() throws {
    let sums = ReportSample.bars(
      by: .tag, .total, total: .whole(9_000), [(.name("a"), .whole(5_000)), (.name("b"), .whole(4_000))])
    #expect(
      try chart(sums) == """
        total by tag
        a    ██████████████████████████████████████████████  1:23:20
        b    ████████████████████████████████████▊           1:06:40
        all                                                  2:30:00

        """)
    let withoutTotal = try sums.chart(width: 60, isStyled: false, showsTotal: false)
    #expect(withoutTotal.split(separator: "\n").count == 3)
  }

  @Test func nothingAndLessIsNoBar() throws {
    let none = ReportSample.bars(
      by: .tag, .total, total: .whole(0),
      [(.name("a"), .whole(0)), (.name("b"), .none), (.name("c"), .whole(-5))])
    #expect(
      try chart(none) == """
        total by tag
        a                                                    0:00:00
        b                                                          –
        c                                                   -0:00:05
        all                                                  0:00:00

        """)
  }

  @Test func whatTheCalendarHasBetweenIsNotPassedOverInSilence() throws {
    let months = ReportSample.bars(
      by: .month, .n, total: .whole(6),
      [
        (.name("2015-12"), .whole(1)), (.name("2016-01"), .whole(2)), (.name("2016-04"), .whole(2)),
        (.missing, .whole(1)),
      ])
    #expect(
      try chart(months) == """
        n by month
        2015-12  ████████████████████████                          1
        2016-01  ████████████████████████████████████████████████  2
        ⋮
        2016-04  ████████████████████████████████████████████████  2
        (none)   ████████████████████████                          1
        all                                                        6

        """)
    let days = ReportSample.bars(
      by: .weekday, .share, total: .real(1), [(.number(1), .real(0.75)), (.number(2), .real(0.25))])
    #expect(
      try chart(days) == """
        share by weekday
        Mon  ███████████████████████████████████████████████   75.0%
        Tue  ███████████████▋                                  25.0%
        all                                                   100.0%

        """)
  }
}
