import ReportRendering
import Testing

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ｶﾅ", 2), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2),
    ("📦", 2), ("👨‍👩‍👧", 2), ("🇫🇷", 2), ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("Ошибка", 6), ("שלום", 4),
    ("か\u{3099}", 2), ("a\u{200B}b", 2), ("–…", 2), ("█▏", 2), ("（", 2), ("a\u{AD}b", 3), ("\u{FFFD}", 1),
  ])
  func columnsOfATerminal(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func whatIsTooLongEndsInAnEllipsis() {
    #expect(DisplayWidth.shortened("Delivery", to: 8) == "Delivery")
    #expect(DisplayWidth.shortened("Delivery", to: 7) == "Delive…")
    #expect(DisplayWidth.shortened("日本語", to: 5) == "日本…")
    // A wide character is never cut in two.
    #expect(DisplayWidth.shortened("日本語", to: 4) == "日…")
    #expect(DisplayWidth.shortened("日本語", to: 1) == "…")
    #expect(DisplayWidth.shortened("ab", to: 0) == "")
  }

  @Test func fittedTextIsExactlyAsWide() {
    #expect(DisplayWidth.fitted("日本", to: 6) == "日本  ")
    #expect(DisplayWidth.fitted("12", to: 4, isRight: true) == "  12")
    for width in 0..<12 {
      #expect(DisplayWidth.of(DisplayWidth.fitted("a日本🙂語é", to: width)) == width)
    }
  }
}
