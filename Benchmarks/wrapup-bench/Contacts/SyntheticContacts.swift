/// A seeded stream of conversations, sorted by their end: four years of a busy desk.
///
/// A fifth of the conversations have two to four contacts; 60 tags with a few common ones, one to three a
/// conversation; 500 agents and, for wide questions, 5,000 agents and 1,000 tags; one contact in twenty has no
/// handling value, one in twelve is a bot's.
struct SyntheticContacts {
  /// What a conversation is about.
  struct Conversation {
    var key: Int64 = 0
    /// When it ended, unix seconds.
    var ended: Int64 = 0
    var channel: UInt32 = 0
    var category: UInt32 = 0
    /// One to three different ones.
    var tags: [UInt32] = []
    var wideTag: UInt32 = 0
    var contacts: [Contact] = []
  }

  /// One stretch on one desk.
  struct Contact {
    var agent: UInt32
    var wideAgent: UInt32
    var isBot: Bool
    /// `nil` when missing.
    var seconds: UInt32?
  }

  static let tagCount: UInt64 = 60
  static let wideTagCount: UInt64 = 1_000
  static let agentCount: UInt64 = 500
  static let wideAgentCount: UInt64 = 5_000
  static let channelCount: UInt64 = 5
  static let categoryCount: UInt64 = 12
  /// 2021-01-01 and 2025-01-01, UTC.
  static let firstInstant: Int64 = 1_609_459_200
  static let lastInstant: Int64 = 1_735_689_600

  /// Contacts in all.
  let rowCount: Int
  private var random: SplitMix64
  private var made = 0
  private var key: Int64 = 0

  init(rowCount: Int, seed: UInt64 = 0x5EED) {
    self.rowCount = rowCount
    random = SplitMix64(state: seed)
  }

  /// The next conversation; `nil` when all contacts have been made.
  mutating func next() -> Conversation? {
    guard made < rowCount else { return nil }
    var conversation = Conversation()
    key += 1
    conversation.key = key
    // Evenly over the years, so that as many rows fall in each month at any size.
    conversation.ended =
      Self.firstInstant + Int64(made) * (Self.lastInstant - Self.firstInstant - 1) / Int64(rowCount)
    conversation.channel = UInt32(min(random.below(8), Self.channelCount - 1))
    conversation.category = UInt32(random.below(Self.categoryCount))
    let tagCount = 1 + random.below(3)
    while conversation.tags.count < tagCount {
      let tag = UInt32(min(random.below(Self.tagCount), random.below(Self.tagCount)))
      if !conversation.tags.contains(tag) { conversation.tags.append(tag) }
    }
    conversation.wideTag = UInt32(random.below(Self.wideTagCount))
    let wanted = random.below(5) == 0 ? 2 + random.below(3) : 1
    for _ in 0..<min(Int(wanted), rowCount - made) { conversation.contacts.append(contact()) }
    made += conversation.contacts.count
    return conversation
  }

  private mutating func contact() -> Contact {
    let wideAgent = UInt32(random.below(Self.wideAgentCount))
    // Most take minutes, a few hours: the product of two small numbers, now and then a long one.
    var seconds = 30 + random.below(60) * random.below(60) / 3 + random.below(240)
    if random.below(50) == 0 { seconds += random.below(6_000) }
    return Contact(
      agent: wideAgent % UInt32(Self.agentCount), wideAgent: wideAgent, isBot: random.below(12) == 0,
      seconds: random.below(20) == 0 ? nil : UInt32(seconds))
  }
}

/// Steele, Lea and Flood's SplitMix64: small, fast, the same everywhere.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number below `bound`, evenly enough for 64-bit randomness.
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}
