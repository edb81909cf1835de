import HandlingAnalytics
import Testing

@testable import ReportRendering

struct HandlingReportCSVTests {
  @Test func aReportAsCSV() throws {
    let rows = "\"a,\"\"b\"\"\nc\",7,1,59.4,0.1,\n,,0,,,3600000\n"
    let header = "tag,hour,contacts,mean,sd,p99.5\n"
    #expect(try ReportSample.report().rendered(as: .csv) == header + "*,*,1234567,3661.5,,90\n" + rows)
    #expect(
      try ReportSample.report().rendered(as: .csv, showsTotal: false, on: Screen(isStyled: true)) == header
        + rows)
  }

  @Test(arguments: [
    (["plain", "é ü", " a "], "plain,é ü, a \n"), (["a,b"], "\"a,b\"\n"),
    (["say \"hi\""], "\"say \"\"hi\"\"\"\n"),
    (["\r"], "\"\r\"\n"), (["a\r\nb"], "\"a\r\nb\"\n"), (["\"\u{301}"], "\"\"\"\u{301}\"\n"),
    (["", ""], ",\n"), (["a;b"], "a;b\n"),
  ])
  func fieldsAreQuotedWhereTheyMustBe(fields: [String], line: String) {
    #expect(Array(CSVText.record(fields).utf8) == Array(line.utf8))
  }

  @Test func exactTexts() {
    let figures: [HandlingReport.Figure] = [
      .whole(-7), .whole(.max), .real(12), .real(0.1), .real(1e16), .none,
    ]
    #expect(figures.map(\.exactText) == ["-7", "9223372036854775807", "12", "0.1", "1e+16", ""])
    let labels: [HandlingReport.Label] = [.name(" x "), .number(-3), .missing]
    #expect(labels.map(\.exactText) == [" x ", "-3", ""])
    for number in [0.1 + 0.2, 1.0 / 3, 123_456_789.123, 1e300, Double.leastNonzeroMagnitude] {
      #expect(Double(number.exactText) == number)
    }
  }
}
