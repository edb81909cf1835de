import HandlingAnalytics
import Testing

@testable import ReportRendering

struct FigureTextTests {
  @Test(
    arguments: [
      (0, "0:00:00"), (0.4, "0:00:00"), (0.5, "0:00:01"), (59.5, "0:01:00"), (3599.4, "0:59:59"),
      (3661, "1:01:01"), (35_999, "9:59:59"), (3_600_000, "1,000:00:00"), (4_294_967_294, "1,193,046:28:14"),
      (-61, "-0:01:01"), (-0.4, "0:00:00"), (1e18, "1e+18"), (-1e300, "-1e+300"), (.infinity, "inf"),
    ] as [(Double, String)])
  func durationsAsAClock(seconds: Double, text: String) {
    #expect(FigureText.clock(seconds) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_345, "12,345"), (999_999, "999,999"),
      (1_234_567, "1,234,567"), (-999, "-999"), (-1000, "-1,000"), (.max, "9,223,372,036,854,775,807"),
      (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int, String)])
  func countsInGroupsOfThree(number: Int, text: String) {
    #expect(FigureText.grouped(number) == text)
  }

  @Test(
    arguments: [
      (0, 2, "0.00"), (1234.567, 2, "1,234.57"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-2.5, 1, "-2.5"),
      (999.996, 2, "1,000.00"), (2e15, 2, "2000000000000000"),
    ] as [(Double, Int, String)])
  func numbersWithAFraction(number: Double, places: Int, text: String) {
    #expect(FigureText.decimal(number, places: places) == text)
  }

  @Test func aFigureReadsAsItsMeasureWants() {
    #expect(FigureText.text(.real(61), of: .mean) == "0:01:01")
    #expect(FigureText.text(.real(0.1234), of: .share) == "12.3%")
    #expect(FigureText.text(.real(4.567), of: .rating) == "4.57")
    #expect(FigureText.text(.whole(1_234), of: .n) == "1,234")
    #expect(FigureText.text(.real(0.5), of: .contacts) == "0.50")
    #expect(FigureText.text(.none, of: .total) == "–")
    #expect(FigureText.text(.missing) == "(none)")
    #expect(FigureText.text(.number(7)) == "7")
  }
}
