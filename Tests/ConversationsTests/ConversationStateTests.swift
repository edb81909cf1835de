import Conversations
import Testing

struct ConversationStateTests {
  @Test(
    arguments: [
      (ConversationState.open, ChannelKind.direct, false, ConversationState.ended),
      (.open, .direct, true, .ended),
      (.open, .social, false, .closed),
      (.open, .social, true, .ended),
      (.closed, .direct, false, .ended),
      (.closed, .direct, true, .ended),
      (.closed, .social, false, nil),
      (.closed, .social, true, .ended),
      (.ended, .direct, false, nil),
      (.ended, .direct, true, nil),
      (.ended, .social, false, nil),
      (.ended, .social, true, nil),
    ] as [(ConversationState, ChannelKind, Bool, ConversationState?)])
  func anAgentsClose(from: ConversationState, on kind: ChannelKind, ending: Bool, gives: ConversationState?) {
    #expect(from.closedByAgent(on: kind, ending: ending) == gives)
  }

  @Test func wordsReadBack() {
    let states: [(ConversationState, String)] = [(.open, "open"), (.closed, "closed"), (.ended, "ended")]
    for (state, name) in states {
      #expect(state.name == name)
      #expect(ConversationState(name: name) == state)
    }
    #expect(ConversationState(name: "Open") == nil)
    #expect(ConversationState(name: "") == nil)
    #expect(Closing.allCases.map(\.name) == ["agent", "visitor", "natural", "bot"])
    #expect(EndReason.allCases.map(\.name) == ["closed", "transferred", "snoozed"])
  }

  /// Stored numbers outlive the program that wrote them.
  @Test func storedNumbersStayWhatTheyAre() {
    #expect([ConversationState.open, .closed, .ended].map(\.rawValue) == [0, 1, 2])
    #expect([Closing.agent, .visitor, .natural, .bot].map(\.rawValue) == [0, 1, 2, 3])
    #expect([EndReason.closed, .transferred, .snoozed].map(\.rawValue) == [0, 1, 2])
    #expect([HandlingBasis.none, .given, .parts, .derived].map(\.rawValue) == [0, 1, 2, 3])
    #expect(Rating.allCases.map(\.code) == Array(1...7))
    #expect(ContactFlags.names.map(\.flag.rawValue) == (0..<9).map { 1 << $0 })
    #expect(
      ContactFlags.names.map(\.name) == [
        "reply-out-of-range", "rating-out-of-range", "zero", "long", "overlap", "parts-differ",
        "exceeds-elapsed", "repeated-hour", "long-wrapup",
      ])
  }
}
