import Conversations
import TestSupport

@testable import HandlingAnalytics

/// Random conversations from October 2016 to November 2017, many of them around a change of some clock.
struct ContactGenerator {
  private var generator: SeededGenerator
  /// The greatest handling value: scans have a fast way for blocks where it is below 2^24.
  var longest = UInt32.max - 1
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
    let shared = shared(key, isOpen: isOpen)
    var instant = start()
    var contacts: [Contact] = []
    for _ in 0..<(chance(60) ? 1 : Int.random(in: 1...most, using: &generator)) {
      var contact = shared
      contact.key = nextKey
      nextKey += 1
      contact.startedAt = instant
      instant += Int64.random(in: 0...7_000, using: &generator)
      contact.endedAt = chance(isOpen ? 40 : 5) ? nil : instant
      // Some contacts overlap the next one.
      if chance(20) { instant -= (instant - contact.startedAt) / 2 }
      addTimes(to: &contact)
      contact.isBot = chance(15)
      contact.isHandled = contact.seconds != nil ? !chance(5) : chance(60)
      contact.flags = chance(60) ? [] : ContactFlags(rawValue: UInt16.random(in: 0..<512, using: &generator))
      contact.agent = code(TestNames.agents)
      contact.group = code(TestNames.groups)
      contacts.append(contact)
    }
    if chance(50),
      let giver = contacts.indices.filter({ !contacts[$0].isBot }).randomElement(using: &generator)
    {
      contacts[giver].firstReply = [0, UInt32.random(in: 1...400, using: &generator)].randomElement(
        using: &generator)
    }
    if !isOpen {
      instant =
        chance(20) ? midnight(after: instant) : instant + Int64.random(in: 0...100_000, using: &generator)
      for index in contacts.indices { contacts[index].reportedAt = instant }
    }
    return contacts
  }

  /// What all contacts of a conversation share.
  private mutating func shared(_ key: Int64, isOpen: Bool) -> Contact {
    var contact = Contact(conversation: key, key: 0, startedAt: 0)
    contact.category = code(TestNames.categories)
    contact.channel = code(TestNames.channels)
    let tagCount = [0, 1, 1, 1, 1, 2, 3, 5].randomElement(using: &generator)!
    contact.tags = Array((1...TestNames.tags.count).shuffled(using: &generator).prefix(tagCount))
    contact.visitor = chance(20) ? nil : TestNames.visitors.randomElement(using: &generator)
    contact.reopens = chance(80) ? 0 : Int.random(in: 1...3, using: &generator)
    if chance(50) {
      let rating = Int.random(in: 1...7, using: &generator)
      contact.rating = rating < 6 ? .of(rating) : rating == 6 ? .bad : .good
    }
    contact.networkQuality = chance(70) ? nil : Int.random(in: 1...5, using: &generator)
    contact.productQuality = chance(70) ? nil : Int.random(in: 1...5, using: &generator)
    if !isOpen {
      contact.closing = Closing.allCases.randomElement(using: &generator)
      contact.isRequalified = chance(10)
    }
    return contact
  }

  private mutating func addTimes(to contact: inout Contact) {
    contact.seconds = seconds()
    if contact.seconds != nil {
      contact.basis = [.given, .parts, .derived].randomElement(using: &generator)!
    }
    for part in [\Contact.talk, \.hold, \.wrapUp] where !chance(40) {
      contact[keyPath: part] = chance(30) ? 0 : UInt32.random(in: 1...500, using: &generator)
    }
  }

  private mutating func start() -> Int64 {
    if chance(30) {
      return Self.corners.randomElement(using: &generator)!
        + Int64.random(in: -7_300...7_300, using: &generator)
    }
    return Int64.random(in: 1_475_280_000...1_511_999_000, using: &generator)
  }

  /// A midnight of one of the clocks, or the second before: where days and periods meet.
  private mutating func midnight(after instant: Int64) -> Int64 {
    let offset = [0, -3_600, -7_200, 7_200, 10_800].randomElement(using: &generator)! as Int64
    return (instant / 86_400 + 2) * 86_400 + offset - (chance(30) ? 1 : 0)
  }

  private mutating func seconds() -> UInt32? {
    switch Int.random(in: 0..<40, using: &generator) {
    case 0..<5: nil
    case 5: 0
    case 6: longest
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
