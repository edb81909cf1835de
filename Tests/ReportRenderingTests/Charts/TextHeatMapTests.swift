import HandlingAnalytics
import Testing

@testable import ReportRendering

struct TextHeatMapTests {
  private let week = ReportSample.field(
    by: [.weekday, .hour], .contacts,
    [
      (.number(1), .number(9), .whole(12)), (.number(1), .number(10), .whole(30)),
      (.number(3), .number(14), .whole(20)), (.number(7), .number(23), .whole(7)),
    ])

  @Test func aWeekOfHours() throws {
    #expect(
      try week.chart(width: 60, isStyled: false) == """
        contacts by weekday and hour
             0   2   4   6   8   10  12  14  16  18  20  22
        Mon                    ▒▒██
        Tue
        Wed                              ▓▓
        Thu
        Fri
        Sat
        Sun                                                ░░
        contacts from  [ ] 0  [░] 6  [▒] 12  [▓] 18  [█] 24

        """)
    let wide = try week.chart(width: 100, isStyled: false).split(separator: "\n")
    #expect(wide[1] == "     0  1  2  3  4  5  6  7  8  9  10 11 12 13 14 15 16 17 18 19 20 21 22 23")
    #expect(wide[2] == "Mon                             ▒▒▒███")
  }

  @Test func hoursGoAcrossHoweverTheyWereAskedFor() throws {
    let turned = ReportSample.field(
      by: [.hour, .weekday], .mean,
      [
        (.number(9), .number(1), .whole(300)), (.number(10), .number(1), .whole(420)),
        (.number(14), .number(3), .whole(610)), (.number(23), .number(7), .none),
      ])
    #expect(
      try turned.chart(width: 60, isStyled: false) == """
        mean by weekday and hour
             0   2   4   6   8   10  12  14  16  18  20  22
        Mon                    ░░▒▒
        Tue
        Wed                              ██
        Thu
        Fri
        Sat
        Sun
        mean, h:mm:ss, from  [░] 0:04:30  [▒] 0:06:00  [▓] 0:07:30
        [█] 0:09:00  [ ] no value

        """)
  }

  @Test func shadesAreBackgroundsWhereColourIsAllowed() throws {
    let lines = try week.chart(width: 60, isStyled: true).split(separator: "\n")
    let empty = "\u{1B}[48;5;18m  \u{1B}[0m"
    #expect(lines[3] == "Tue  " + String(repeating: empty, count: 24))
    #expect(lines[2].contains("\u{1B}[48;5;31m  \u{1B}[0m\u{1B}[48;5;123m  \u{1B}[0m\(empty)"))
    #expect(lines[9].hasPrefix("contacts from  \u{1B}[48;5;18m   \u{1B}[0m 0  \u{1B}[48;5;25m   \u{1B}[0m 5"))
  }

  @Test func namesStandAboveTheirColumnsOrGetLetters() throws {
    let names = ReportSample.field(
      by: [.tag, .agent], .mean,
      [
        (.name("Delivery"), .name("Amélie Roux"), .whole(300)), (.name("Refund"), .name("Ben"), .whole(420)),
        (.name("Refund"), .missing, .whole(610)),
      ])
    #expect(
      try names.chart(width: 60, isStyled: false) == """
        mean by tag and agent
                  Amélie Roux Ben         (none)
        Delivery  ░░░░░░░░░░░░
        Refund                ▒▒▒▒▒▒▒▒▒▒▒▒████████████
        mean, h:mm:ss, from  [░] 0:04:30  [▒] 0:06:00  [▓] 0:07:30
        [█] 0:09:00  [ ] no value

        """)
    let many = ReportSample.field(
      by: [.tag, .agent], .mean,
      (0..<12).map { (.name("Delivery"), .name("Agent \(10 + $0)"), .whole(300 + 60 * $0)) })
    #expect(
      try many.chart(width: 60, isStyled: false) == """
        mean by tag and agent
                  a   b   c   d   e   f   g   h   i   j   k   l
        Delivery      ░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓████████
        a Agent 10  b Agent 11  c Agent 12  d Agent 13  e Agent 14
        f Agent 15  g Agent 16  h Agent 17  i Agent 18  j Agent 19
        k Agent 20  l Agent 21
        mean, h:mm:ss, from  [ ] 0:03:00  [░] 0:06:00  [▒] 0:09:00
        [▓] 0:12:00  [█] 0:15:00

        """)
  }

  @Test func howTheValuesOfEachRowAreSpread() throws {
    let bins: [Measure] = [
      .bin(from: 0, through: 59), .bin(from: 60, through: 119), .bin(from: 120, through: .max),
    ]
    let report = ReportSample.report(
      by: [.channel], measures: bins, total: [.whole(5), .whole(6), .whole(1)],
      rows: [
        .init(labels: [.name("chat")], figures: [.whole(3), .whole(6), .whole(0)]),
        .init(labels: [.name("call")], figures: [.whole(2), .whole(0), .whole(1)]),
      ])
    #expect(
      try report.chart(width: 60, isStyled: false) == """
        n by channel and handling time
              0:00:00     ≥ 0:02:00
        chat  ▒▒▒▒▒▒██████
        call  ▒▒▒▒▒▒
        n from  [ ] 0  [▒] 2  [█] 4

        """)
  }
}
