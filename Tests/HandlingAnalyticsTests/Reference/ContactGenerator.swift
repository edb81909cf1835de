import Conversations
import TestSupport

@testable import HandlingAnalytics

/// Random conversations from October 2016 to November 2017, many of them around a change of some clock.
struct ContactGenerator {
  private var generator: SeededGenerator
  private var nextKey: Int64 = 1

  /// Clocks put forward and back in Paris and São Paulo, and the turn of the year.
  private static let corners: [Int64] = [
    1_477_789_200, 1_490_490_000, 1_476_586_800, 1_487_469_600, 1_483_228_800,
  ]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// Conversations with the keys given, all contacts in no order.
  mutating func contacts(
    conversations keys: some Sequence<Int64>, openShare: Int = 10, contacts most: Int = 4
  ) -> [Contact] {
    var contacts: [Contact] = []
    for key in keys { contacts += conversation(key, isOpen: chance(openShare), contacts: most) }
    return contacts.shuffled(using: &generator)
  }

  private mutating func conversation(_ key: Int64, isOpen: Bool, contacts most: Int) -> [Contact] {
    let count = chance(60) ? 1 : Int.random(in: 1...most, using: &generator)
    let category = code(TestNames.categories)
    let channel = code(TestNames.channels)
    let tagCount = [0, 1, 1, 1, 1, 2, 3, 5].randomElement(using: &generator)!
    let tags = Array((1...TestNames.tags.count).shuffled(using: &generator).prefix(tagCount))
    var instant = start()
    var contacts: [Contact] = []
    for _ in 0..<count {
      var contact = Contact(conversation: key, key: nextKey, startedAt: instant)
      nextKey += 1
      instant += Int64.random(in: 0...7_000, using: &generator)
      contact.endedAt = chance(isOpen ? 40 : 5) ? nil : instant
      contact.seconds = seconds()
      if contact.seconds != nil {
        contact.basis = [.given, .parts, .derived].randomElement(using: &generator)!
      }
      contact.isBot = chance(15)
      contact.isHandled = contact.seconds != nil ? !chance(5) : chance(60)
      contact.category = category
      contact.channel = channel
      contact.agent = code(TestNames.agents)
      contact.group = code(TestNames.groups)
      contact.tags = tags
      contacts.append(contact)
    }
    if !isOpen {
      instant += Int64.random(in: 0...100_000, using: &generator)
      for index in contacts.indices { contacts[index].reportedAt = instant }
    }
    return contacts
  }

  private mutating func start() -> Int64 {
    if chance(30) {
      return Self.corners.randomElement(using: &generator)!
        + Int64.random(in: -7_300...7_300, using: &generator)
    }
    return Int64.random(in: 1_475_280_000...1_511_999_000, using: &generator)
  }

  private mutating func seconds() -> UInt32? {
    switch Int.random(in: 0..<40, using: &generator) {
    case 0..<5: nil
    case 5: 0
    case 6: UInt32.max - 1
    default: UInt32.random(in: 1...2_000, using: &generator)
    }
  }

  private mutating func code(_ names: [String]) -> Int? {
    chance(10) ? nil : Int.random(in: 1...names.count, using: &generator)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }
}
