import Conversations
import Testing

struct HandlingValueTests {
  typealias Part = HandlingValue.Part

  @Test(
    arguments: [
      // Given beats everything, 0 included.
      (120, [.seconds(1), .seconds(2), .seconds(3)], 500, 120, .given),
      (0, [.absentColumn, .absentColumn, .absentColumn], nil, 0, .given),
      // Else the parts, where a column that the source lacks counts 0 …
      (nil, [.seconds(1), .seconds(20), .seconds(300)], 500, 321, .parts),
      (nil, [.seconds(7), .absentColumn, .absentColumn], 500, 7, .parts),
      (nil, [.absentColumn, .absentColumn, .seconds(0)], 500, 0, .parts),
      // … and an empty cell of a present column makes the value missing, or derived where that is offered.
      (nil, [.seconds(7), .empty, .absentColumn], nil, nil, .none),
      (nil, [.seconds(7), .empty, .absentColumn], 500, 500, .derived),
      (nil, [.empty, .empty, .empty], nil, nil, .none),
      (nil, [.absentColumn, .absentColumn, .absentColumn], nil, nil, .none),
      (nil, [.absentColumn, .absentColumn, .absentColumn], 0, 0, .derived),
      (nil, [], 9, 9, .derived),
      // A sum that has no room in a column, whose greatest value stands for missing.
      (nil, [.seconds(.max), .seconds(.max), .seconds(.max)], nil, nil, .none),
      (nil, [.seconds(.max - 1), .seconds(1)], nil, nil, .none),
      (nil, [.seconds(.max - 2), .seconds(1)], nil, .max - 1, .parts),
    ] as [(UInt32?, [Part], UInt32?, UInt32?, HandlingBasis)])
  func givenThenPartsThenElapsed(
    given: UInt32?, parts: [Part], elapsed: UInt32?, seconds: UInt32?, basis: HandlingBasis
  ) {
    let value = HandlingValue(given: given, parts: parts, elapsed: elapsed)
    #expect(value.seconds == seconds)
    #expect(value.basis == basis)
  }

  @Test func aStoredValueWithoutSecondsHasNoBasis() {
    #expect(HandlingValue(seconds: nil, basis: .parts) == .missing)
    #expect(HandlingValue(seconds: 3, basis: .derived).basis == .derived)
  }

  @Test(
    arguments: [
      (nil, nil, nil, false), (5, nil, nil, true), (nil, 1, nil, true), (nil, nil, 70, true),
    ] as [(UInt32?, Int32?, Int64?, Bool)])
  func anImportedContactIsHandledByWhatItCarries(
    seconds: UInt32?, agent: Int32?, reply: Int64?, isHandled: Bool
  ) {
    var contact = ContactRecord(startedAt: 60)
    contact.handling = HandlingValue(seconds: seconds, basis: .given)
    contact.agent = agent
    contact.firstReplyAt = reply
    #expect(contact.showsHandling == isHandled)
  }
}
