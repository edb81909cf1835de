import Testing

@testable import HandlingAnalytics

struct DimensionTests {
  @Test func everyDimensionIsReadByItsNameInAnyCase() {
    let names = [
      "tag", "category", "channel", "agent", "group", "closing", "rating", "hour", "weekday", "day", "week",
      "month", "quarter", "year",
    ]
    #expect(Dimension.allCases.map(\.rawValue) == names)
    for name in names {
      #expect(Dimension(name: name)?.rawValue == name)
      #expect(Dimension(name: name.uppercased())?.rawValue == name)
    }
  }

  @Test func typeIsAnotherWordForTag() {
    #expect(Dimension(name: "type") == .tag)
    #expect(Dimension(name: "Type") == .tag)
  }

  @Test(arguments: ["", "tags", "hours", " tag", "minute"]) func otherWordsAreRefused(name: String) {
    #expect(Dimension(name: name) == nil)
  }

  @Test func hoursAndWeekdaysAreNumbers() {
    #expect(Dimension.allCases.filter(\.isNumeric) == [.hour, .weekday])
  }
}
