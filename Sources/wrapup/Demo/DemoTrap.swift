/// What makes figures of the same year differ from tool to tool. Each stands in the demo's export at least 200 times.
enum DemoTrap: Int, CaseIterable {
  // How conversations go.
  case botFirst, botAlone, open, pickingList, natural, byVisitor, transferred, snoozed, reopened, overlapping
  // What is handled, and for how long.
  case unhandled, missingValue, parts, emptyPart, partsDiffer, beyondElapsed, zero, longerThanMonth,
    longWrapUp
  // What else is known of them.
  case lateReply, ratingOutOfRange, goodOrBad, threeTags, untagged, otherSpelling
  // Where they lie in time.
  case repeatedHour, skippedHour, overMidnight
  // What a file gets wrong.
  case negative, fractional, endBeforeStart, unreadable, sameRowTwice, contradiction

  /// The trap of a conversation, if it has one: each of them in one of 192 conversations, 260 times in all.
  static func of(conversation number: Int) -> DemoTrap? { DemoTrap(rawValue: number % 192) }

  /// The rows of a conversation with this trap.
  ///
  /// - Parameters:
  ///   - contact: its only contact without it.
  ///   - other: a second one, of another agent, whose times are those of the first.
  func rows(_ contact: DemoContact, _ other: DemoContact, _ random: inout DemoRandom) -> [DemoContact] {
    var (contact, other) = (contact, other)
    let start = contact.startedAt
    let end = contact.endedAt ?? start
    let handling = Int(contact.handling) ?? 0
    switch self {
    case .botFirst, .botAlone:
      contact.isBot = true
      (contact.agent, contact.group, contact.handling) = ("Ask Robin", "", "")
      contact.firstReplyAt = start + 1
      contact.endedAt = start + 40
      if self == .botAlone {
        contact.closing = "bot"
        return [contact]
      }
      (contact.endReason, contact.closing, contact.tags) = ("transferred", "", [])
      other.startedAt = start + 40
      other.firstReplyAt = max(end - handling, start + 40)
      return [contact, other]
    case .open:
      (contact.endedAt, contact.handling, contact.closing, contact.tags) = (nil, "", "", [])
      return [contact]
    case .pickingList:
      (contact.channel, contact.state, contact.closing) = ("whatsapp", "closed", "")
      return [contact]
    case .natural:
      (contact.channel, contact.closing) = ("messenger", "natural")
      return [contact]
    case .byVisitor:
      contact.closing = "visitor"
      return [contact]
    case .transferred, .snoozed:
      (contact.endReason, contact.closing) = (self == .snoozed ? "snoozed" : "transferred", "")
      let pause = self == .snoozed ? 86_400 : 0
      move(&other, to: end + pause)
      return [contact, other]
    case .reopened:
      move(&other, to: end + 7_200)
      return [contact, other]
    case .overlapping:
      move(&other, to: max(start, end - 30))
      (contact.endReason, contact.closing) = ("transferred", "")
      return [contact, other]
    case .unhandled:
      (contact.agent, contact.group, contact.handling, contact.firstReplyAt) = ("", "", "", nil)
      contact.closing = "visitor"
      return [contact]
    case .missingValue: contact.handling = ""
    case .parts, .emptyPart, .longWrapUp:
      (contact.handling, contact.talk) = ("", "\(handling)")
      (contact.hold, contact.wrapUp) = ("\(random.below(60))", "\(30 + random.below(90))")
      if self == .emptyPart { contact.hold = "" }
      if self == .longWrapUp { contact.wrapUp = "\(1_000 + random.below(2_000))" }
      contact.endedAt = end + 4_000
    case .partsDiffer:
      (contact.talk, contact.hold, contact.wrapUp) = ("\(handling)", "15", "45")
    case .beyondElapsed: contact.handling = "\(end - start + 120)"
    case .zero: contact.handling = "0"
    case .longerThanMonth:
      // Somebody left the dialog open.
      contact.handling = "\(31 * 86_400)"
      contact.endedAt = start + 31 * 86_400 + 600
    case .lateReply: contact.firstReplyAt = start - 5
    case .ratingOutOfRange: contact.satisfaction = random.isOneOf(permille: 500) ? "0" : "7"
    case .goodOrBad: contact.satisfaction = random.isOneOf(permille: 800) ? "good" : "bad"
    case .threeTags: contact.tags = Array(Set(contact.tags + ["Refund", "Invoice", "Return label"])).sorted()
    case .untagged: contact.tags = []
    case .otherSpelling: contact.tags = contact.tags.map { $0.lowercased() }
    case .repeatedHour:
      move(&contact, to: DemoContact.seconds(month: 10, day: 26, hour: 2) + random.below(1_800))
    case .overMidnight:
      // Closed a minute into the next day.
      move(&contact, to: (start / 86_400 + 1) * 86_400 - (end - start) + 60)
    case .sameRowTwice: return [contact, contact]
    case .contradiction:
      other = contact
      other.handling = "\(handling + 1)"
      return [contact, other]
    case .skippedHour:
      other.isOnStoppedClock = true
      move(&other, to: DemoContact.seconds(month: 3, day: 30, hour: 2) + random.below(1_800))
      return [contact, other]
    case .negative, .fractional, .endBeforeStart, .unreadable:
      if self == .negative { other.handling = "-\(max(handling, 1))" }
      if self == .fractional { other.handling = "\(handling).5" }
      if self == .endBeforeStart { other.endedAt = start - 60 }
      if self == .unreadable { other.startedAtText = "some time in spring" }
      return [contact, other]
    }
    return [contact]
  }

  /// Moves a contact in time as a whole.
  private func move(_ contact: inout DemoContact, to start: Int) {
    let distance = start - contact.startedAt
    contact.startedAt = start
    contact.firstMessageAt = contact.firstMessageAt.map { $0 + distance }
    contact.firstReplyAt = contact.firstReplyAt.map { $0 + distance }
    contact.endedAt = contact.endedAt.map { $0 + distance }
  }
}
