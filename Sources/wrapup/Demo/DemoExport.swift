/// A year of a made-up shop's conversations, with every kind of row that makes figures differ: each in
/// ``DemoTrap`` at least 200 times.
///
/// The same seed gives the same rows. Rows come in the order of their conversations' numbers.
struct DemoExport {
  static let conversationCount = 50_000

  private var random: DemoRandom
  private let tagsByName = Dictionary(uniqueKeysWithValues: DemoShop.tags.map { ($0.name, $0) })

  init(seed: UInt64) {
    random = DemoRandom(seed: seed)
  }

  /// The rows of the mapping: every category with its tags, but for a link that somebody forgot and one too many, so
  /// that there is something to propose.
  static var mapping: [(category: String, tag: String)] {
    DemoShop.categories.flatMap { category in category.tags.map { (category.name, $0) } }
      .filter { $0 != ("Orders", "Missing item") } + [("Stores", "Quote")]
  }

  /// Hands every row over.
  mutating func forEachRow(_ body: ([String]) -> Void) {
    for number in 1...Self.conversationCount {
      let first = contact(number)
      let trap = DemoTrap.of(conversation: number)
      for row in trap.map({ rows(of: $0, first) }) ?? [first] { body(row.values) }
    }
  }

  /// The only contact of an everyday conversation.
  private mutating func contact(_ number: Int) -> DemoContact {
    var contact = DemoContact()
    contact.id = "c-\(number)"
    contact.contactID = "1"
    contact.visitor = "v-\(random.below(18_000))"
    contact.channel = DemoShop.channels[random.place(DemoShop.channels.map(\.weight))].name
    let category = DemoShop.categories[random.place(DemoShop.categories.map(\.weight))]
    contact.category = category.name
    let tag = category.tags[random.earlyPlace(category.tags.count)]
    contact.tags = [tag]
    // What else a conversation turns out to be about.
    if random.isOneOf(permille: 90) {
      let other = random.element(category.tags)
      if other != tag { contact.tags.append(other) }
    }
    contact.text = text(about: tagsByName[tag]!, in: category)
    takeTimes(&contact, median: tagsByName[tag]!.median)
    assign(&contact)
    if random.isOneOf(permille: 280) { contact.satisfaction = "\(5 - random.earlyPlace(5))" }
    if random.isOneOf(permille: 80) { contact.networkQuality = "\(5 - random.earlyPlace(5))" }
    if random.isOneOf(permille: 80) { contact.productQuality = "\(5 - random.earlyPlace(4))" }
    return contact
  }

  /// When it came, how long it took, and when it was over.
  private mutating func takeTimes(_ contact: inout DemoContact, median: Int) {
    let (slower, waits) =
      switch contact.channel {
      case "call": (120, 40)
      case "email": (90, 14_400)
      case "chat": (100, 45)
      default: (110, 900)
      }
    contact.startedAt = arrival(isSocial: contact.channel == "whatsapp" || contact.channel == "messenger")
    let handling = random.duration(median: median * slower / 100)
    let wait = random.duration(median: waits)
    contact.firstMessageAt = contact.startedAt
    contact.firstReplyAt = contact.startedAt + wait
    contact.endedAt = contact.startedAt + wait + handling + random.below(60)
    contact.handling = "\(handling)"
    contact.closing = "agent"
  }

  /// A second of the year: weekdays before weekends, the end of the year before its middle, shop hours before nights.
  private mutating func arrival(isSocial: Bool) -> Int {
    let weekday = [21, 18, 17, 16, 15, 8, 5]
    let month = [8, 7, 7, 7, 7, 6, 6, 6, 8, 9, 14, 15]
    let hour =
      isSocial
      ? [1, 0, 0, 0, 0, 1, 2, 4, 6, 8, 8, 8, 9, 8, 7, 7, 8, 10, 12, 14, 15, 13, 8, 3]
      : [0, 0, 0, 0, 0, 0, 1, 4, 12, 20, 22, 20, 14, 13, 17, 18, 16, 12, 8, 5, 3, 2, 1, 0]
    let start = DemoContact.seconds(month: random.place(month) + 1, day: 1) / 86_400
    var day = min(start + random.below(28), 364)
    // The first of January 2025 was a Wednesday; the day moves to the weekday that was thrown.
    let wanted = random.place(weekday)
    day += (wanted - (day + 2) % 7 + 7) % 7
    return min(day, 364) * 86_400 + random.place(hour) * 3_600 + random.below(3_600)
  }

  /// Who takes it: the front line mostly, the others what takes long.
  private mutating func assign(_ contact: inout DemoContact) {
    let group = DemoShop.groups[random.place([70, 22, 8])]
    contact.group = group.name
    contact.agent = group.agents[random.earlyPlace(group.agents.count)]
  }

  /// What the visitor wrote: mostly about the tag, now and then about another of the category.
  private mutating func text(about tag: DemoShop.Tag, in category: DemoShop.Category) -> String {
    let isClear = !random.isOneOf(permille: 120)
    let subject = isClear ? tag : tagsByName[random.element(category.tags)]!
    var parts = [random.element(DemoShop.greetings), random.element(subject.phrases)]
    if random.isOneOf(permille: 600) { parts.append("it is about the \(random.element(DemoShop.things))") }
    if random.isOneOf(permille: 250) { parts.append(random.element(subject.phrases)) }
    parts.append(random.element(DemoShop.closings))
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The rows of a conversation that has a trap in it.
  private mutating func rows(of trap: DemoTrap, _ contact: DemoContact) -> [DemoContact] {
    var other = contact
    other.contactID = "2"
    (other.satisfaction, other.networkQuality, other.productQuality, other.text) = ("", "", "", "")
    assign(&other)
    return trap.rows(contact, other, &random)
  }
}
